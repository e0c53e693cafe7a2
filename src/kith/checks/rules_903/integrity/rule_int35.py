import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("INT35", table="PrevPerm", fields="CHILD")
def a_child_is_twice_in_prevperm() -> pl.Expr:
    """The child has more than one row in the table of earlier permanence (PrevPerm), which takes one row a child."""
    return col("PrevPerm.count") > 1


EXAMPLES = """
    PrevPerm
    CHILD | DOB        |
    1     | 01/05/2012 | found
    1     | 01/05/2012 | found
    2     | 01/05/2012 |
          | 01/05/2012 |
          | 01/05/2012 |
"""
