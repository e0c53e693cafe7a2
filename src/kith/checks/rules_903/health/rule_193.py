import polars as pl

from kith.checks.rule import check
from kith.checks.words import any_given, is_one_of


@check("193", table="OC2", fields="SUBSTANCE_MISUSE INTERVENTION_RECEIVED INTERVENTION_OFFERED")
def an_intervention_without_a_substance_misuse_problem() -> pl.Expr:
    """No substance misuse problem is told of, yet whether an intervention was received or offered is filled."""
    return ~is_one_of("SUBSTANCE_MISUSE", "1") & any_given("INTERVENTION_RECEIVED", "INTERVENTION_OFFERED")


EXAMPLES = """
    OC2
    CHILD | SUBSTANCE_MISUSE | INTERVENTION_RECEIVED | INTERVENTION_OFFERED |
    1     | 0                | 0                     |                      | found
    2     |                  |                       | 1                    | found
    3     | 1                | 0                     | 1                    |
    4     | 0                |                       |                      |
"""
