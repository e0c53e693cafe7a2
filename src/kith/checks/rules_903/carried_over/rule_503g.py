import polars as pl

from kith.checks.rule import check
from kith.checks.rules_903.carried_over.last_year import (
    distance_differs_from_last_year,
    goes_on_from_last_year,
)
from kith.checks.rules_903.notes import NO_READABLE_START


@check(
    "503G",
    table="Episodes",
    fields="PL_DISTANCE LastYear.Episodes.latest.PL_DISTANCE PL_POST LastYear.Episodes.latest.PL_POST",
    note=NO_READABLE_START,
)
def distance_is_not_last_years() -> pl.Expr:
    """Last year's return ended with an open episode, but the child's first episode this year has
    another distance from home. A tenth of a mile is taken as rounding."""
    return goes_on_from_last_year() & distance_differs_from_last_year()


EXAMPLES = """
    Episodes
    CHILD | DECOM      | PL_DISTANCE |
    1     | 01/05/2025 | 10.2        | found
    2     | 01/05/2025 | 9.9         |
    3     | 01/05/2025 | 20          |
    4     | 01/05/2025 |             |

    LastYear.Episodes
    CHILD | DECOM      | DEC        | PL_DISTANCE |
    1     | 01/05/2025 |            | 10.0        |
    2     | 01/05/2025 |            | 10.0        |
    3     | 01/05/2025 | 01/06/2025 | 10.0        |
    4     | 01/05/2025 |            |             |
"""
