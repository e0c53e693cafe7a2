import polars as pl

from kith.checks.items import OC3_ITEMS
from kith.checks.rule import check
from kith.checks.words import any_blank, any_given


@check("153", table="OC3", fields=" ".join(OC3_ITEMS))
def a_care_leaver_is_told_of_in_part() -> pl.Expr:
    """Some of the three items about the care leaver (in touch, activity, accommodation) are filled and some are
    blank. Fill all three, or none."""
    return any_given(*OC3_ITEMS) & any_blank(*OC3_ITEMS)


EXAMPLES = """
    OC3
    CHILD | IN_TOUCH | ACTIV | ACCOM |
    1     | YES      | F1    | B1    |
    2     |          |       |       |
    3     | YES      | F1    |       | found
    4     |          |       | B1    | found
"""
