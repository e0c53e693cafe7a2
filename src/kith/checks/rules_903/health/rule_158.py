import polars as pl

from kith.checks.rule import check
from kith.checks.words import given, is_one_of


@check("158", table="OC2", fields="INTERVENTION_RECEIVED INTERVENTION_OFFERED")
def an_intervention_is_both_received_and_said_to_be_offered() -> pl.Expr:
    """The child received an intervention for substance misuse (1), so whether one was offered has to be left
    blank."""
    return is_one_of("INTERVENTION_RECEIVED", "1") & given("INTERVENTION_OFFERED")


EXAMPLES = """
    OC2
    CHILD | INTERVENTION_RECEIVED | INTERVENTION_OFFERED |
    1     | 1                     | 0                    | found
    2     | 1                     |                      |
    3     | 0                     | 1                    |
    4     |                       | 1                    |
"""
