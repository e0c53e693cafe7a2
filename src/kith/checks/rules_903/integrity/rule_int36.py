import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("INT36", table="UASC", fields="CHILD")
def a_child_is_twice_in_uasc() -> pl.Expr:
    """The child has more than one row in the table of unaccompanied asylum-seeking children (UASC), which takes one row a child."""
    return col("UASC.count") > 1


EXAMPLES = """
    UASC
    CHILD | DOB        |
    1     | 01/05/2012 | found
    1     | 01/05/2012 | found
    2     | 01/05/2012 |
          | 01/05/2012 |
          | 01/05/2012 |
"""
