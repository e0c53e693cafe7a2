import polars as pl

from kith.checks.rule import check
from kith.checks.rules_903.carried_over.last_year import differs_from_last_year, goes_on_from_last_year
from kith.checks.rules_903.notes import NO_READABLE_START


@check(
    "503E",
    table="Episodes",
    fields="PLACE_PROVIDER LastYear.Episodes.latest.PLACE_PROVIDER",
    note=NO_READABLE_START,
)
def provider_is_not_last_years() -> pl.Expr:
    """Last year's return ended with an open episode, but the child's first episode this year has
    another kind of provider."""
    return goes_on_from_last_year() & differs_from_last_year("PLACE_PROVIDER")


EXAMPLES = """
    Episodes
    CHILD | DECOM      | PLACE_PROVIDER |
    1     | 01/05/2025 | PR1            | found
    1     | 01/05/2026 | PR2            |
    2     | 01/05/2025 | PR4            |
    3     | 01/05/2025 | PR1            |
    4     | 01/05/2025 | PR1            |

    LastYear.Episodes
    CHILD | DECOM      | DEC        | PLACE_PROVIDER |
    1     | 01/05/2025 |            | PR4            |
    2     | 01/05/2025 |            | PR4            |
    3     | 01/05/2025 | 01/06/2025 | PR4            |
"""
