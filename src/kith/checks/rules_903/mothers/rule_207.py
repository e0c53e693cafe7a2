import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check(
    "207",
    table="Header",
    fields="MOTHER LastYear.Header.MOTHER",
    note="From 0 to 1 is no contradiction: rule 626 looks at when the child was born.",
)
def a_mother_last_year_is_none_this_year() -> pl.Expr:
    """Last year's return says that the young person is a mother; this year's, in which there is an episode of care
    (other than V3 or V4), does not."""
    was_a_mother = col("LastYear.Header.MOTHER") == 1
    return was_a_mother & col("MOTHER").ne_missing(1) & col("child.has_care_episode")


EXAMPLES = """
    Header
    CHILD | MOTHER |
    1     | 0      | found
    2     |        | found
    3     | 1      |
    4     | 1      |
    5     |        |

    Episodes
    CHILD | LS |
    1     | C2 |
    2     | C2 |
    3     | C2 |
    4     | C2 |

    LastYear.Header
    CHILD | MOTHER |
    1     | 1      |
    2     | 1      |
    3     | 1      |
    4     | 0      |
    5     | 1      |
"""
