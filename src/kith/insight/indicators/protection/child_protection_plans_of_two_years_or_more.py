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
    way="less",
    by="age sex ethnicity need area deprivation",
    source="CIN census reports for authorities, child protection plans of two years or more (DfE); title "
    "read",
)
def child_protection_plans_of_two_years_or_more(facts: Facts, when: Periods) -> pl.DataFrame:
    """Plans that lasted two years or more

    Of the protection plans that ended in the period, those that ended 24 months or more after they began.
    """
    rows = facts.worked_out(plans_ended_in, when)
    return rows.with_columns((pl.col("end") >= months_after(pl.col("start"), 24)).alias("counts"))


EXAMPLES = """
    ssd_cp_plans
    cppl_cp_plan_id | cppl_person_id | cppl_cp_plan_start_date | cppl_cp_plan_end_date
    a               | 1              | 2017-06-03              | 2019-06-03
    b               | 2              | 2017-06-03              | 2019-06-02
    c               | 3              | 2010-06-03              |
    d               | 4              | 2016-02-29              | 2018-02-28
    e               | 5              | 2019-06-03              | 2019-06-13

    answer 2017-18
    share    100
    of       1
    children 4

    answer 2019-20
    share    33.3333
    of       3
    children 1
"""
