import polars as pl

from kith.checks.rule import check
from kith.checks.words import col, is_other_than


@check("433", table="Episodes", fields="RNE DECOM before.DEC")
def an_episode_that_goes_on_from_the_last_begins_another_day() -> pl.Expr:
    """The reason for a new episode says that it goes on from the last one (any code but S), but it does not
    begin on the day the last one ended, or no such day is told."""
    goes_on = is_other_than("RNE", "S") & col("before.row").is_not_null()
    return goes_on & col("DECOM").ne_missing(col("before.DEC"))


EXAMPLES = """
    Episodes
    CHILD | DECOM      | DEC        | RNE |
    1     | 01/05/2026 | 01/06/2026 | P   |
    1     | 01/06/2026 | 01/07/2026 | L   |
    1     | 02/07/2026 | 01/08/2026 | P   | found
    1     | 02/08/2026 | 01/09/2026 | S   |
    1     | 31/08/2026 |            | T   | found
    2     | 01/05/2026 |            | S   |
    2     | 01/06/2026 |            | P   | found
"""
