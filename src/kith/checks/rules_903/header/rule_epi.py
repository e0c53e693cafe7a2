import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("EPI", table="Header", fields="CHILD")
def a_child_has_no_episodes() -> pl.Expr:
    """The child has no episode, and is not here as a care leaver either. Add the child's episodes; what can be
    checked without them is checked."""
    return ~col("child.has_episode") & ~col("child.has_care_leaver_row")


EXAMPLES = """
    Header
    CHILD |
    1     |
    2     |
    3     | found

    Episodes
    CHILD | DECOM      |
    1     | 01/05/2026 |

    OC3
    CHILD | IN_TOUCH |
    2     | YES      |
"""
