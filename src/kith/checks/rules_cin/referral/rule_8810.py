import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, given


@check("8810", table="CINdetails", fields="ReasonForClosure CINclosureDate", severity="error")
def reason_for_closure_has_no_closure() -> pl.Expr:
    """The case has a reason for closure but no closure date."""
    return given("ReasonForClosure") & blank("CINclosureDate")


EXAMPLES = """
    CINdetails
    LAchildID | CINclosureDate | ReasonForClosure |
    1         |                | RC7              | found
    2         | 2025-06-02     | RC7              |
    3         |                |                  |
    4         | 2025-06-02     |                  |
"""
