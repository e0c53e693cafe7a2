import polars as pl

from kith.checks.rule import check
from kith.checks.rules_903.carried_over.last_year import differs_from_last_year, goes_on_from_last_year
from kith.checks.rules_903.notes import NO_READABLE_START


@check(
    "503B",
    table="Episodes",
    fields="LS LastYear.Episodes.latest.LS",
    note=NO_READABLE_START,
)
def the_legal_status_of_an_open_episode_differs_from_last_year() -> pl.Expr:
    """The legal status in the child's first episode is not that of the episode left open in last year's
    return."""
    return goes_on_from_last_year() & differs_from_last_year("LS")


EXAMPLES = """
    Episodes
    CHILD | DECOM      | LS |
    1     | 01/02/2026 | C1 | found
    1     | 01/05/2026 | C2 |
    2     | 01/02/2026 | V2 |
    3     | 01/05/2026 | C2 |
    4     | 01/05/2026 | C2 |

    LastYear.Episodes
    CHILD | DECOM      | DEC        | LS |
    1     | 01/02/2026 |            | V2 |
    2     | 01/02/2026 |            | V2 |
    3     | 01/02/2026 | 01/03/2026 | V2 |
"""
