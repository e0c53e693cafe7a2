import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, given, is_known


@check("167", table="Reviews", fields="REVIEW REVIEW_CODE")
def how_a_child_took_part_in_a_review_is_not_a_code() -> pl.Expr:
    """How the child took part in a review is not one of PN0 to PN7, or a review that has a date has none."""
    return ~is_known("REVIEW_CODE") | (given("REVIEW") & blank("REVIEW_CODE"))


EXAMPLES = """
    Reviews
    CHILD | REVIEW     | REVIEW_CODE |
    1     | 01/05/2026 | PN0         |
    2     | 01/05/2026 | PN7         |
    3     | 01/05/2026 | PN8         | found
    4     | 01/05/2026 |             | found
    5     |            |             |
"""
