import polars as pl

from kith.checks.rule import check
from kith.checks.rules_903.carried_over.last_year import differs_from_last_year, is_last_years_last
from kith.checks.rules_903.notes import NO_READABLE_START


@check(
    "452",
    table="Episodes",
    fields="PL_LA LastYear.Episodes.latest.PL_LA PL_POST LastYear.Episodes.latest.PL_POST",
    note=NO_READABLE_START,
)
def authority_of_the_placement_contradicts_last_years() -> pl.Expr:
    """The child's first episode is last year's last one (it began on the same day), but the authority
    of the placement is another."""
    return is_last_years_last() & differs_from_last_year("PL_LA")


EXAMPLES = """
    Episodes
    CHILD | DECOM      | PL_LA     |
    1     | 01/05/2025 | E06000001 | found
    1     | 01/05/2026 | WAL       |
    2     | 01/05/2025 | E06000001 |
    3     | 01/05/2026 | E06000001 |
    4     | 01/05/2025 | E06000001 | found
    5     | 01/05/2025 | E06000001 |

    LastYear.Episodes
    CHILD | DECOM      | PL_LA     |
    1     | 01/05/2025 | E06000002 |
    2     | 01/05/2025 | E06000001 |
    3     | 01/05/2025 | E06000002 |
    4     | 01/05/2025 |           |
"""
