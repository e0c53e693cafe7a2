import polars as pl

from kith.checks.rule import check
from kith.checks.words import is_one_of, is_other_than


@check("432", table="Episodes", fields="RNE before.REC")
def an_episode_after_leaving_care_does_not_start_it_again() -> pl.Expr:
    """The last episode ended with a code for leaving care, but the next does not have the reason S, started
    to be looked after."""
    return is_other_than("before.REC", "X1") & ~is_one_of("RNE", "S")


EXAMPLES = """
    Episodes
    CHILD | DECOM      | RNE | REC |
    1     | 01/05/2026 | P   | E3  |
    1     | 01/06/2026 | P   | E3  | found
    1     | 01/07/2026 |     | E4A | found
    1     | 01/08/2026 | S   | X1  |
    1     | 01/09/2026 | P   |     |
"""
