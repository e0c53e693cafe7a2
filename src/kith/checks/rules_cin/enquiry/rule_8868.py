import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, given, is_true


@check(
    "8868",
    table="Section47",
    fields="ICPCnotRequired DateOfInitialCPC CINdetails.CINclosureDate",
    severity="error",
)
def case_is_closed_with_an_open_enquiry() -> pl.Expr:
    """The case has a closure date, but this section 47 enquiry of it has no end.

    It has no initial conference, and is not marked as needing none.
    """
    is_open = blank("DateOfInitialCPC") & ~is_true("ICPCnotRequired")
    return given("CINdetails.CINclosureDate") & is_open


EXAMPLES = """
    CINdetails
    LAchildID | CINdetailsID | CINclosureDate |
    1         | 1            | 2025-07-01     |
    1         | 2            |                |

    Section47
    LAchildID | CINdetailsID | DateOfInitialCPC | ICPCnotRequired |
    1         | 1            |                  | false           | found
    1         | 1            |                  | true            |
    1         | 1            | 2025-06-01       | false           |
    1         | 2            |                  | false           |
"""
