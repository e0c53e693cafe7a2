import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, is_one_of


@check("192", table="OC2", fields="SUBSTANCE_MISUSE INTERVENTION_RECEIVED")
def not_said_whether_an_intervention_was_received() -> pl.Expr:
    """The child has a substance misuse problem (1), and whether an intervention was received is left blank."""
    return is_one_of("SUBSTANCE_MISUSE", "1") & blank("INTERVENTION_RECEIVED")


EXAMPLES = """
    OC2
    CHILD | SUBSTANCE_MISUSE | INTERVENTION_RECEIVED |
    1     | 1                |                       | found
    2     | 1                | 0                     |
    3     | 0                |                       |
    4     |                  |                       |
"""
