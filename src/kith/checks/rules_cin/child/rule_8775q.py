import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_END, birthday, blank, col


@check("8775Q", table="CINdetails", fields="Children.PersonBirthDate CINclosureDate", severity="query")
def case_goes_on_past_the_25th_birthday() -> pl.Expr:
    """The case was closed after the 25th birthday, or was still open on 31 March and the birthday was before."""
    last_day = pl.when(blank("CINclosureDate")).then(YEAR_END).otherwise(col("CINclosureDate"))
    return last_day > birthday("Children.PersonBirthDate", 25)


EXAMPLES = """
    Children
    LAchildID | PersonBirthDate |
    1         | 2001-03-30      |
    2         | 2001-03-31      |
    3         | 2000-06-01      |
    4         |                 |

    CINdetails
    LAchildID | CINdetailsID | CINclosureDate |
    1         | 1            |                | found
    2         | 2            |                |
    3         | 3            | 2025-06-01     |
    3         | 4            | 2025-06-02     | found
    4         | 5            |                |
"""
