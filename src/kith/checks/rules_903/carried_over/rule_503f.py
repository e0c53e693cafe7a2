import polars as pl

from kith.checks.rule import check
from kith.checks.rules_903.carried_over.last_year import differs_from_last_year, goes_on_from_last_year
from kith.checks.rules_903.notes import NO_READABLE_START


@check(
    "503F",
    table="Episodes",
    fields="URN LastYear.Episodes.latest.URN",
    note=NO_READABLE_START,
)
def urn_is_not_last_years() -> pl.Expr:
    """Last year's return ended with an open episode, but the child's first episode this year has
    another number of Ofsted's (URN)."""
    return goes_on_from_last_year() & differs_from_last_year("URN")


EXAMPLES = """
    Episodes
    CHILD | DECOM      | URN |
    1     | 01/05/2025 | SC1 | found
    2     | 01/05/2025 | SC1 |
    3     | 01/05/2025 |     |
    4     | 01/05/2025 | SC1 | found
    5     | 01/05/2025 | SC1 |

    LastYear.Episodes
    CHILD | DECOM      | DEC        | URN |
    1     | 01/05/2025 |            | SC2 |
    2     | 01/05/2025 |            | SC1 |
    3     | 01/05/2025 |            |     |
    4     | 01/05/2025 |            |     |
    5     | 01/05/2025 | 01/06/2025 | SC2 |
"""
