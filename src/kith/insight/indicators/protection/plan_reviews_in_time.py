import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.reviews import plans_and_their_reviews
from kith.insight.periods import Periods


@indicator(
    topic="protection",
    measure="share",
    unit="children",
    out_of="children who have been on a plan for three months or more",
    when="last_day",
    needs="ssd_cp_plans ssd_cp_reviews",
    way="more",
    by="age sex ethnicity need area deprivation",
    source="Working Together to Safeguard Children (2023), reviews after three and six months; "
    "CIN census reports for authorities (DfE), title read",
    note="The days are counted; a date for the next review that was typed in is not looked at. Reviews "
    "that were due before the sources tell of reviews are not judged.",
)
def plan_reviews_in_time(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children whose protection plan reviews were in time

    Of the children on a protection plan at the end of the period's last day whose plan began three months or
    more before, those for whom every review so far was held in time and none is overdue. The first is due
    three months after the plan began, each next six months after the one before.
    """
    return facts.worked_out(plans_and_their_reviews, when)


EXAMPLES = """
    ssd_cp_plans
    cppl_cp_plan_id | cppl_person_id | cppl_cp_plan_start_date
    a               | 1              | 2019-06-03
    b               | 2              | 2019-06-03
    c               | 3              | 2019-06-03
    d               | 4              | 2019-12-31
    e               | 5              | 2019-12-30
    f               | 6              | 2020-01-01
    g               | 7              | 2018-06-03

    ssd_cp_reviews
    cppr_cp_review_id | cppr_cp_plan_id | cppr_cp_review_date
    1                 | a               | 2019-09-03
    2                 | a               | 2020-03-03
    3                 | b               | 2019-09-04
    4                 | b               | 2020-03-01
    5                 | c               | 2019-09-03
    6                 | g               | 2018-09-03
    7                 | g               | 2019-03-03
    8                 | g               | 2019-09-03
    9                 | g               | 2020-04-03

    answer 2019-20
    share    33.3333
    of       6
    children 1 4
"""
