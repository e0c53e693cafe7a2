import polars as pl

from kith.checks.rule import check
from kith.checks.words import birthday, col


@check("304", table="UASC", fields="DUC DOB")
def the_status_ceases_after_the_eighteenth_birthday() -> pl.Expr:
    """Unaccompanied asylum-seeking status ceases after the child's 18th birthday."""
    return col("DUC") > birthday("DOB", 18)


EXAMPLES = """
    UASC
    CHILD | DOB        | DUC        |
    1     | 01/05/2008 | 02/05/2026 | found
    2     | 01/05/2008 | 01/05/2026 |
    3     | 29/02/2008 | 01/03/2026 |
    4     | 01/05/2008 |            |
"""
