import polars as pl

from kith.checks.rule import check
from kith.checks.words import YEAR_START, col, is_one_of, is_the_first


@check(
    "SW12STG2",
    table="SWEpisodes",
    fields="SW_DECOM SW_REASON",
    first_year=2024,
    note="""A child who was first known during the year had no worker before; FCONTA says so. How the rule of 2023-24
    differed is not known.""",
)
def workers_are_not_told_of_the_whole_year() -> pl.Expr:
    """The child was looked after on 31 March, but the first social worker episode began after the year did, with a
    reason other than first contact (FCONTA): what went before is missing."""
    began_late = (col("SW_DECOM") > YEAR_START) & ~is_one_of("SW_REASON", "FCONTA")
    return is_the_first("SWEpisodes") & began_late & col("child.in_care_on_the_last_day")


EXAMPLES = """
    Episodes
    CHILD | DECOM      | DEC        | LS |
    1     | 01/06/2026 |            | C2 |
    2     | 01/06/2026 |            | C2 |
    3     | 01/06/2026 |            | C2 |
    4     | 01/06/2026 | 31/03/2027 | C2 |
    5     | 01/06/2026 |            | V4 |

    SWEpisodes
    CHILD | SW_DECOM   | SW_DEC     | SW_REASON |
    1     | 02/04/2026 | 01/06/2026 | MANAGE    | found
    1     | 01/06/2026 |            | MANAGE    |
    2     | 01/04/2026 |            | MANAGE    |
    3     | 02/04/2026 |            | FCONTA    |
    4     | 02/04/2026 |            | MANAGE    |
    5     | 02/04/2026 |            | MANAGE    |
"""
