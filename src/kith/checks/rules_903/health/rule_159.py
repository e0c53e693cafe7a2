import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, is_one_of


@check("159", table="OC2", fields="SUBSTANCE_MISUSE INTERVENTION_RECEIVED INTERVENTION_OFFERED")
def no_intervention_and_not_said_whether_one_was_offered() -> pl.Expr:
    """A child with a substance misuse problem received no intervention (0), and whether one was offered is left
    blank."""
    return (
        is_one_of("SUBSTANCE_MISUSE", "1")
        & is_one_of("INTERVENTION_RECEIVED", "0")
        & blank("INTERVENTION_OFFERED")
    )


EXAMPLES = """
    OC2
    CHILD | SUBSTANCE_MISUSE | INTERVENTION_RECEIVED | INTERVENTION_OFFERED |
    1     | 1                | 0                     |                      | found
    2     | 1                | 0                     | 0                    |
    3     | 1                | 1                     |                      |
    4     | 1                |                       |                      |
    5     | 0                | 0                     |                      |
"""
