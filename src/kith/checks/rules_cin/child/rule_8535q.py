import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("8535Q", table="Children", fields="PersonDeathDate PersonBirthDate", severity="query")
def child_dies_before_birth() -> pl.Expr:
    """The child's date of death is before the date of birth."""
    return col("PersonDeathDate") < col("PersonBirthDate")


EXAMPLES = """
    Children
    LAchildID | PersonBirthDate | PersonDeathDate |
    1         | 2025-05-02      | 2025-05-01      | found
    2         | 2025-05-02      | 2025-05-02      |
    3         | 2025-05-02      |                 |
"""
