import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.not_held import nothing_is_told
from kith.insight.periods import Periods


@indicator(
    topic="money",
    measure="median",
    unit="pounds a week",
    when="last_day",
    needs="placement_costs",
    way="neither",
    by="",
    source="Kith's own",
)
def placement_cost_a_week(facts: Facts, when: Periods) -> pl.DataFrame:
    """What a home costs a week

    The median cost of a week, in pounds, of placements in force on the period's last day.
    """
    return nothing_is_told()


EXAMPLES = """
    answer 2019-20
    state  not_held
    why    Kith does not hold costs of placements yet. No return or standard extract tells it; the record will, once costs are written beside placements.
"""
