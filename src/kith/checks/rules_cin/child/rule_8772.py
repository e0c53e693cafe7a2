import polars as pl

from kith.checks.rule import check
from kith.checks.words import is_one_of, is_true


@check("8772", table="CINdetails", fields="Children.UPNunknown ReferralNFA", severity="error")
def upn_is_unknown_for_no_further_action_but_there_was_some() -> pl.Expr:
    """There is no UPN because the referral had no further action (UN7), but this one was taken further."""
    return is_one_of("Children.UPNunknown", "UN7") & ~is_true("ReferralNFA")


EXAMPLES = """
    Children
    LAchildID | UPNunknown |
    1         | UN7        |
    2         | UN7        |
    3         | UN4        |

    CINdetails
    LAchildID | CINdetailsID | ReferralNFA |
    1         | 1            | true        |
    1         | 2            | false       | found
    2         | 3            | 1           |
    3         | 4            | 0           |
"""
