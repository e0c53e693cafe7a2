import polars as pl

from kith.checks.rule import check
from kith.checks.rules_903.carried_over.last_year import differs_from_last_year, goes_on_from_last_year
from kith.checks.rules_903.notes import NO_READABLE_START


@check(
    "503J",
    table="Episodes",
    fields="PL_LOCATION LastYear.Episodes.latest.PL_LOCATION PL_POST LastYear.Episodes.latest.PL_POST",
    note=NO_READABLE_START,
)
def location_is_not_last_years() -> pl.Expr:
    """Last year's return ended with an open episode inside (IN) or outside (OUT) the authority, and the
    child's first episode this year says otherwise."""
    return goes_on_from_last_year() & differs_from_last_year("PL_LOCATION")


EXAMPLES = """
    Episodes
    CHILD | DECOM      | PL_LOCATION |
    1     | 01/05/2025 | IN          | found
    2     | 01/05/2025 | OUT         |
    3     | 01/05/2025 | IN          |

    LastYear.Episodes
    CHILD | DECOM      | DEC        | PL_LOCATION |
    1     | 01/05/2025 |            | OUT         |
    2     | 01/05/2025 |            | OUT         |
    3     | 01/05/2025 | 01/06/2025 | OUT         |
"""
