import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.not_held import nothing_is_told
from kith.insight.periods import Periods


@indicator(
    topic="home",
    measure="share",
    unit="children",
    out_of="children of school age in care all year",
    needs="school_moves",
    way="less",
    by="",
    source="Kith's own",
)
def school_moves(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children in care who changed school in the year

    Of all children of school age who were in care for the whole year, those who changed school in it other
    than from primary to secondary school in September.
    """
    return nothing_is_told()


EXAMPLES = """
    answer 2019-20
    state  not_held
    why    Kith does not hold changes of school yet. No return or standard extract tells them; schooling comes with the link to schools.
"""
