import polars as pl

from kith.checks.items import OC3_ITEMS
from kith.checks.rule import check
from kith.checks.words import is_one_of


@check("345", table="OC3", fields=" ".join(OC3_ITEMS))
def in_touch_but_nothing_is_told() -> pl.Expr:
    """The authority is in touch with the young person (YES), but activity or accommodation is 0."""
    return is_one_of("IN_TOUCH", "YES") & (is_one_of("ACTIV", "0") | is_one_of("ACCOM", "0"))


EXAMPLES = """
    OC3
    CHILD | IN_TOUCH | ACTIV | ACCOM |
    1     | YES      | 0     | B1    | found
    2     | YES      | F1    | 0     | found
    3     | YES      | F1    | B1    |
    4     | NO       | 0     | 0     |
"""
