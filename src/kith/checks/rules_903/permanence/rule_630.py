import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_START, any_blank, blank, col, is_one_of


@check("630", table="Episodes", fields="RNE DECOM PrevPerm.PREV_PERM PrevPerm.LA_PERM PrevPerm.DATE_PERM")
def earlier_permanence_is_not_told() -> pl.Expr:
    """A child started to be looked after (S) in the year, but it is not told whether they had a permanence
    option before; or one is told (P1 to P4) without its authority or its date."""
    started = is_one_of("RNE", "S") & (col("DECOM") >= YEAR_START)
    option = "PrevPerm.PREV_PERM"
    half_told = is_one_of(option, "P1 P2 P3 P4") & any_blank("PrevPerm.LA_PERM", "PrevPerm.DATE_PERM")
    return started & (blank(option) | half_told)


EXAMPLES = """
    Episodes
    CHILD | DECOM      | RNE |
    1     | 01/04/2026 | S   | found
    1     | 01/05/2026 | P   |
    2     | 01/04/2026 | S   | found
    3     | 01/04/2026 | S   |
    4     | 01/04/2026 | S   |
    5     | 31/03/2026 | S   |
    6     | 01/04/2026 | S   | found

    PrevPerm
    CHILD | PREV_PERM | LA_PERM | DATE_PERM  |
    2     | P1        |         | 01/05/2020 |
    3     | P1        | 352     | ZZ/05/2020 |
    4     | Z1        |         |            |
    6     |           |         |            |
"""
