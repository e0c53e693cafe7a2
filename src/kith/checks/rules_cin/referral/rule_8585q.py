import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, is_one_of


@check("8585Q", table="CINdetails", fields="ReasonForClosure Children.PersonDeathDate", severity="query")
def closed_as_died_without_a_date_of_death() -> pl.Expr:
    """The case was closed because the child died (RC2), but the child has no date of death."""
    return is_one_of("ReasonForClosure", "RC2") & blank("Children.PersonDeathDate")


EXAMPLES = """
    Children
    LAchildID | PersonDeathDate |
    1         | 2025-05-01      |
    2         |                 |

    CINdetails
    LAchildID | CINdetailsID | ReasonForClosure |
    1         | 1            | RC2              |
    2         | 1            | RC2              | found
    2         | 2            | RC7              |
    2         | 3            |                  |
"""
