import polars as pl

from kith.checks.rule import check
from kith.checks.words import age_on, col


@check("372", table="Episodes", fields="DECOM PLACE Header.DOB")
def child_in_custody_is_too_young() -> pl.Expr:
    """A child came into custody (R5) before the age of 10."""
    return (col("PLACE") == "R5") & (age_on("Header.DOB", "DECOM") < 10)


EXAMPLES = """
    Header
    CHILD | DOB        |
    1     | 02/05/2016 |

    Episodes
    CHILD | DECOM      | PLACE |
    1     | 01/05/2026 | R5    | found
    1     | 02/05/2026 | R5    |
    1     | 01/05/2026 | K2    |
"""
