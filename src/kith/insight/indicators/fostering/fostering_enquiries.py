import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.not_held import nothing_is_told
from kith.insight.periods import Periods


@indicator(
    topic="fostering",
    measure="number",
    unit="households",
    needs="fostering_enquiries",
    way="more",
    by="",
    source="Fostering in England 2019 to 2020 (Ofsted, 2020)",
    published="fostering_enquiries",
    is_per_child=False,
)
def fostering_enquiries(facts: Facts, when: Periods) -> pl.DataFrame:
    """Households who asked about fostering

    Every household that first asked about fostering on a day of the period, once. England's figure counts
    enquiries to every agency, some of it estimated, and one household may ask several.
    """
    return nothing_is_told()


EXAMPLES = """
    answer 2019-20
    state  not_held
    why    Kith does not hold enquiries about fostering yet. No child's return or standard extract tells them; the record will, once those who ask are written there.
"""
