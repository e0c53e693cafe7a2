import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, given, is_known


@check("144", table="Episodes", fields="LS")
def the_legal_status_is_not_a_code() -> pl.Expr:
    """The legal status is not one of the year's codes, or an episode that has a start date has none."""
    return ~is_known("LS") | (given("DECOM") & blank("LS"))


EXAMPLES = """
    Episodes
    CHILD | DECOM      | LS         |
    1     | 01/05/2026 | C1         |
    2     | 01/05/2026 | v2         |
    3     | 01/05/2026 | SECTION 20 | found
    4     | 01/05/2026 |            | found
    5     |            |            |
"""
