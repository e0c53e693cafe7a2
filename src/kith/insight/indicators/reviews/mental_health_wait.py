import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.not_held import nothing_is_told
from kith.insight.periods import Periods


@indicator(
    topic="reviews",
    measure="median",
    unit="days",
    needs="mental_health_referrals",
    way="less",
    by="",
    source="Kith's own",
)
def mental_health_wait(facts: Facts, when: Periods) -> pl.DataFrame:
    """How long children waited for mental health help

    The median number of days from the day help was asked for to the first appointment, of children whose
    first appointment was in the period. Those still waiting are not in it.
    """
    return nothing_is_told()


EXAMPLES = """
    answer 2019-20
    state  not_held
    why    Kith does not hold requests for mental health help and first appointments yet. No return or standard extract tells them; the record will, once requests for help from others are written there.
"""
