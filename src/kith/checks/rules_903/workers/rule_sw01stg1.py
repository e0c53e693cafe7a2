import polars as pl

from kith.checks.placement_words import is_short_break
from kith.checks.rule import check
from kith.checks.words import YEAR_END, blank, col


@check("SW01STG1", table="Episodes", fields="DEC", first_year=2024, last_year=2024)
def a_child_in_care_has_no_social_worker() -> pl.Expr:
    """The child was looked after on 31 March (not in short breaks, V3 or V4), but no social worker episode is given."""
    was_open = (col("DECOM") <= YEAR_END) & (blank("DEC") | (col("DEC") > YEAR_END))
    return was_open & ~is_short_break() & (col("SWEpisodes.count") == 0)


EXAMPLES = """
    Episodes
    CHILD | DECOM      | DEC        | LS |
    1     | 01/05/2023 |            | C2 | found
    2     | 01/05/2023 |            | C2 |
    3     | 01/05/2023 | 31/03/2024 | C2 |
    4     | 01/05/2023 |            | V4 |
    5     | 01/05/2022 | 01/05/2023 | C2 |
    5     | 01/05/2023 | 01/04/2024 | C2 | found

    SWEpisodes
    CHILD | SW_ID | SW_DECOM   |
    2     | SW123 | 01/05/2023 |
"""
