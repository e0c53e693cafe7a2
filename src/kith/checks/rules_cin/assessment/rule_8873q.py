import polars as pl

from kith.checks.rule import check
from kith.checks.words import col, given, is_one_of


@check(
    "8873Q",
    table="Assessments",
    fields="CINdetails.ReasonForClosure AssessmentFactors",
    severity="query",
    note="A case that is still open is asked about too: with no factor found it was to be closed.",
)
def no_factors_were_found_but_the_case_went_on() -> pl.Expr:
    """The only assessment of the case ended with factor 21 (no factors identified), but the case was not
    closed after assessment (RC8, or RC9 where early help followed)."""
    is_the_only_one = col("referral.Assessments.count") == 1
    found_nothing = given("AssessmentAuthorisationDate") & col("factors").list.contains("21")
    return is_the_only_one & found_nothing & ~is_one_of("CINdetails.ReasonForClosure", "RC8 RC9")


EXAMPLES = """
    CINdetails
    LAchildID | CINdetailsID | ReasonForClosure |
    1         | 1            | RC7              |
    2         | 2            | RC8              |
    3         | 3            | RC9              |
    4         | 4            |                  |
    5         | 5            | RC7              |
    6         | 6            | RC7              |
    7         | 7            | RC7              |

    Assessments
    LAchildID | CINdetailsID | AssessmentsID | AssessmentAuthorisationDate |
    1         | 1            | 1             | 2025-06-01                  | found
    2         | 2            | 2             | 2025-06-01                  |
    3         | 3            | 3             | 2025-06-01                  |
    4         | 4            | 4             | 2025-06-01                  | found
    5         | 5            | 5             | 2025-06-01                  |
    5         | 5            | 6             | 2025-09-01                  |
    6         | 6            | 7             |                             |
    7         | 7            | 8             | 2025-06-01                  |

    AssessmentFactors
    LAchildID | CINdetailsID | AssessmentsID | AssessmentFactor |
    1         | 1            | 1             | 21               |
    2         | 2            | 2             | 21               |
    3         | 3            | 3             | 21               |
    4         | 4            | 4             | 21               |
    5         | 5            | 5             | 21               |
    5         | 5            | 6             | 1A               |
    6         | 6            | 7             | 21               |
    7         | 7            | 8             | 1A               |
"""
