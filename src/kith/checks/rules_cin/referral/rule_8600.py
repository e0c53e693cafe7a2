import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_END, col


@check("8600", table="CINdetails", fields="CINreferralDate", severity="error")
def referral_has_no_date_or_is_after_the_year() -> pl.Expr:
    """The referral has no date that can be read, or one after the last day of the census year."""
    referred = col("CINreferralDate")
    return referred.is_null() | (referred > YEAR_END)


EXAMPLES = """
    CINdetails
    LAchildID | CINdetailsID | CINreferralDate |
    1         | 1            | 2020-05-01      |
    2         | 1            | 2026-03-31      |
    3         | 1            | 2026-04-01      | found
    4         | 1            |                 | found
    5         | 1            | 01/05/2025      | found
"""
