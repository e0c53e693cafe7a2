import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.not_held import nothing_is_told
from kith.insight.periods import Periods


@indicator(
    topic="care",
    measure="share",
    unit="proceedings",
    out_of="care proceedings begun",
    needs="care_proceedings",
    way="less",
    by="",
    source="The case for change (Independent Review of Children's Social Care, 2021)",
    published="public_law_repeat_proceedings_pct",
)
def repeat_care_proceedings(facts: Facts, when: Periods) -> pl.DataFrame:
    """Mothers and fathers who came back to court

    Of all care proceedings that the authority began in the period, those in which a mother or father of the
    child had been a party to earlier care proceedings about the same or another child, at any time before.
    """
    return nothing_is_told()


EXAMPLES = """
    answer 2019-20
    state  not_held
    why    Kith does not hold care proceedings and who was party to them yet. No return or standard extract tells them; the record will, once applications, parties and orders are written there.
"""
