import polars as pl

from kith.checks.rule import check
from kith.checks.rules_903.carried_over.last_year import distance_differs_from_last_year, is_last_years_last
from kith.checks.rules_903.notes import NO_READABLE_START


@check(
    "453",
    table="Episodes",
    fields="PL_DISTANCE LastYear.Episodes.latest.PL_DISTANCE PL_POST LastYear.Episodes.latest.PL_POST",
    note=NO_READABLE_START,
)
def distance_contradicts_last_years() -> pl.Expr:
    """The child's first episode is last year's last one (it began on the same day), but the distance
    from home is another. A tenth of a mile is taken as rounding."""
    return is_last_years_last() & distance_differs_from_last_year()


EXAMPLES = """
    Episodes
    CHILD | DECOM      | PL_DISTANCE |
    1     | 01/05/2025 | 10.2        | found
    2     | 01/05/2025 | 10.1        |
    3     | 01/05/2026 | 20          |
    4     | 01/05/2025 |             | found
    5     | 01/05/2025 | 10          |

    LastYear.Episodes
    CHILD | DECOM      | PL_DISTANCE |
    1     | 01/05/2025 | 10.0        |
    2     | 01/05/2025 | 10.0        |
    3     | 01/05/2025 | 10.0        |
    4     | 01/05/2025 | 10.0        |
"""
