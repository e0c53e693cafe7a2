import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, given, is_known


@check("145", table="Episodes", fields="CIN")
def the_category_of_need_is_not_a_code() -> pl.Expr:
    """The category of need is not one of N1 to N8, or an episode that has a start date has none."""
    return ~is_known("CIN") | (given("DECOM") & blank("CIN"))


EXAMPLES = """
    Episodes
    CHILD | DECOM      | CIN |
    1     | 01/05/2026 | N1  |
    2     | 01/05/2026 | N8  |
    3     | 01/05/2026 | N9  | found
    4     | 01/05/2026 |     | found
    5     |            |     |
"""
