import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check("602", table="AD1", fields="CHILD")
def the_episodes_do_not_show_the_adoption() -> pl.Expr:
    """The child is among those adopted (AD1), but no episode ended with adoption (E11 or E12) in the year."""
    return ~col("child.was_adopted")


EXAMPLES = """
    Episodes
    CHILD | DEC        | REC |
    1     | 01/06/2026 | E11 |
    2     | 01/06/2026 | E4A |
    3     | 31/03/2026 | E12 |

    AD1
    CHILD |
    1     |
    2     | found
    3     | found
    4     | found
"""
