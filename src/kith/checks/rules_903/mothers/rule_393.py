import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, col, is_female


@check("393", table="Header", fields="MOTHER")
def mother_status_of_a_girl_in_care_is_blank() -> pl.Expr:
    """Whether she is a mother is blank for a female with an episode of care (other than short breaks, V3 and V4)."""
    return is_female() & blank("MOTHER") & col("child.has_care_episode")


EXAMPLES = """
    Header
    CHILD | SEX | MOTHER |
    1     | F   |        | found
    2     | F   | 0      |
    3     | M   |        |
    4     | F   |        |
    5     | F   |        |

    Episodes
    CHILD | LS |
    1     | C2 |
    2     | C2 |
    3     | C2 |
    4     | V4 |
"""
