import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_START, birthday, col


@check(
    "231",
    table="Header",
    fields="DOB UASC",
    first_year=2025,
    note="""An open tool asks for a column UASC_STATUS that no file has; we read UASC. The DfE's sentence names no
    age: under 11, on the year's first day, follows its guide and its other rules on age.""",
)
def an_unaccompanied_child_is_young() -> pl.Expr:
    """An unaccompanied asylum-seeking child was not yet 11 when the year began; most are older. Please check the
    date of birth."""
    return (col("UASC") == "1") & (birthday("DOB", 11) > YEAR_START)


EXAMPLES = """
    Header
    CHILD | DOB        | UASC |
    1     | 02/04/2015 | 1    | found
    2     | 01/04/2015 | 1    |
    3     | 02/04/2015 | 0    |
    4     |            | 1    |
"""
