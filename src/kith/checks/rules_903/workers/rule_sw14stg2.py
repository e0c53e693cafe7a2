import polars as pl

from kith.checks.rule import check
from kith.checks.words import blank, is_the_latest


@check(
    "SW14STG2",
    table="SWEpisodes",
    fields="SW_DEC",
    first_year=2024,
    last_year=2024,
    note="""The DfE's sentence says only that the end is blank; a blank is right for the present worker, so the latest
    episode is left out.""",
)
def a_worker_who_was_followed_has_no_end() -> pl.Expr:
    """A social worker episode that is not the child's latest has no end date."""
    return blank("SW_DEC") & ~is_the_latest("SWEpisodes").fill_null(True)


EXAMPLES = """
    SWEpisodes
    CHILD | SW_DECOM   | SW_DEC     |
    1     | 01/05/2023 |            | found
    1     | 01/06/2023 |            |
    2     | 01/05/2023 | 01/06/2023 |
    2     | 01/06/2023 |            |
"""
