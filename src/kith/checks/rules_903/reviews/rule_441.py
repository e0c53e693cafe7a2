import polars as pl

from kith.checks.rule import check
from kith.checks.words import birthday, col, is_one_of


@check("441", table="Reviews", fields="DOB REVIEW REVIEW_CODE")
def a_child_under_four_is_said_to_be_four() -> pl.Expr:
    """The code says how a child of 4 or over took part in a review (PN1 to PN7), but the child was under 4."""
    is_for_four_and_over = is_one_of("REVIEW_CODE", "PN1 PN2 PN3 PN4 PN5 PN6 PN7")
    return is_for_four_and_over & (col("REVIEW") < birthday("DOB", 4))


EXAMPLES = """
    Reviews
    CHILD | DOB        | REVIEW     | REVIEW_CODE |
    1     | 02/05/2022 | 01/05/2026 | PN1         | found
    2     | 02/05/2022 | 01/05/2026 | PN7         | found
    3     | 01/05/2022 | 01/05/2026 | PN1         |
    4     | 02/05/2022 | 01/05/2026 | PN0         |
    5     | 02/05/2022 |            | PN3         |
"""
