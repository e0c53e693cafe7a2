import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, how_many


@check(
    "8935",
    table="ChildProtectionPlans",
    fields="CPPendDate",
    severity="error",
    note="Asked of all the child's plans, of whichever referral.",
)
def child_has_several_open_plans() -> pl.Expr:
    """This child protection plan of the child is open (no end date), and so is another."""
    is_open = blank("CPPendDate")
    return is_open & (how_many(is_open, of_the_same="LAchildID") > 1)


EXAMPLES = """
    ChildProtectionPlans
    LAchildID | CINdetailsID | CPPendDate |
    1         | 1            |            | found
    1         | 2            |            | found
    1         | 2            | 2025-06-02 |
    2         | 3            |            |
    2         | 3            | 2025-06-02 |
"""
