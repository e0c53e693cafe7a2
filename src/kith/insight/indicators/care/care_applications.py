import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.not_held import nothing_is_told
from kith.insight.periods import Periods


@indicator(
    topic="care",
    measure="number",
    unit="applications",
    needs="care_applications",
    way="neither",
    by="age sex ethnicity",
    source="Cafcass care applications, in The case for change (2021)",
    published_rate="care_application_rate",
    is_per_child=False,
)
def care_applications(facts: Facts, when: Periods) -> pl.DataFrame:
    """Applications to court for children

    Every child for whom the authority applied for a care or supervision order on a day of the period, once
    for each application.
    """
    return nothing_is_told()


EXAMPLES = """
    answer 2019-20
    state  not_held
    why    Kith does not hold applications to court for children yet. No return or standard extract tells them; the record will, once applications and orders are written there.
"""
