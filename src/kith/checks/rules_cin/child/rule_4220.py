import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, is_known


@check("4220", table="Children", fields="Ethnicity", severity="error")
def ethnicity_is_not_a_code() -> pl.Expr:
    """The child's ethnicity is blank, or not one of the DfE's codes (NOBT where it is not yet known)."""
    return blank("Ethnicity") | ~is_known("Ethnicity")


EXAMPLES = """
    Children
    LAchildID | Ethnicity |
    1         | WBRI      |
    2         | NOBT      |
    3         | ABCD      | found
    4         |           | found
"""
