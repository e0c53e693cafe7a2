import polars as pl

from kith.checks.rule import check
from kith.checks.rules_903.carried_over.last_year import differs_from_last_year, goes_on_from_last_year
from kith.checks.rules_903.notes import NO_READABLE_START


@check(
    "503A",
    table="Episodes",
    fields="RNE LastYear.Episodes.latest.RNE",
    note=NO_READABLE_START,
)
def the_reason_for_an_open_episode_differs_from_last_year() -> pl.Expr:
    """The reason for the child's first episode is not that of the episode left open in last year's return."""
    return goes_on_from_last_year() & differs_from_last_year("RNE")


EXAMPLES = """
    Episodes
    CHILD | DECOM      | RNE |
    1     | 01/02/2026 | P   | found
    1     | 01/05/2026 | L   |
    2     | 01/02/2026 | S   |
    3     | 01/05/2026 | S   |
    4     | 01/02/2026 |     | found
    5     | 01/05/2026 | P   |

    LastYear.Episodes
    CHILD | DECOM      | DEC        | RNE |
    1     | 01/02/2026 |            | S   |
    2     | 01/02/2026 |            | S   |
    3     | 01/02/2026 | 01/03/2026 | P   |
    4     | 01/02/2026 |            | S   |
"""
