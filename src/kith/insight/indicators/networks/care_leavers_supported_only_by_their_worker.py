import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.not_held import nothing_is_told
from kith.insight.periods import Periods


@indicator(
    topic="networks",
    measure="share",
    unit="young people",
    out_of="care leavers who were asked",
    needs="own_networks",
    way="less",
    by="",
    source="The case for change (Independent Review of Children's Social Care, 2021)",
    published="care_leavers_supported_only_by_worker_pct",
)
def care_leavers_supported_only_by_their_worker(facts: Facts, when: Periods) -> pl.DataFrame:
    """Care leavers with nobody but their worker

    Of all care leavers aged 19 to 21 who were asked in the period, those who name nobody for support but a
    worker who is paid for it.
    """
    return nothing_is_told()


EXAMPLES = """
    answer 2019-20
    state  not_held
    why    Kith does not hold the people whom children name as theirs yet. No return or standard extract tells them; the record will, once children's own networks are written there.
"""
