import polars as pl

from kith.checks.rule import check
from kith.checks.words import col


@check(
    "SW10STG2",
    table="SWEpisodes",
    fields="SW_DECOM before.SW_DEC",
    first_year=2024,
    note="""An open tool leaves out an episode that lies within an earlier one, and reports a gap between two; the
    DfE's sentence speaks of every overlap, and of no gap.""",
)
def a_new_worker_began_before_the_last_ended() -> pl.Expr:
    """A social worker episode began before the child's previous one ended."""
    return col("SW_DECOM") < col("before.SW_DEC")


EXAMPLES = """
    SWEpisodes
    CHILD | SW_DECOM   | SW_DEC     |
    1     | 01/05/2026 | 02/06/2026 |
    1     | 01/06/2026 |            | found
    2     | 01/05/2026 | 01/06/2026 |
    2     | 01/06/2026 |            |
    3     | 01/05/2026 | 01/06/2026 |
    3     | 02/06/2026 |            |
"""
