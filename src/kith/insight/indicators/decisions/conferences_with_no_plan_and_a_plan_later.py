import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.decisions import conferences_closed, made_a_year_before
from kith.insight.periods import Periods


@indicator(
    topic="decisions",
    measure="share",
    unit="decisions",
    out_of="conferences with no plan, a year before",
    needs="ssd_initial_cp_conference ssd_cp_plans",
    looks_back=1,
    way="less",
    by="age sex ethnicity team worker",
    source="Kith's own",
    note="Shown with the decisions of the year before, so that the year after each is over. The worker "
    "is the one who led the conference. It is no measure of a person.",
)
def conferences_with_no_plan_and_a_plan_later(facts: Facts, when: Periods) -> pl.DataFrame:
    """Conferences with no plan, then a plan within a year

    Of the initial conferences that made no protection plan in the twelve months before the period's own,
    those whose child's plan began from the day after to 12 months after.
    """
    return made_a_year_before(when, facts.worked_out(conferences_closed))


EXAMPLES = """
    ssd_initial_cp_conference
    icpc_icpc_id | icpc_person_id | icpc_icpc_date | icpc_icpc_outcome_cp_flag | icpc_icpc_transfer_in
    a            | 1              | 2018-06-04     | N                         |
    b            | 2              | 2018-06-04     | N                         |
    c            | 3              | 2018-06-04     | Y                         |
    d            | 4              | 2018-06-04     |                           |
    e            | 5              | 2019-06-04     | N                         |
    f            | 6              | 2018-06-04     | N                         | Y

    ssd_cp_plans
    cppl_cp_plan_id | cppl_person_id | cppl_cp_plan_start_date
    1               | 1              | 2019-06-04
    2               | 2              | 2019-06-05
    3               | 3              | 2018-09-04
    4               | 4              | 2018-06-10
    5               | 6              | 2018-06-10

    answer 2019-20
    share    66.6667
    of       3
    children 1 4
"""
