import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.plans import plans_ended_in
from kith.insight.indicators.cases.told import months_after
from kith.insight.periods import Periods


@indicator(
    topic="protection",
    measure="share",
    unit="plans",
    out_of="protection plans ended",
    needs="ssd_cp_plans",
    by="age sex ethnicity need area deprivation",
    source="Kith's own",
    note="A short plan may mean that the conference came too early, or that the child came into care.",
)
def child_protection_plan_ended_within_three_months(facts: Facts, when: Periods) -> pl.DataFrame:
    """Plans that ended within three months

    Of the protection plans that ended in the period, those that ended no later than three months after they
    began.
    """
    rows = facts.worked_out(plans_ended_in, when)
    return rows.with_columns((pl.col("end") <= months_after(pl.col("start"), 3)).alias("counts"))


EXAMPLES = """
    ssd_cp_plans
    cppl_cp_plan_id | cppl_person_id | cppl_cp_plan_start_date | cppl_cp_plan_end_date
    a               | 1              | 2019-06-03              | 2019-09-03
    b               | 2              | 2019-06-03              | 2019-09-04
    c               | 3              | 2019-06-03              |
    d               | 4              | 2019-11-30              | 2020-02-29

    answer 2019-20
    share    66.6667
    of       3
    children 1 4
"""
