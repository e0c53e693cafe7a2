import polars as pl

from kith.checks.rule import check
from kith.checks.words import col, given


@check("303", table="UASC", fields="DUC Header.UASC")
def a_status_ceased_that_never_was() -> pl.Expr:
    """There is a date on which unaccompanied asylum-seeking status ceased, but the child is not said to have it (1)."""
    has_header = col("Header.row").is_not_null()
    return given("DUC") & has_header & col("Header.UASC").ne_missing("1")


EXAMPLES = """
    Header
    CHILD | UASC |
    1     | 0    |
    2     | 1    |
    3     |      |
    4     | 0    |

    UASC
    CHILD | DUC        |
    1     | 01/05/2026 | found
    2     | 01/05/2026 |
    3     | 01/05/2026 | found
    4     |            |
"""
