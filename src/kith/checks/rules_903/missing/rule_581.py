import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check(
    "581",
    table="Missing",
    fields="MIS_START",
    note="""Found on any day outside the child's episodes, so after a child left care too (rule 578 says
    that in words of its own).""",
)
def a_child_is_missing_who_is_not_in_care() -> pl.Expr:
    """A child is said to have gone missing or away on a day on which no episode has them in care."""
    return col("MIS_START").is_not_null() & ~col("started_in_care")


EXAMPLES = """
    Missing
    CHILD | MIS_START  |
    1     | 30/04/2026 | found
    1     | 01/05/2026 |
    1     | 01/06/2026 |
    1     | 15/06/2026 | found
    1     | 15/07/2026 |
    1     |            |
    2     | 01/05/2026 | found

    Episodes
    CHILD | DECOM      | DEC        |
    1     | 01/05/2026 | 01/06/2026 |
    1     | 01/07/2026 |            |
"""
