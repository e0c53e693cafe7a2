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
    published="fostering_approved_from_enquiries",
    is_per_child=False,
)
def fostering_approvals(facts: Facts, when: Periods) -> pl.DataFrame:
    """Households approved to foster

    Every household that was approved to foster on a day of the period. England's figure is only of those who
    applied and were approved in one year.
    """
    return nothing_is_told()


EXAMPLES = """
    answer 2019-20
    state  not_held
    why    Kith does not hold fostering applications and approvals yet. No child's return or standard extract tells them; the record will, once foster homes are written there from enquiry to approval.
"""
