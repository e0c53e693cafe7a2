import polars as pl

from kith.checks.rule import check
from kith.checks.words import col, is_one_of, is_other_than


@check("388", table="Episodes", fields="REC DEC next.DECOM")
def the_reason_for_ending_does_not_fit_what_follows() -> pl.Expr:
    """An episode ended because a new one began (X1), but none begins that day; or it ended with a code for
    leaving care, but another episode begins that very day."""
    begins = col("next.DECOM")
    nothing_follows = is_one_of("REC", "X1") & (begins.is_null() | (begins != col("DEC")))
    return nothing_follows | (is_other_than("REC", "X1") & (begins == col("DEC")))


EXAMPLES = """
    Episodes
    CHILD | DECOM      | DEC        | REC |
    1     | 01/05/2026 | 01/06/2026 | X1  |
    1     | 01/06/2026 | 01/07/2026 | X1  | found
    1     | 02/07/2026 | 01/08/2026 | E3  | found
    1     | 01/08/2026 | 01/09/2026 | E3  |
    1     | 02/09/2026 |            |     |
    2     | 01/05/2026 | 01/06/2026 | X1  | found
"""
