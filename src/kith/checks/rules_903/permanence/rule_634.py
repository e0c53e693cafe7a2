from datetime import date

import polars as pl

from kith.checks.rule import check
from kith.checks.words import any_given, col, given


@check("634", table="PrevPerm+Episodes", fields="PREV_PERM LA_PERM DATE_PERM other.DECOM")
def earlier_permanence_is_told_of_care_before_april_2016() -> pl.Expr:
    """A permanence option that a child had before is told, but none of the child's episodes began on or after
    1 April 2016, from when it is asked."""
    told = any_given("PREV_PERM", "LA_PERM", "DATE_PERM")
    return told & (col("Episodes.latest.DECOM") < date(2016, 4, 1)) & given("other.DECOM")


EXAMPLES = """
    PrevPerm
    CHILD | PREV_PERM | LA_PERM | DATE_PERM  |
    1     | Z1        |         |            | found
    2     |           | 352     |            |
    3     |           |         | 01/05/2000 | found
    4     | P1        | 352     | 01/05/2000 |
    5     |           |         |            |

    Episodes
    CHILD | DECOM      |
    1     | 31/03/2016 |
    2     | 31/03/2016 |
    2     | 01/04/2016 |
    3     | 01/05/2014 |
    3     | 01/06/2015 |
    5     | 31/03/2016 |
"""
