import polars as pl

from kith.checks.items import OC3_ITEMS
from kith.checks.rule import check
from kith.checks.words import is_one_of


@check("344", table="OC3", fields=" ".join(OC3_ITEMS))
def activity_of_someone_who_died_or_went_home() -> pl.Expr:
    """The young person died (DIED), or went back for 6 months or more to a parent or another person with parental
    responsibility (RHOM), but activity or accommodation is anything other than 0."""
    both_nought = is_one_of("ACTIV", "0") & is_one_of("ACCOM", "0")
    return is_one_of("IN_TOUCH", "DIED RHOM") & ~both_nought


EXAMPLES = """
    OC3
    CHILD | IN_TOUCH | ACTIV | ACCOM |
    1     | DIED     | 0     | 0     |
    2     | DIED     | F1    | 0     | found
    3     | RHOM     | 0     | B1    | found
    4     | YES      | F1    | B1    |
    5     | RHOM     |       | 0     | found
"""
