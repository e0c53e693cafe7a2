import polars as pl

from kith.checks.rule import check
from kith.checks.rules_903.notes import NO_READABLE_START
from kith.checks.words import col, is_the_first


@check(
    "302",
    table="Episodes",
    fields="DECOM Header.DOB",
    note=NO_READABLE_START,
)
def the_first_episode_begins_before_birth() -> pl.Expr:
    """The child's first episode begins before the child was born."""
    return is_the_first("Episodes") & (col("DECOM") < col("Header.DOB"))


EXAMPLES = """
    Header
    CHILD | DOB        |
    1     | 02/05/2026 |
    2     | 01/05/2026 |
    3     |            |

    Episodes
    CHILD | DECOM      |
    1     | 01/05/2026 | found
    1     | 03/05/2026 |
    2     | 01/05/2026 |
    3     | 01/05/2026 |
"""
