import polars as pl

from kith.checks.placement_words import is_short_break
from kith.checks.rule import check
from kith.checks.views import Views
from kith.checks.words import any_given, col, given


@check(
    "399",
    table="Episodes",
    fields="LS Header.MOTHER Reviews.REVIEW Reviews.REVIEW_CODE",
    note="""A child who was also looked after otherwise in the year has reviews of right, and is left alone. Each
    review that should not be there is shown beside the episode.""",
)
def reviews_or_motherhood_are_told_of_short_breaks(views: Views) -> pl.DataFrame:
    """A child is looked after only in short breaks (V3 or V4), but a review, how the child took part in it,
    or whether she is a mother is filled. None of these is asked for short breaks."""
    names = frozenset({"row", "LS.written", "Header.row", "Header.MOTHER.written", "child.has_only_breaks"})
    episodes = views.frame("Episodes", names).with_columns(views.child_numbers("Episodes").alias("child"))
    breaks = episodes.filter(is_short_break() & col("child.has_only_breaks"))
    beside = breaks.join(_reviews(views), on="child", how="left", maintain_order="left_right")
    told = given("Header.MOTHER") | col("Reviews.row").is_not_null()
    return beside.filter(told).select("row", "Header.row", "Reviews.row")


def _reviews(views: Views) -> pl.DataFrame:
    """Each review of which something is told, as `Reviews.row`, with its child."""
    names = frozenset({"row", "REVIEW.written", "REVIEW_CODE.written"})
    reviews = views.frame("Reviews", names).with_columns(views.child_numbers("Reviews").alias("child"))
    return reviews.filter(any_given("REVIEW", "REVIEW_CODE")).select("child", col("row").alias("Reviews.row"))


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
    3     |            |             |
    4     | 01/05/2026 | PN1         |
"""
