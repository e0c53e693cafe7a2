import polars as pl

from kith.checks.rule import check
from kith.checks.rules_903.carried_over.last_year import goes_on_from_last_year
from kith.checks.rules_903.notes import NO_READABLE_START
from kith.checks.words import col


@check(
    "502",
    table="Episodes",
    fields="DECOM LastYear.Episodes.latest.DECOM",
    note=NO_READABLE_START,
)
def an_open_episode_begins_another_day_than_last_year() -> pl.Expr:
    """Last year's return ended with an open episode, and this year's first episode of the child does not
    begin on the same day as that one."""
    return goes_on_from_last_year() & (col("DECOM") != col("LastYear.Episodes.latest.DECOM"))


EXAMPLES = """
    Episodes
    CHILD | DECOM      |
    1     | 02/02/2026 | found
    1     | 01/05/2026 |
    2     | 01/02/2026 |
    3     | 01/05/2026 |
    4     | 01/05/2026 |

    LastYear.Episodes
    CHILD | DECOM      | DEC        |
    1     | 01/05/2025 | 01/02/2026 |
    1     | 01/02/2026 |            |
    2     | 01/02/2026 |            |
    3     | 01/02/2026 | 01/03/2026 |
"""
