import polars as pl

from kith.checks.rule import check
from kith.checks.rules_903.carried_over.last_year import differs_from_last_year, goes_on_from_last_year
from kith.checks.rules_903.notes import NO_READABLE_START
from kith.checks.words import col, is_one_of


@check(
    "503D",
    table="Episodes",
    fields="PLACE LastYear.Episodes.latest.PLACE",
    note=NO_READABLE_START,
)
def placement_is_not_last_years() -> pl.Expr:
    """Last year's return ended with an open episode, but the child's first episode this year is in
    another kind of placement. K3 for H5, and Z11 to Z14 for Z1, are only the new codes."""
    last = "LastYear.Episodes.latest.PLACE"
    is_new_code = ((col(last) == "Z1") & is_one_of("PLACE", "Z11 Z12 Z13 Z14")) | (
        (col(last) == "H5") & (col("PLACE") == "K3")
    )
    return goes_on_from_last_year() & differs_from_last_year("PLACE") & ~is_new_code.fill_null(False)


EXAMPLES = """
    Episodes
    CHILD | DECOM      | PLACE |
    1     | 01/05/2025 | U1    | found
    1     | 01/05/2026 | K2    |
    2     | 01/05/2025 | U4    |
    3     | 01/05/2025 | Z13   |
    4     | 01/05/2025 | U1    |
    5     | 01/05/2025 | U1    | found
    6     | 01/05/2025 | U1    |

    LastYear.Episodes
    CHILD | DECOM      | DEC        | PLACE |
    1     | 01/05/2025 |            | U4    |
    2     | 01/05/2025 |            | U4    |
    3     | 01/05/2025 |            | Z1    |
    4     | 01/05/2025 | 01/06/2025 | U4    |
    5     | 01/05/2025 |            |       |
"""
