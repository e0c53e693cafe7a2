import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.not_held import nothing_is_told
from kith.insight.periods import Periods


@indicator(
    topic="workforce",
    measure="share",
    unit="social workers",
    out_of="social workers",
    when="last_day",
    needs="workforce_census",
    way="less",
    by="",
    source="Children's social work workforce (DfE, 2020)",
    published="sw_agency_pct",
)
def social_workers_agency(facts: Facts, when: Periods) -> pl.DataFrame:
    """Social workers who come from agencies

    Of all children and family social workers on 30 September, agency workers and those in post, in full-time
    equivalents, those who come from an agency.
    """
    return nothing_is_told()


EXAMPLES = """
    answer 2019-20
    state  not_held
    why    Kith does not hold leavers, agency workers and roles of social workers yet. They are told by the workforce census, which Kith does not read yet.
"""
