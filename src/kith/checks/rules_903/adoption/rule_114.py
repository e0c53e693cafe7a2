import polars as pl

from kith.checks.rule import check
from kith.checks.words import is_known


@check("114", table="AD1", fields="FOSTER_CARE")
def former_carer_is_not_a_code() -> pl.Expr:
    """Whether the child was adopted by a foster carer is filled with something other than 0 or 1."""
    return ~is_known("FOSTER_CARE")


EXAMPLES = """
    AD1
    CHILD | FOSTER_CARE |
    1     | 0           |
    2     | 1           |
    3     | 2           | found
    4     | YES         | found
    5     |             |
"""
