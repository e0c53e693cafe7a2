import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, how_many, is_true


@check("8815", table="CINdetails", fields="ReferralNFA CINclosureDate", severity="error")
def child_has_several_open_cases() -> pl.Expr:
    """This case of the child is open (no closure date), and so is another.

    Referrals with no further action do not count.
    """
    is_open = blank("CINclosureDate") & ~is_true("ReferralNFA")
    return is_open & (how_many(is_open, of_the_same="LAchildID") > 1)


EXAMPLES = """
    CINdetails
    LAchildID | CINclosureDate | ReferralNFA |
    1         |                | false       | found
    1         |                | 0           | found
    1         | 2025-06-02     | false       |
    2         |                | false       |
    2         |                | true        |
    3         |                | false       |
    3         | 2025-06-02     | false       |
"""
