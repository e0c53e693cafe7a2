import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("INT15", table="OC3", fields="DOB Header.DOB")
def date_of_birth_in_oc3_differs_from_header() -> pl.Expr:
    """The date of birth in the table of care leavers (OC3) is not the one in Header."""
    return col("DOB") != col("Header.DOB")


EXAMPLES = """
    Header
    CHILD | DOB        |
    1     | 01/05/2012 |
    2     | 01/05/2012 |
    3     |            |

    OC3
    CHILD | DOB        |
    1     | 02/05/2012 | found
    2     | 01/05/2012 |
    3     | 01/05/2012 |
    4     | 01/05/2012 |
"""
