import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, given


@check(
    "233",
    table="Episodes",
    fields="REASON_PLACE_CHANGE DEC",
    first_year=2026,
    note="""An open tool asks for the column DATE_EPISODE_CEASED, which no file has, and so never reports; we
    ask for DEC.""",
)
def reason_is_given_while_the_episode_lasts() -> pl.Expr:
    """A reason for a change of placement is given, but the episode has not ended."""
    return given("REASON_PLACE_CHANGE") & blank("DEC")


EXAMPLES = """
    Episodes
    CHILD | DEC        | REASON_PLACE_CHANGE |
    1     |            | CARPL               | found
    2     | 01/05/2026 | CARPL               |
    3     |            |                     |
"""
