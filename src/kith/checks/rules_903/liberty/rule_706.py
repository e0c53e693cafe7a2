import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, col


@check(
    "706",
    table="LastYear.DoLo",
    fields="DOLO_START DOLO_END DoLo.latest.DOLO_START",
    first_year=2027,
    note="""The finding stands on last year's row, and shows the child's newest row of this year where there
    is one. The table is new in 2026-27, so that the first return it can be checked against is that year's.""",
)
def an_open_deprivation_of_liberty_last_year_is_not_in_this_year() -> pl.Expr:
    """A deprivation of liberty order was left open in last year's return, and this year's return has none
    that began on the same day."""
    was_left_open = blank("DOLO_END") & col("DOLO_START").is_not_null()
    return was_left_open & ~col("is_told_again")


EXAMPLES = """
    year 2028

    LastYear.DoLo
    CHILD | DOLO_START | DOLO_END   |
    1     | 20/03/2027 |            |
    2     | 20/03/2027 |            | found
    3     | 20/03/2027 |            | found
    4     | 20/03/2027 | 22/03/2027 |
    5     | 20/03/2027 |            |

    DoLo
    CHILD | DOLO_START |
    1     | 20/03/2027 |
    1     | 20/06/2027 |
    2     | 21/03/2027 |
    5     | 01/03/2027 |
    5     | 20/03/2027 |
"""
