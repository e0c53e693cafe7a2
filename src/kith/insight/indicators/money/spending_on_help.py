import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.not_held import nothing_is_told
from kith.insight.periods import Periods


@indicator(
    topic="money",
    measure="number",
    unit="pounds",
    needs="spending",
    way="neither",
    by="",
    source=(
        "Section 251 outturn, in The case for change (Independent Review of Children's Social Care, 2021)"
    ),
    published="s251_early_help_real",
    is_per_child=False,
)
def spending_on_help(facts: Facts, when: Periods) -> pl.DataFrame:
    """Money spent on help for families

    What was spent in the year on children's centres, family support and services for young people, in pounds
    of one year's prices.
    """
    return nothing_is_told()


EXAMPLES = """
    answer 2019-20
    state  not_held
    why    Kith does not hold spending on children's services yet. It is told by the section 251 return, which Kith does not read yet.
"""
