import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, is_known


@check("131", table="OC3", fields="IN_TOUCH")
def in_touch_is_not_a_code() -> pl.Expr:
    """Whether the authority is in touch with the care leaver is blank, or not one of the codes YES, NO, DIED, REFU,
    NREQ or RHOM."""
    return blank("IN_TOUCH") | ~is_known("IN_TOUCH")


EXAMPLES = """
    OC3
    CHILD | IN_TOUCH |
    1     | YES      |
    2     | REFU     |
    3     | REFUSED  | found
    4     |          | found
"""
