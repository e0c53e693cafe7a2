import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.not_held import nothing_is_told
from kith.insight.periods import Periods


@indicator(
    topic="workforce",
    measure="share",
    unit="social workers",
    out_of="social workers who hold cases",
    when="last_day",
    needs="supervision",
    way="more",
    by="",
    source="Kith's own",
)
def supervision_in_time(facts: Facts, when: Periods) -> pl.DataFrame:
    """Social workers who had supervision in time

    Of all social workers who hold cases on the period's last day, those who had supervision within the month
    before it.
    """
    return nothing_is_told()


EXAMPLES = """
    answer 2019-20
    state  not_held
    why    Kith does not hold supervision of social workers yet. No return or standard extract tells it; the record will, once supervision is written there.
"""
