import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, how_many, is_true


@check("8839", table="Section47", fields="DateOfInitialCPC", severity="error")
def referral_has_several_open_enquiries() -> pl.Expr:
    """This section 47 enquiry is open, and so is another one of the same referral.

    An enquiry is open while it has no initial conference and is not marked as needing none.
    """
    is_open = blank("DateOfInitialCPC") & ~is_true("ICPCnotRequired")
    return is_open & (how_many(is_open, of_the_same="referral") > 1)


EXAMPLES = """
    Section47
    LAchildID | CINdetailsID | DateOfInitialCPC | ICPCnotRequired |
    1         | 1            |                  | 0               | found
    1         | 1            |                  | false           | found
    1         | 2            |                  | 0               |
    2         | 3            | 2025-05-26       | 0               |
    2         | 3            |                  |                 | found
    2         | 3            |                  |                 | found
    3         | 4            |                  | true            |
    3         | 4            |                  | 0               |
"""
