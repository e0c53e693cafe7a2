import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.plans import pre_proceedings
from kith.insight.periods import Periods


@indicator(
    topic="protection",
    measure="share",
    unit="children",
    out_of="pre-proceedings begun of which it is told",
    needs="ssd_pre_proceedings ssd_pre_proceedings.kith_fgdm_offered",
    way="more",
    by="age sex ethnicity need area deprivation",
    source="CIN census specification 2026-27 (DfE); no published figure",
)
def family_group_meetings_offered(facts: Facts, when: Periods) -> pl.DataFrame:
    """Families offered a family group meeting before court

    Of the times that work before court began in the period, counted for each child, those where the family
    was offered a family group meeting. Where this is not told it is left out.
    """
    rows = when.during(facts.worked_out(pre_proceedings), "start")
    return rows.with_columns(pl.col("start").alias("day"), pl.col("is_meeting_offered").alias("counts"))


EXAMPLES = """
    ssd_pre_proceedings
    prep_table_id | prep_person_id | prep_pre_pro_decision_date | kith_fgdm_offered
    a             | 1              | 2019-06-03                 | true
    b             | 2              | 2019-06-03                 | false
    c             | 3              | 2019-06-03                 |
    d             | 4              | 2020-04-01                 | true

    answer 2019-20
    share    50
    of       2
    children 1
"""
