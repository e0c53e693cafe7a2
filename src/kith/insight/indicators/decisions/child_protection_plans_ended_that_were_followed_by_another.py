import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.decisions import made_a_year_before, plans_closed
from kith.insight.periods import Periods


@indicator(
    topic="decisions",
    measure="share",
    unit="decisions",
    out_of="plans ended a year before",
    needs="ssd_cp_plans",
    looks_back=1,
    way="less",
    by="age sex ethnicity team worker",
    source="Kith's own",
    note="Shown with the decisions of the year before, so that the year after each is over. The worker "
    "is the child's social worker on the day the plan ended. It is no measure of a person. Where "
    "only a CIN census was given, plans that ended because the child came into care are not known "
    "to have.",
)
def child_protection_plans_ended_that_were_followed_by_another(facts: Facts, when: Periods) -> pl.DataFrame:
    """Plans ended, then another plan within a year

    Of the protection plans that ended in the twelve months before the period's own, those after which another
    plan of the child began in the 12 months after. Left out are plans that ended within a week of the child's
    coming into care, at 18 or later, or in a case that was passed to another authority (RC5).
    """
    return made_a_year_before(when, facts.worked_out(plans_closed))


EXAMPLES = """
    ssd_person
    pers_person_id | pers_dob
    3              | 2000-06-04
    4              | 2000-06-05

    ssd_cin_episodes
    cine_referral_id | cine_person_id | cine_referral_date | cine_close_date | cine_close_reason
    r                | 5              | 2018-01-01         | 2018-06-04      | RC5

    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date
    6              | x              | 2018-05-28
    7              | y              | 2018-06-12

    ssd_cp_plans
    cppl_cp_plan_id | cppl_person_id | cppl_cp_plan_start_date | cppl_cp_plan_end_date | cppl_referral_id
    a               | 1              | 2018-01-08              | 2018-06-04            |
    b               | 1              | 2019-06-04              |                       |
    c               | 2              | 2018-01-08              | 2018-06-04            |
    d               | 2              | 2019-06-05              |                       |
    e               | 3              | 2018-01-08              | 2018-06-04            |
    f               | 4              | 2018-01-08              | 2018-06-04            |
    g               | 5              | 2018-01-08              | 2018-06-04            | r
    h               | 6              | 2018-01-08              | 2018-06-04            |
    i               | 7              | 2018-01-08              | 2018-06-04            |
    j               | 8              | 2018-01-08              | 2019-06-04            |

    answer 2019-20
    share    25
    of       4
    children 1
"""
