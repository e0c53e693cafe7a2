import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.care.groups import grouped
from kith.insight.indicators.permanence.decisions import adoption_decisions
from kith.insight.periods import Periods


@indicator(
    topic="permanence",
    measure="number",
    unit="decisions",
    needs="kith_adoption_decisions|ssd_permanence",
    by="kind age sex ethnicity",
    kind="Reason",
    source="Kith's own",
    is_per_child=False,
)
def adoption_decisions_reversed(facts: Facts, when: Periods) -> pl.DataFrame:
    """Decisions for adoption that were taken back

    Every decision that a child should be placed for adoption that was reversed on a day of the period, with
    the reason.
    """
    told = when.during(facts.worked_out(adoption_decisions), "reversed")
    kind = grouped("reason", "adoption_reversals")
    return told.with_columns(pl.col("reversed").alias("day"), kind.alias("kind"))


EXAMPLES = """
    kith_adoption_decisions
    kith_adoption_decision_id | kith_person_id | kith_decision_date | kith_reversal_date | kith_reversal_reason
    1                         | 1              | 2018-05-01         | 2019-05-01         | RD1
    2                         | 2              | 2018-05-01         | 2019-05-01         |
    3                         | 3              | 2018-05-01         | 2020-04-01         | RD3
    4                         | 4              | 2018-05-01         |                    |

    answer 2019-20
    number   2
    children 1 2
"""
