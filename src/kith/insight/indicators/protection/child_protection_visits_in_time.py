import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.reviews import plans_and_their_visits
from kith.insight.periods import Periods


@indicator(
    topic="protection",
    measure="share",
    unit="children",
    out_of="children who have been on a plan for 10 working days or more",
    when="last_day",
    needs="ssd_cp_plans ssd_cp_visits ssd_cp_visits.cppv_cp_visit_seen",
    way="more",
    by="age sex ethnicity need area deprivation",
    source="Usual local practice, not law: an authority may set other days",
)
def child_protection_visits_in_time(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children on a plan seen in the last 10 working days

    Of the children who have been on a protection plan for 10 working days or more at the end of the period's
    last day, those who were seen on a visit no more than 10 working days before it.
    """
    return facts.worked_out(plans_and_their_visits, when)


EXAMPLES = """
    ssd_cp_plans
    cppl_cp_plan_id | cppl_person_id | cppl_cp_plan_start_date
    a               | 1              | 2020-03-17
    b               | 2              | 2019-06-03
    c               | 3              | 2019-06-03
    d               | 4              | 2020-03-18
    e               | 5              | 2019-06-03

    ssd_cp_visits
    cppv_cp_visit_id | cppv_person_id | cppv_cp_visit_date | cppv_cp_visit_seen
    1                | 1              | 2020-03-17         | Y
    2                | 2              | 2020-03-16         | Y
    3                | 3              | 2020-03-30         | N
    4                | 4              | 2020-03-30         | Y
    5                | 5              | 2020-03-20         | Y
    6                | 5              | 2020-04-02         | Y

    answer 2019-20
    share    50
    of       4
    children 1 5
"""
