import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, how_many


@check("8896", table="Assessments", fields="AssessmentAuthorisationDate", severity="error")
def referral_has_several_open_assessments() -> pl.Expr:
    """This assessment is open (no authorisation date), and so is another one of the same referral."""
    is_open = blank("AssessmentAuthorisationDate")
    return is_open & (how_many(is_open, of_the_same="referral") > 1)


EXAMPLES = """
    Assessments
    LAchildID | CINdetailsID | AssessmentAuthorisationDate |
    1         | 1            |                             | found
    1         | 1            |                             | found
    1         | 1            | 2025-06-01                  |
    1         | 2            |                             |
    2         | 3            |                             |
    2         | 3            | 2025-06-01                  |
"""
