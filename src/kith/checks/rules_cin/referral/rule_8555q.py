import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("8555Q", table="CINdetails", fields="CINreferralDate Children.PersonDeathDate", severity="query")
def child_is_referred_after_death() -> pl.Expr:
    """The referral is dated after the child's date of death."""
    return col("CINreferralDate") > col("Children.PersonDeathDate")


EXAMPLES = """
    Children
    LAchildID | PersonDeathDate |
    1         | 2025-05-01      |
    2         |                 |

    CINdetails
    LAchildID | CINdetailsID | CINreferralDate |
    1         | 1            | 2025-05-01      |
    1         | 2            | 2025-05-02      | found
    2         | 1            | 2025-05-02      |
"""
