import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("INT34", table="OC3", fields="CHILD")
def a_child_is_twice_in_oc3() -> pl.Expr:
    """The child has more than one row in the table of care leavers (OC3), which takes one row a child."""
    return col("OC3.count") > 1


EXAMPLES = """
    OC3
    CHILD | DOB        |
    1     | 01/05/2012 | found
    1     | 01/05/2012 | found
    2     | 01/05/2012 |
          | 01/05/2012 |
          | 01/05/2012 |
"""
