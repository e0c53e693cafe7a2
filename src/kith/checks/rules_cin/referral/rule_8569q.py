import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_START, col, is_true, working_day_before


@check(
    "8569Q",
    table="CINdetails",
    fields="ReferralNFA CINreferralDate",
    severity="query",
    note="England's bank holidays are no working days.",
)
def an_old_referral_has_no_further_action() -> pl.Expr:
    """The referral ended with no further action, yet is dated before the last working day before the census year.

    Such a referral was decided on within a working day, so it was over before the year began.
    """
    return is_true("ReferralNFA") & (col("CINreferralDate") < working_day_before(YEAR_START))


EXAMPLES = """
    year 2024

    CINdetails
    LAchildID | CINdetailsID | CINreferralDate | ReferralNFA |
    1         | 1            | 2023-03-30      | true        | found
    2         | 1            | 2023-03-30      | false       |
    3         | 1            | 2023-03-31      | true        |
    4         | 1            | 2023-04-03      | 1           |
    5         | 1            |                 | 1           |
"""
