import polars as pl

from kith.checks.rule import check
from kith.checks.words import is_in_the_year


@check("8620", table="CINdetails", fields="CINclosureDate", severity="error")
def case_was_closed_outside_the_year() -> pl.Expr:
    """The case's closure date is before 1 April or after 31 March of the census year."""
    return ~is_in_the_year("CINclosureDate")


EXAMPLES = """
    CINdetails
    LAchildID | CINclosureDate |
    1         | 2025-03-31     | found
    2         | 2025-04-01     |
    3         | 2026-03-31     |
    4         | 2026-04-01     | found
    5         |                |
"""
