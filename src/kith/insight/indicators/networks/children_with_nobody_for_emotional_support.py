import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.not_held import nothing_is_told
from kith.insight.periods import Periods


@indicator(
    topic="networks",
    measure="share",
    unit="children",
    out_of="children in care of eight and over who were asked",
    needs="own_networks",
    way="less",
    by="",
    source="The case for change (Independent Review of Children's Social Care, 2021)",
    published="cla_no_one_emotional_support_pct",
)
def children_with_nobody_for_emotional_support(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children in care with nobody to turn to

    Of all children in care of eight or older who were asked in the period, those who name nobody whom they
    can turn to for support.
    """
    return nothing_is_told()


EXAMPLES = """
    answer 2019-20
    state  not_held
    why    Kith does not hold the people whom children name as theirs yet. No return or standard extract tells them; the record will, once children's own networks are written there.
"""
