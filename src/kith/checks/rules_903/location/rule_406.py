import polars as pl

from kith.checks.placement_words import was_unaccompanied
from kith.checks.rule import check
from kith.checks.words import given


@check(
    "406",
    table="Episodes",
    fields="PL_DISTANCE HOME_POST PL_POST",
    note="""Who is or was unaccompanied is told by this year's and last year's returns alone, so that one who was
    before them is not found.""",
)
def distance_is_told_of_an_unaccompanied_child() -> pl.Expr:
    """There is a distance from home for a child who is or was unaccompanied, and who has no home to
    count from."""
    return was_unaccompanied() & given("PL_DISTANCE")


EXAMPLES = """
    Header
    CHILD | UASC |
    1     | 0    |
    2     | 1    |
    3     | 0    |

    LastYear.UASC
    CHILD | DUC        |
    3     | 01/05/2025 |

    Episodes
    CHILD | PL_DISTANCE |
    1     | 3.5         |
    2     | 3.5         | found
    2     |             |
    3     | 3.5         | found
"""
