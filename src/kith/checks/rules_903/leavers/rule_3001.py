import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_END, YEAR_START, birthday, is_one_of


@check("3001", table="OC3", fields="ACCOM Header.DOB")
def a_care_leaver_of_seventeen_lives_with_former_foster_carers() -> pl.Expr:
    """The young person is returned for the 17th birthday, and so cannot live with former foster carers (Z1 or
    Z2)."""
    return is_one_of("ACCOM", "Z1 Z2") & birthday("Header.DOB", 17).is_between(YEAR_START, YEAR_END)


EXAMPLES = """
    Header
    CHILD | DOB        |
    1     | 01/04/2009 |
    2     | 31/03/2009 |
    3     | 31/03/2010 |
    4     | 01/04/2009 |

    OC3
    CHILD | ACCOM |
    1     | Z1    | found
    2     | Z1    |
    3     | Z2    | found
    4     | U1    |
"""
