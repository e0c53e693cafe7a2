import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, is_known


@check(
    "133",
    table="OC3",
    fields="ACCOM",
    note="A blank is found too, as it is for IN_TOUCH (131) and ACTIV (132): an unknown one is sent as 0.",
)
def accommodation_is_not_a_code() -> pl.Expr:
    """The care leaver's accommodation is blank, or not one of the codes (0 where the authority is not in
    touch)."""
    return blank("ACCOM") | ~is_known("ACCOM")


EXAMPLES = """
    OC3
    CHILD | ACCOM |
    1     | B1    |
    2     | 0     |
    3     | S1    | found
    4     |       | found
"""
