import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.conferences import conferences_and_plans
from kith.insight.periods import Periods


@indicator(
    topic="protection",
    measure="share",
    unit="conferences",
    out_of="initial conferences",
    needs="ssd_initial_cp_conference ssd_cp_plans",
    by="age sex ethnicity need area deprivation team worker",
    source="Kith's own",
    note="A CIN census does not hold what a conference decided, so there a plan that began tells it.",
)
def conferences_with_no_plan(facts: Facts, when: Periods) -> pl.DataFrame:
    """Conferences after which no plan was made

    Of the initial conferences in the period, those that did not decide on a protection plan. Where a
    conference's decision is not told, it counts if no plan of the child began on its day or in the five days
    after. Conferences about children who moved here on a plan are left out.
    """
    return when.during(facts.worked_out(conferences_and_plans), "day")


EXAMPLES = """
    ssd_initial_cp_conference
    icpc_icpc_id | icpc_person_id | icpc_icpc_date | icpc_icpc_outcome_cp_flag | icpc_icpc_transfer_in
    a            | 1              | 2019-06-03     | N                         |
    b            | 2              | 2019-06-03     | Y                         |
    c            | 3              | 2019-06-03     |                           |
    d            | 4              | 2019-06-03     |                           |
    e            | 5              | 2019-06-03     | N                         | Y
    f            | 6              | 2019-06-03     |                           |

    ssd_cp_plans
    cppl_cp_plan_id | cppl_person_id | cppl_cp_plan_start_date
    1               | 3              | 2019-06-08
    2               | 4              | 2019-06-09
    3               | 1              | 2019-06-03
    4               | 6              | 2019-06-02

    answer 2019-20
    share    60
    of       5
    children 1 4 6
"""
