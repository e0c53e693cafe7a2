import polars as pl

from kith.checks.rule import check
from kith.checks.words import days_between

FORTY_WEEKS = 40 * 7


@check(
    "8606",
    table="CINdetails",
    fields="CINreferralDate Children.PersonBirthDate Children.ExpectedPersonBirthDate",
    severity="error",
)
def child_is_referred_too_long_before_birth() -> pl.Expr:
    """The referral is more than 40 weeks before the child's date of birth, or the expected one."""
    births = ("Children.PersonBirthDate", "Children.ExpectedPersonBirthDate")
    return pl.any_horizontal(days_between("CINreferralDate", birth) > FORTY_WEEKS for birth in births)


EXAMPLES = """
    Children
    LAchildID | PersonBirthDate | ExpectedPersonBirthDate |
    1         | 2026-02-05      |                         |
    2         |                 | 2026-02-05              |
    3         |                 |                         |

    CINdetails
    LAchildID | CINdetailsID | CINreferralDate |
    1         | 1            | 2025-05-01      |
    1         | 2            | 2025-04-30      | found
    2         | 1            | 2025-05-01      |
    2         | 2            | 2025-04-30      | found
    3         | 1            | 2025-04-30      |
"""
