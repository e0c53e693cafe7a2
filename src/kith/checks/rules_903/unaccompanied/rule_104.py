import polars as pl

from kith.checks.rule import check
from kith.checks.words import unreadable


@check("104", table="UASC", fields="DUC")
def date_the_status_ceases_is_not_a_date() -> pl.Expr:
    """The date on which unaccompanied asylum-seeking status ceases is no day of the calendar written DD/MM/YYYY."""
    return unreadable("DUC")


EXAMPLES = """
    UASC
    CHILD | DUC        |
    1     | 31/02/2026 | found
    2     | 28/02/2026 |
    3     |            |
"""
