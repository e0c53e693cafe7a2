import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.not_held import nothing_is_told
from kith.insight.periods import Periods


@indicator(
    topic="permanence",
    measure="share",
    unit="assessments",
    out_of="assessments of kin that ended",
    needs="kin_assessments",
    looks_on=6,
    way="more",
    by="",
    source="Kith's own",
)
def kinship_assessments_that_led_to_a_home(facts: Facts, when: Periods) -> pl.DataFrame:
    """Kin assessed who gave a child a home

    Of all assessments of whether kin could care for a child that ended in the period, those that became a
    placement or an order within six months.
    """
    return nothing_is_told()


EXAMPLES = """
    answer 2019-20
    state  not_held
    why    Kith does not hold assessments of kin who could care yet. No return or standard extract tells them; the record will, once such assessments are written there.
"""
