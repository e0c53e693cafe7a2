import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check(
    "2884",
    table="Section47",
    fields="DateOfInitialCPC CINdetails.DateOfInitialCPC",
    severity="error",
    note="""The same conference is one on the same day. A referral may hold the conference of a child who moved
        in and, later, one of an enquiry.""",
)
def conference_is_recorded_twice() -> pl.Expr:
    """The same initial conference stands both in the section 47 enquiry and in its referral; it belongs in one."""
    return col("DateOfInitialCPC") == col("CINdetails.DateOfInitialCPC")


EXAMPLES = """
    CINdetails
    LAchildID | CINdetailsID | DateOfInitialCPC |
    1         | 1            | 2025-05-20       |
    1         | 2            |                  |
    2         | 1            | 2025-05-20       |

    Section47
    LAchildID | CINdetailsID | DateOfInitialCPC |
    1         | 1            | 2025-05-20       | found
    1         | 2            | 2025-05-20       |
    1         | 1            |                  |
    2         | 1            | 2025-09-01       |
"""
