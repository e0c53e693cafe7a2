import polars as pl

from kith.checks.rule import check
from kith.checks.rules_903.workers.reasons import reason_is_asked
from kith.checks.words import is_known


@check(
    "SW13STG1",
    table="SWEpisodes",
    fields="SW_REASON SW_DECOM",
    first_year=2024,
    note="""An open tool fails for the whole return on one start date that cannot be read; here such a row's reason may be
    blank. How the rule of 2023-24 differed is not known.""",
)
def reason_for_a_new_worker_is_not_a_code() -> pl.Expr:
    """The reason for the change of social worker is not one of the codes; it may be blank only for an episode begun
    before 1 April 2023."""
    return ~is_known("SW_REASON").fill_null(~reason_is_asked())


EXAMPLES = """
    SWEpisodes
    CHILD | SW_DECOM   | SW_REASON |
    1     | 01/04/2023 | MANAGE    |
    2     | 01/04/2023 |           | found
    3     | 31/03/2023 |           |
    4     | 31/03/2023 | HOLIDAY   | found
    5     |            | HOLIDAY   | found
    6     |            |           |
"""
