import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.not_held import nothing_is_told
from kith.insight.periods import Periods


@indicator(
    topic="home",
    measure="share",
    unit="moves",
    out_of="moves to another carer",
    needs="school_moves",
    way="more",
    by="",
    source="Kith's own",
)
def school_kept_on_moving_home(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children who kept their school when they moved home

    Of all moves from one carer to another in the period by children of school age, those after which the
    child was still at the same school a month later.
    """
    return nothing_is_told()


EXAMPLES = """
    answer 2019-20
    state  not_held
    why    Kith does not hold changes of school yet. No return or standard extract tells them; schooling comes with the link to schools.
"""
