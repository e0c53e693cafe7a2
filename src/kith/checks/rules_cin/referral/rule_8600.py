import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_END, blank, col


@check("8600", table="CINdetails", fields="CINreferralDate", severity="error")
def referral_has_no_date_or_is_after_the_year() -> pl.Expr:
    """The referral has no date, or one after the last day of the census year."""
    return blank("CINreferralDate") | (col("CINreferralDate") > YEAR_END)


EXAMPLES = """
    CINdetails
    LAchildID | CINdetailsID | CINreferralDate |
    1         | 1            | 2020-05-01      |
    2         | 1            | 2026-03-31      |
    3         | 1            | 2026-04-01      | found
    4         | 1            |                 | found
"""
