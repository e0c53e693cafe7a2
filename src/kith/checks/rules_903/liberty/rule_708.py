import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check(
    "708",
    table="DoLo",
    fields="DOB DOLO_START",
    first_year=2027,
    note="""An order on the day of birth is left alone: the DfE's text says before. An open tool reports it.""",
)
def a_deprivation_of_liberty_began_before_birth() -> pl.Expr:
    """A deprivation of liberty order began before the child's date of birth."""
    return col("DOLO_START") < col("DOB")


EXAMPLES = """
    DoLo
    CHILD | DOB        | DOLO_START |
    1     | 02/05/2012 | 01/05/2012 | found
    2     | 02/05/2012 | 02/05/2012 |
    3     | 02/05/2012 |            |
"""
