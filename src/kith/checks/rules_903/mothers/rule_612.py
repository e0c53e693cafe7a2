import polars as pl

from kith.checks.rule import check
from kith.checks.words import col, given, is_female


@check("612", table="Header", fields="SEX MOTHER MC_DOB", note="A date given for a male is rule 174's.")
def one_who_is_no_mother_has_a_child() -> pl.Expr:
    """A date of birth of a child is given for a female who is not said to be a mother."""
    return is_female() & col("MOTHER").ne_missing(1) & given("MC_DOB")


EXAMPLES = """
    Header
    CHILD | SEX | MOTHER | MC_DOB     |
    1     | F   | 0      | 01/05/2026 | found
    2     | F   |        | 01/05/2026 | found
    3     | F   | 1      | 01/05/2026 |
    4     | M   | 0      | 01/05/2026 |
    5     | F   | 0      |            |
"""
