import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("INT32", table="Header", fields="CHILD")
def a_child_is_twice_in_header() -> pl.Expr:
    """The child has more than one row in Header, which takes one row a child."""
    return col("Header.count") > 1


EXAMPLES = """
    Header
    CHILD | DOB        |
    1     | 01/05/2012 | found
    1     | 01/05/2012 | found
    2     | 01/05/2012 |
          | 01/05/2012 |
          | 01/05/2012 |
"""
