import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("2991Q", table="CINdetails", fields="CINdetailsID Section47.S47ActualStartDate", severity="query")
def enquiry_has_no_assessment_beside_it() -> pl.Expr:
    """The episode of need has a section 47 enquiry but no assessment, which one would expect beside it."""
    return (col("referral.Section47.count") > 0) & (col("referral.Assessments.count") == 0)


EXAMPLES = """
    CINdetails
    LAchildID | CINdetailsID |
    1         | 1            | found
    1         | 2            |
    2         | 3            |

    Section47
    LAchildID | CINdetailsID | S47ActualStartDate |
    1         | 1            | 2025-05-01         |
    1         | 1            | 2025-07-01         |
    1         | 2            | 2025-09-01         |

    Assessments
    LAchildID | CINdetailsID |
    1         | 2            |
"""
