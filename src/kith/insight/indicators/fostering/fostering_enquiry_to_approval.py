import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.not_held import nothing_is_told
from kith.insight.periods import Periods


@indicator(
    topic="fostering",
    measure="share",
    unit="households",
    out_of="households that asked a year before",
    needs="fostering_enquiries",
    looks_back=1,
    way="more",
    by="",
    source="Kith's own",
)
def fostering_enquiry_to_approval(facts: Facts, when: Periods) -> pl.DataFrame:
    """Households who asked and were approved within a year

    Of all households that first asked about fostering in the twelve months before the period, those approved
    within twelve months of asking.
    """
    return nothing_is_told()


EXAMPLES = """
    answer 2019-20
    state  not_held
    why    Kith does not hold enquiries about fostering yet. No child's return or standard extract tells them; the record will, once those who ask are written there.
"""
