import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.not_held import nothing_is_told
from kith.insight.periods import Periods


@indicator(
    topic="fostering",
    measure="share",
    unit="places",
    out_of="approved foster places",
    when="last_day",
    needs="fostering_places",
    way="neither",
    by="",
    source="Fostering in England 2019 to 2020 (Ofsted, 2020)",
)
def fostering_places_vacant(facts: Facts, when: Periods) -> pl.DataFrame:
    """Foster places with no child in them

    Of all approved foster places on the period's last day, those that are vacant: not filled and not
    unavailable.
    """
    return nothing_is_told()


EXAMPLES = """
    answer 2019-20
    state  not_held
    why    Kith does not hold approved and vacant foster places yet. No child's return or standard extract tells them; the record will, once places are written there.
"""
