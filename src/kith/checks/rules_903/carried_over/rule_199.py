import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check(
    "199",
    table="Episodes",
    fields="CHILD DECOM",
    note="""Looks back over this year's return, and last year's where it is loaded; an adoption before that
    is not seen.""",
)
def a_child_adopted_from_care_has_another_episode() -> pl.Expr:
    """A child has an episode that began after an earlier one ended in adoption (E11 or E12). A child who
    comes back into care after adoption has a new number, not joined to the old one."""
    return col("adopted_before")


EXAMPLES = """
    Episodes
    CHILD | DECOM      | REC |
    1     | 01/05/2026 | E11 |
    1     | 01/09/2026 |     | found
    2     | 01/05/2026 | X1  |
    2     | 01/06/2026 | E12 |
    3     | 01/10/2026 |     | found
    4     | 01/10/2026 |     |

    LastYear.Episodes
    CHILD | DECOM      | REC |
    3     | 01/05/2025 | E12 |
    4     | 01/05/2025 | E3  |
"""
