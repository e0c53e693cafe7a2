import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.not_held import nothing_is_told
from kith.insight.periods import Periods


@indicator(
    topic="workforce",
    measure="share",
    unit="hours",
    out_of="working hours",
    needs="working_time",
    way="more",
    by="",
    source="Kith's own",
)
def time_with_families(facts: Facts, when: Periods) -> pl.DataFrame:
    """Working time spent with families

    Of all working hours of social workers who hold cases, those spent with children and families.
    """
    return nothing_is_told()


EXAMPLES = """
    answer 2019-20
    state  not_held
    why    Kith does not hold record of how working time is spent yet. No return tells it; a survey of time would.
"""
