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
    when="last_day",
    needs="workforce_census",
    way="less",
    by="",
    source="Children's social work workforce (DfE, 2020)",
    published="sw_not_case_holder_or_senior_practitioner_pct",
)
def social_workers_not_working_with_families(facts: Facts, when: Periods) -> pl.DataFrame:
    """Social workers who do not work with families themselves

    Of all children and family social workers in post on 30 September, those whose role is neither to hold
    cases nor that of a senior practitioner.
    """
    return nothing_is_told()


EXAMPLES = """
    answer 2019-20
    state  not_held
    why    Kith does not hold leavers, agency workers and roles of social workers yet. They are told by the workforce census, which Kith does not read yet.
"""
