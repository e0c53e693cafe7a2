import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, is_known


@check("132", table="OC3", fields="ACTIV")
def activity_is_not_a_code() -> pl.Expr:
    """The care leaver's activity is blank, or not one of the codes (0 where the authority is not in touch)."""
    return blank("ACTIV") | ~is_known("ACTIV")


EXAMPLES = """
    OC3
    CHILD | ACTIV |
    1     | F1    |
    2     | 0     |
    3     | F9    | found
    4     |       | found
"""
