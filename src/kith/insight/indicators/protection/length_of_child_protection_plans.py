import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.plans import plans_ended_in
from kith.insight.periods import Periods


@indicator(
    topic="protection",
    measure="median",
    unit="days",
    needs="ssd_cp_plans",
    by="age sex ethnicity need area deprivation",
    source="Kith's own",
)
def length_of_child_protection_plans(facts: Facts, when: Periods) -> pl.DataFrame:
    """How long protection plans lasted

    Days from the start of a protection plan to its end, of the plans that ended in the period: half lasted
    this long or less. Plans that another authority answers for are left out.
    """
    rows = facts.worked_out(plans_ended_in, when)
    return rows.with_columns(pl.col("days").alias("value"))


EXAMPLES = """
    ssd_cp_plans
    cppl_cp_plan_id | cppl_person_id | cppl_cp_plan_start_date | cppl_cp_plan_end_date | cppl_cp_plan_ola
    a               | 1              | 2019-06-03              | 2019-06-04            |
    b               | 2              | 2019-06-03              | 2019-06-13            |
    c               | 3              | 2016-06-03              | 2019-06-03            |
    d               | 4              | 2019-06-03              |                       |
    e               | 5              | 2019-06-03              | 2019-06-05            | Y

    answer 2019-20
    median   10
    values   3
"""
