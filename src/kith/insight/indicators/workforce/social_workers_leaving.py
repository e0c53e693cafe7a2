import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.not_held import nothing_is_told
from kith.insight.periods import Periods


@indicator(
    topic="workforce",
    measure="share",
    unit="social workers",
    out_of="social workers in post",
    needs="workforce_census",
    way="less",
    by="",
    source="Children's social work workforce (DfE, 2020)",
    published="sw_turnover_pct",
)
def social_workers_leaving(facts: Facts, when: Periods) -> pl.DataFrame:
    """Social workers who left in the year

    The children and family social workers who left in the year to 30 September, as a share of those in post
    at its end, in full-time equivalents.
    """
    return nothing_is_told()


EXAMPLES = """
    answer 2019-20
    state  not_held
    why    Kith does not hold leavers, agency workers and roles of social workers yet. They are told by the workforce census, which Kith does not read yet.
"""
