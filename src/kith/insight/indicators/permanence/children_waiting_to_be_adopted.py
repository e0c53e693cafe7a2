import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.care.placements import FOR_ADOPTION, living_on_the_last_day
from kith.insight.indicators.permanence.decisions import adoption_decisions
from kith.insight.periods import Periods


@indicator(
    topic="permanence",
    measure="number",
    unit="children",
    when="last_day",
    needs=("kith_periods_of_care ssd_legal_status ssd_cla_placement kith_adoption_decisions|ssd_permanence"),
    way="less",
    by="age sex ethnicity",
    source="Kith's own",
    is_per_child=False,
)
def children_waiting_to_be_adopted(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children waiting for an adoptive family

    Every child in care on the period's last day for whom it had been decided that they should be placed for
    adoption, where that decision had not been taken back by then, and who does not live with the family they
    are placed with for adoption (A3 to A6).
    """
    decided = when.on_the_last_day(facts.worked_out(adoption_decisions), "decided", "reversed")
    waiting = decided.select("period", "person").unique()
    children = living_on_the_last_day(facts, when).join(waiting, on=["period", "person"], how="semi")
    return children.filter(~pl.col("kind").is_in(FOR_ADOPTION).fill_null(False))


EXAMPLES = """
    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date | kith_end_date | kith_end_reason
    1              | a              | 2018-05-01      |               |
    2              | b              | 2018-05-01      |               |
    3              | c              | 2018-05-01      |               |
    4              | d              | 2018-05-01      | 2020-03-31    | E11
    5              | e              | 2018-05-01      |               |

    ssd_cla_placement
    clap_person_id | clap_cla_id | clap_cla_placement_id | clap_cla_placement_type | clap_cla_placement_start_date
    1              | a           | p1                    | U6                      | 2018-05-01
    2              | b           | p2                    | U6                      | 2018-05-01
    2              | b           | p3                    | A5                      | 2020-03-31
    3              | c           | p4                    | U6                      | 2018-05-01

    kith_adoption_decisions
    kith_adoption_decision_id | kith_person_id | kith_decision_date | kith_reversal_date
    1                         | 1              | 2019-05-01         |
    2                         | 2              | 2019-05-01         |
    3                         | 3              | 2019-05-01         | 2020-03-31
    4                         | 4              | 2019-05-01         |
    5                         | 5              | 2020-03-31         |

    answer 2019-20
    number   2
    children 1 5
"""
