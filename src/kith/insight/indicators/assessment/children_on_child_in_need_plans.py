import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.care.spells import in_care_on_the_last_day
from kith.insight.indicators.cases.plans import in_need_plans, on_a_plan_on_the_last_day
from kith.insight.periods import Periods


@indicator(
    topic="assessment",
    measure="number",
    unit="children",
    when="last_day",
    needs="ssd_cin_plans",
    by="age sex ethnicity need area deprivation team worker",
    source="Kith's own",
    note="Where only a CIN census was given, children in care who still have such a plan are not known "
    "to be.",
)
def children_on_child_in_need_plans(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children with a child in need plan

    Children with a child in need plan in force at the end of the period's last day, each once. A child who is
    on a protection plan or in care that day is counted there, and not here.
    """
    rows = when.on_the_last_day(facts.worked_out(in_need_plans), "start", "end")
    for elsewhere in (on_a_plan_on_the_last_day, in_care_on_the_last_day):
        rows = rows.join(facts.worked_out(elsewhere, when), on=["period", "person"], how="anti")
    once = rows.unique(["period", "person"], keep="last", maintain_order=True)
    return once.with_columns(when.last_day().alias("day"))


EXAMPLES = """
    ssd_cin_plans
    cinp_cin_plan_id | cinp_person_id | cinp_cin_plan_start_date | cinp_cin_plan_end_date
    1                | 1              | 2019-06-03               |
    2                | 1              | 2019-07-01               |
    3                | 2              | 2019-01-01               | 2020-03-31
    4                | 3              | 2020-03-31               | 2020-04-01
    5                | 4              | 2019-01-01               |
    6                | 5              | 2019-01-01               |

    ssd_cp_plans
    cppl_cp_plan_id | cppl_person_id | cppl_cp_plan_start_date
    p               | 4              | 2020-03-01

    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date
    5              | c              | 2020-03-01

    answer 2019-20
    number   2
    children 1 3
"""
