import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.not_held import nothing_is_told
from kith.insight.periods import Periods


@indicator(
    topic="permanence",
    measure="share",
    unit="carers",
    out_of="kin who care for children",
    when="last_day",
    needs="kin_support",
    way="more",
    by="",
    source="Kith's own",
)
def kinship_carers_supported(facts: Facts, when: Periods) -> pl.DataFrame:
    """Kin who care for children and get support

    Of all kin who care for children on the period's last day, as guardians, under a child arrangements order
    or as foster carers, those with a plan of support in force.
    """
    return nothing_is_told()


EXAMPLES = """
    answer 2019-20
    state  not_held
    why    Kith does not hold support plans for kin carers yet. No return or standard extract tells them; the record will, once carers' support is written there.
"""
