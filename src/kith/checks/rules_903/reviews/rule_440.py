import polars as pl

from kith.checks.rule import check
from kith.checks.words import birthday, col, is_one_of


@check("440", table="Reviews", fields="DOB REVIEW REVIEW_CODE")
def a_child_of_four_is_said_to_be_under_four() -> pl.Expr:
    """The code says that the child was under 4 at the review (PN0), but the child was 4 or over."""
    return is_one_of("REVIEW_CODE", "PN0") & (col("REVIEW") >= birthday("DOB", 4))


EXAMPLES = """
    Reviews
    CHILD | DOB        | REVIEW     | REVIEW_CODE |
    1     | 01/05/2022 | 01/05/2026 | PN0         | found
    2     | 02/05/2022 | 01/05/2026 | PN0         |
    3     | 01/05/2022 | 01/05/2026 | PN1         |
    4     |            | 01/05/2026 | PN0         |
"""
