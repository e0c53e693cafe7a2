import polars as pl

from kith.checks.rule import check
from kith.checks.words import unreadable


@check("171", table="Header", fields="MC_DOB")
def mothers_child_has_no_valid_birth_date() -> pl.Expr:
    """The date of birth of the young person's child is no day of the calendar written DD/MM/YYYY."""
    return unreadable("MC_DOB")


EXAMPLES = """
    Header
    CHILD | MC_DOB     |
    1     | 31/02/2026 | found
    2     | 01/05/26   | found
    3     | 28/02/2026 |
    4     |            |
"""
