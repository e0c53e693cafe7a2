import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, given


@check("566", table="Missing", fields="MISSING MIS_END")
def an_end_does_not_tell_whether_missing_or_away() -> pl.Expr:
    """The date it ended is filled, but not whether the child was missing (M) or away from placement without
    authorisation (A)."""
    return given("MIS_END") & blank("MISSING")


EXAMPLES = """
    Missing
    CHILD | MISSING | MIS_END    |
    1     |         | 01/05/2026 | found
    2     | A       | 01/05/2026 |
    3     |         |            |
"""
