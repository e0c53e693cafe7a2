import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, given


@check("8805", table="CINdetails", fields="CINclosureDate ReasonForClosure", severity="error")
def case_was_closed_for_no_reason() -> pl.Expr:
    """The case has a closure date but no reason for closure."""
    return given("CINclosureDate") & blank("ReasonForClosure")


EXAMPLES = """
    CINdetails
    LAchildID | CINclosureDate | ReasonForClosure |
    1         | 2025-06-02     |                  | found
    2         | 2025-06-02     | RC7              |
    3         |                |                  |
    4         |                | RC7              |
"""
