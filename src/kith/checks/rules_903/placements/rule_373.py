import polars as pl

from kith.checks.rule import check
from kith.checks.words import age_on, col


@check("373", table="Episodes", fields="DECOM PLACE Header.DOB")
def child_in_a_school_is_too_young() -> pl.Expr:
    """A child was placed in a residential school (S1) before the age of 4."""
    return (col("PLACE") == "S1") & (age_on("Header.DOB", "DECOM") < 4)


EXAMPLES = """
    Header
    CHILD | DOB        |
    1     | 29/02/2024 |

    Episodes
    CHILD | DECOM      | PLACE |
    1     | 28/02/2028 | S1    | found
    1     | 29/02/2028 | S1    |
    1     | 28/02/2028 | K2    |
"""
