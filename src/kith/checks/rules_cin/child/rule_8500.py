import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank


@check("8500", table="Children", fields="LAchildID", severity="error")
def child_has_no_id() -> pl.Expr:
    """The child record has no id of the authority's."""
    return blank("LAchildID")


EXAMPLES = """
    Children
    LAchildID | Sex |
    1         | F   |
              | M   | found
"""
