import polars as pl

from kith.checks.items import OC3_ITEMS
from kith.checks.rule import check
from kith.checks.words import YEAR_END, YEAR_START, age_on, any_given


@check(
    "391",
    table="OC3",
    fields=" ".join(("DOB", *OC3_ITEMS)),
    note="The DfE's sentence is followed to the letter: a young person of 22 or more is found too.",
)
def a_care_leaver_is_of_another_age() -> pl.Expr:
    """Something is told of a care leaver who at no time in the year was 17, 18, 19, 20 or 21."""
    another_age = (age_on("DOB", YEAR_END) < 17) | (age_on("DOB", YEAR_START) > 21)
    return another_age & any_given(*OC3_ITEMS)


EXAMPLES = """
    OC3
    CHILD | DOB        | IN_TOUCH | ACTIV | ACCOM |
    1     | 01/04/2010 | YES      | F1    | B1    | found
    2     | 31/03/2010 | YES      | F1    | B1    |
    3     | 02/04/2004 | YES      | F1    | B1    |
    4     | 01/04/2004 | YES      | F1    | B1    | found
    5     | 01/04/2010 |          |       |       |
    6     |            | YES      | F1    | B1    |
"""
