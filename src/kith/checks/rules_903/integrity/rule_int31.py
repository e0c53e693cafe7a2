import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("INT31", table="AD1", fields="CHILD")
def a_child_is_twice_in_ad1() -> pl.Expr:
    """The child has more than one row in the table of adoption (AD1), which takes one row a child."""
    return col("AD1.count") > 1


EXAMPLES = """
    AD1
    CHILD | DOB        |
    1     | 01/05/2012 | found
    1     | 01/05/2012 | found
    2     | 01/05/2012 |
          | 01/05/2012 |
          | 01/05/2012 |
"""
