import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.not_held import nothing_is_told
from kith.insight.periods import Periods


@indicator(
    topic="home",
    measure="share",
    unit="children",
    out_of="children in care parted from a brother or sister",
    when="last_day",
    needs="family_time",
    way="more",
    by="",
    source="Kith's own",
)
def family_time_with_brothers_and_sisters(facts: Facts, when: Periods) -> pl.DataFrame:
    """Time together for brothers and sisters who live apart

    Of all children in care on the period's last day who live apart from a brother or sister, those who had
    spent time with each of them in the four weeks before.
    """
    return nothing_is_told()


EXAMPLES = """
    answer 2019-20
    state  not_held
    why    Kith does not hold time that brothers and sisters spend together yet. No return or standard extract tells it; the record will, once family time is written there.
"""
