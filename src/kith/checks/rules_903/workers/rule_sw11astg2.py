import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_END, col, is_the_latest


@check(
    "SW11aSTG2",
    table="SWEpisodes",
    fields="SW_DEC",
    first_year=2024,
    last_year=2024,
    note="""In 2023-24 the DfE had this sentence twice, as SW11aSTG2 and SW11bSTG2; how the two differed is not
    known.""",
)
def the_last_worker_ended_before_the_year_did() -> pl.Expr:
    """The child's last social worker episode ended before 31 March, and none follows it."""
    return is_the_latest("SWEpisodes") & (col("SW_DEC") < YEAR_END)


EXAMPLES = """
    SWEpisodes
    CHILD | SW_DECOM   | SW_DEC     |
    1     | 01/05/2022 | 01/06/2023 |
    1     | 01/06/2023 | 30/03/2024 | found
    2     | 01/05/2023 | 31/03/2024 |
    3     | 01/05/2022 | 01/06/2023 |
    3     | 01/06/2023 |            |
"""
