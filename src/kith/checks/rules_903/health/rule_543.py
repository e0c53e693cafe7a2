import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_END, age_on, blank, col


@check("543", table="OC2", fields="DOB CONVICTED")
def convictions_are_not_told_of_a_child_of_ten() -> pl.Expr:
    """A child who was looked after all year and is 10 or over when it ends has nothing told of convictions."""
    return (age_on("DOB", YEAR_END) >= 10) & col("child.in_care_all_year") & blank("CONVICTED")


EXAMPLES = """
    Episodes
    CHILD | DECOM      | DEC | LS | REC | RNE |
    1     | 01/04/2026 |     | C2 |     | S   |
    2     | 01/04/2026 |     | C2 |     | S   |
    3     | 01/04/2026 |     | C2 |     | S   |
    4     | 02/04/2026 |     | C2 |     | S   |

    OC2
    CHILD | DOB        | CONVICTED |
    1     | 31/03/2017 |           | found
    2     | 01/04/2017 |           |
    3     | 31/03/2017 | 0         |
    4     | 31/03/2017 |           |
"""
