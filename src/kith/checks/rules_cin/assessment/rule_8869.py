import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check(
    "8869",
    table="Assessments",
    fields="AssessmentFactors",
    severity="error",
    note="An open tool never reports this on a real file. We follow the DfE's text.",
)
def no_factors_is_said_beside_a_factor() -> pl.Expr:
    """Factor 21 (no factors identified) is recorded together with another factor for the same assessment."""
    return col("factors").list.contains("21") & (col("factors").list.n_unique() > 1)


EXAMPLES = """
    Assessments
    LAchildID | CINdetailsID | AssessmentsID |
    1         | 1            | 1             | found
    2         | 2            | 2             |
    3         | 3            | 3             |
    4         | 4            | 4             |
    5         | 5            | 5             |

    AssessmentFactors
    LAchildID | CINdetailsID | AssessmentsID | AssessmentFactor |
    1         | 1            | 1             | 21               |
    1         | 1            | 1             | 1A               |
    2         | 2            | 2             | 21               |
    3         | 3            | 3             | 1A               |
    3         | 3            | 3             | 2A               |
    5         | 5            | 5             | 21               |
    5         | 5            | 5             | 21               |
"""
