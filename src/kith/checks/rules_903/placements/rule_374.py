import polars as pl

from kith.checks.rule import check
from kith.checks.words import age_on, col


@check("374", table="Episodes", fields="DECOM PLACE Header.DOB")
def child_in_employment_is_too_young() -> pl.Expr:
    """A child was placed in residential employment (P3) before the age of 14."""
    return (col("PLACE") == "P3") & (age_on("Header.DOB", "DECOM") < 14)


EXAMPLES = """
    Header
    CHILD | DOB        |
    1     | 02/05/2012 |

    Episodes
    CHILD | DECOM      | PLACE |
    1     | 01/05/2026 | P3    | found
    1     | 02/05/2026 | P3    |
    1     | 01/05/2026 | P1    |
"""
