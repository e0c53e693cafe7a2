import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.plans import pre_proceedings
from kith.insight.periods import Periods


@indicator(
    topic="protection",
    measure="number",
    unit="children",
    when="last_day",
    needs="ssd_pre_proceedings ssd_pre_proceedings.prep_pre_pro_decision_date",
    by="age sex ethnicity need area deprivation",
    source="CIN census specification 2026-27 (DfE); no published figure",
)
def children_in_pre_proceedings(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children whose family is in pre-proceedings

    Children for whom, at the end of the period's last day, work with the family before court had been decided
    on, and had not led to court or been stepped down. Each child once.
    """
    rows = when.on_the_last_day(facts.worked_out(pre_proceedings), "start", "end")
    once = rows.unique(["period", "person"], keep="last", maintain_order=True)
    return once.with_columns(when.last_day().alias("day"))


EXAMPLES = """
    ssd_pre_proceedings
    prep_table_id | prep_person_id | prep_pre_pro_decision_date | prep_agree_stepdown_issue_date
    a             | 1              | 2019-06-03                 |
    b             | 1              | 2019-09-03                 |
    c             | 2              | 2020-03-31                 | 2020-04-01
    d             | 3              | 2019-06-03                 | 2020-03-31
    e             | 4              | 2020-04-01                 |

    answer 2019-20
    number   2
    children 1 2
"""
