import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.not_held import nothing_is_told
from kith.insight.periods import Periods


@indicator(
    topic="voice",
    measure="share",
    unit="requests",
    out_of="requests that were due",
    needs="file_requests",
    way="more",
    by="",
    source="Kith's own",
)
def access_to_own_file(facts: Facts, when: Periods) -> pl.DataFrame:
    """People who got their own file in time

    Of all requests by people for their own file that were due in the period, those answered within the time
    that the law sets.
    """
    return nothing_is_told()


EXAMPLES = """
    answer 2019-20
    state  not_held
    why    Kith does not hold requests of people for their own file yet. No return or standard extract tells them; the record will, once requests are written there.
"""
