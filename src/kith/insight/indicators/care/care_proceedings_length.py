import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.not_held import nothing_is_told
from kith.insight.periods import Periods


@indicator(
    topic="care",
    measure="median",
    unit="weeks",
    needs="care_proceedings",
    way="less",
    by="age sex ethnicity",
    source="Kith's own",
)
def care_proceedings_length(facts: Facts, when: Periods) -> pl.DataFrame:
    """How long care proceedings took

    The median number of weeks from the application to the final order, of proceedings that ended in the
    period.
    """
    return nothing_is_told()


EXAMPLES = """
    answer 2019-20
    state  not_held
    why    Kith does not hold care proceedings and who was party to them yet. No return or standard extract tells them; the record will, once applications, parties and orders are written there.
"""
