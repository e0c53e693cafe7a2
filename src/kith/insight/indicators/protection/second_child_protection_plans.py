import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.conferences import with_its_conference
from kith.insight.indicators.cases.plans import plans_begun_in, protection_plans
from kith.insight.periods import Periods


@indicator(
    topic="protection",
    measure="share",
    unit="plans",
    out_of="protection plans begun",
    needs="ssd_cp_plans",
    way="less",
    by="age sex ethnicity need area deprivation team worker",
    source="Children in need, reporting year 2022, tables (DfE, 2022)",
    note="At least so many where a source does not say how many plans a child had before: then only the "
    "earlier plans that it holds are seen, and none of other authorities. It asks whether there "
    "ever was one, not whether it was lately. The worker is the one who led the conference that "
    "made the plan.",
    published="cpp_second_or_subsequent_pct",
)
def second_child_protection_plans(facts: Facts, when: Periods) -> pl.DataFrame:
    """Plans that were not the child's first

    Of the protection plans that began in the period, those of a child who had been on one before, at any time
    and in any authority. Where that was not written down, a plan counts if an earlier one of the child had
    ended by the day it began.
    """
    rows = with_its_conference(facts, facts.worked_out(plans_begun_in, when))
    before = facts.worked_out(protection_plans).group_by("person").agg(pl.col("end").min().alias("first_end"))
    had_ended = (pl.col("first_end") <= pl.col("start")).fill_null(False)
    told = pl.coalesce(pl.col("previous_plans") >= 1, had_ended)
    return rows.join(before, on="person", how="left").with_columns(told.alias("counts"))


EXAMPLES = """
    ssd_cp_plans
    cppl_cp_plan_id | cppl_person_id | cppl_cp_plan_start_date | cppl_cp_plan_end_date | kith_previous_plans
    a               | 1              | 2019-06-03              |                       | 1
    b               | 2              | 2019-06-03              |                       | 0
    c               | 3              | 2010-06-03              | 2011-06-03            |
    d               | 3              | 2019-06-03              |                       |
    e               | 4              | 2019-06-03              |                       |
    f               | 5              | 2018-06-03              | 2019-06-04            |
    g               | 5              | 2019-06-03              |                       |
    h               | 6              | 2018-06-03              | 2019-06-03            |
    i               | 6              | 2019-06-03              |                       | 0

    answer 2019-20
    share    33.3333
    of       6
    children 1 3
"""
