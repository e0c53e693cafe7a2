import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check(
    "8950Q",
    table="Assessments",
    fields="AssessmentFactors",
    first_year=2025,
    severity="query",
    note="An open tool never reports this on a real file. We follow the DfE's text.",
)
def sexual_abuse_is_not_split() -> pl.Expr:
    """Factor 19A (sexual abuse) is recorded, which is no longer used.

    Use 19B for abuse by another child, 19C for abuse by an adult.
    """
    return col("factors").list.contains("19A")


EXAMPLES = """
    Assessments
    LAchildID | CINdetailsID | AssessmentsID |
    1         | 1            | 1             | found
    2         | 2            | 2             |
    3         | 3            | 3             |

    AssessmentFactors
    LAchildID | CINdetailsID | AssessmentsID | AssessmentFactor |
    1         | 1            | 1             | 1A               |
    1         | 1            | 1             | 19A              |
    2         | 2            | 2             | 19B              |
    2         | 2            | 2             | 19C              |
"""
