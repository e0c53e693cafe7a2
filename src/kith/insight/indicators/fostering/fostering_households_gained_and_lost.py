import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.not_held import nothing_is_told
from kith.insight.periods import Periods


@indicator(
    topic="fostering",
    measure="number",
    unit="households",
    needs="fostering_households",
    way="more",
    by="",
    source="Fostering in England 2019 to 2020 (Ofsted, 2020)",
    published="fostering_net_households",
    is_per_child=False,
)
def fostering_households_gained_and_lost(facts: Facts, when: Periods) -> pl.DataFrame:
    """Foster homes gained, less those lost

    The number of households approved to foster in the period, less those that stopped in it. It may be below
    none.
    """
    return nothing_is_told()


EXAMPLES = """
    answer 2019-20
    state  not_held
    why    Kith does not hold fostering applications and approvals yet. No child's return or standard extract tells them; the record will, once foster homes are written there from enquiry to approval.
"""
