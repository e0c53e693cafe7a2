import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.not_held import nothing_is_told
from kith.insight.periods import Periods


@indicator(
    topic="fostering",
    measure="number",
    unit="applications",
    needs="fostering_households",
    way="more",
    by="",
    source="Fostering in England 2019 to 2020 (Ofsted, 2020)",
    published="fostering_applications",
    is_per_child=False,
)
def fostering_applications(facts: Facts, when: Periods) -> pl.DataFrame:
    """Households who applied to foster

    Every application to foster that a household made on a day of the period.
    """
    return nothing_is_told()


EXAMPLES = """
    answer 2019-20
    state  not_held
    why    Kith does not hold fostering applications and approvals yet. No child's return or standard extract tells them; the record will, once foster homes are written there from enquiry to approval.
"""
