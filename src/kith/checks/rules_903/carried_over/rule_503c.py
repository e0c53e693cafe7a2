import polars as pl

from kith.checks.rule import check
from kith.checks.rules_903.carried_over.last_year import differs_from_last_year, goes_on_from_last_year
from kith.checks.rules_903.notes import NO_READABLE_START


@check(
    "503C",
    table="Episodes",
    fields="CIN LastYear.Episodes.latest.CIN",
    note=NO_READABLE_START,
)
def the_need_of_an_open_episode_differs_from_last_year() -> pl.Expr:
    """The category of need in the child's first episode is not that of the episode left open in last year's
    return."""
    return goes_on_from_last_year() & differs_from_last_year("CIN")


EXAMPLES = """
    Episodes
    CHILD | DECOM      | CIN |
    1     | 01/02/2026 | N2  | found
    1     | 01/05/2026 | N1  |
    2     | 01/02/2026 | N1  |
    3     | 01/05/2026 | N2  |
    4     | 01/02/2026 | N2  | found

    LastYear.Episodes
    CHILD | DECOM      | DEC        | CIN |
    1     | 01/02/2026 |            | N1  |
    2     | 01/02/2026 |            | N1  |
    3     | 01/02/2026 | 01/03/2026 | N1  |
    4     | 01/02/2026 |            |     |
"""
