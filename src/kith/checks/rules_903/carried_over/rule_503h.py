import polars as pl

from kith.checks.rule import check
from kith.checks.rules_903.carried_over.last_year import differs_from_last_year, goes_on_from_last_year
from kith.checks.rules_903.notes import NO_READABLE_START


@check(
    "503H",
    table="Episodes",
    fields="PL_LA LastYear.Episodes.latest.PL_LA PL_POST LastYear.Episodes.latest.PL_POST",
    note=NO_READABLE_START,
)
def authority_of_the_placement_is_not_last_years() -> pl.Expr:
    """Last year's return ended with an open episode, but the child's first episode this year lies in
    another authority."""
    return goes_on_from_last_year() & differs_from_last_year("PL_LA")


EXAMPLES = """
    Episodes
    CHILD | DECOM      | PL_LA     |
    1     | 01/05/2025 | E06000001 | found
    2     | 01/05/2025 | E06000001 |
    3     | 01/05/2025 | E06000001 |

    LastYear.Episodes
    CHILD | DECOM      | DEC        | PL_LA     |
    1     | 01/05/2025 |            | WAL       |
    2     | 01/05/2025 |            | E06000001 |
    3     | 01/05/2025 | 01/06/2025 | WAL       |
"""
