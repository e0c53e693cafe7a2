import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("102", table="Header", fields="DOB")
def date_of_birth_is_not_a_date() -> pl.Expr:
    """The child's date of birth is blank, or is no day of the calendar written DD/MM/YYYY."""
    return col("DOB").is_null()


EXAMPLES = """
    Header
    CHILD | DOB        |
    1     | 29/02/2012 |
    2     | 29/02/2013 | found
    3     | 01/05/12   | found
    4     |            | found
"""
