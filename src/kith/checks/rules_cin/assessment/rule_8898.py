import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check(
    "8898",
    table="Assessments",
    fields="AssessmentFactors",
    severity="error",
    note="An open tool fails where it should report this. We follow the DfE's text.",
)
def a_factor_is_given_twice() -> pl.Expr:
    """The same factor is recorded more than once for one assessment."""
    return col("factors").list.n_unique() < col("factors").list.len()


EXAMPLES = """
    Assessments
    LAchildID | CINdetailsID | AssessmentsID |
    1         | 1            | 1             | found
    1         | 1            | 2             |
    2         | 2            | 3             |

    AssessmentFactors
    LAchildID | CINdetailsID | AssessmentsID | AssessmentFactor |
    1         | 1            | 1             | 2A               |
    1         | 1            | 1             | 2A               |
    1         | 1            | 2             | 2A               |
    2         | 2            | 3             | 2A               |
    2         | 2            | 3             | 2B               |
"""
