import polars as pl

from kith.checks.placement_words import is_short_break
from kith.checks.rule import check
from kith.checks.words import any_given, col


@check(
    "399",
    table="Episodes",
    fields="LS Header.MOTHER Reviews.REVIEW Reviews.REVIEW_CODE",
    note="""A child who was also looked after otherwise in the year has reviews of right, and is left alone.""",
)
def reviews_or_motherhood_are_told_of_short_breaks() -> pl.Expr:
    """A child is looked after only in short breaks (V3 or V4), but a review, how the child took part in it,
    or whether she is a mother is filled. None of these is asked for short breaks."""
    told = any_given("Header.MOTHER", "Reviews.REVIEW", "Reviews.REVIEW_CODE")
    return is_short_break() & col("child.has_only_breaks") & told


EXAMPLES = """
    Header
    CHILD | MOTHER |
    1     | 0      |
    2     |        |
    3     |        |
    4     | 1      |
    5     | 1      |

    Episodes
    CHILD | LS |
    1     | V3 | found
    1     | V3 | found
    2     | V4 | found
    3     | V3 |
    4     | C2 |
    5     | V3 |
    5     | C2 |

    Reviews
    CHILD | REVIEW     | REVIEW_CODE |
    2     | 01/05/2026 |             |
"""
