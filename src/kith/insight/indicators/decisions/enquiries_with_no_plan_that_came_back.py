import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.decisions import enquiries_closed, made_a_year_before
from kith.insight.periods import Periods


@indicator(
    topic="decisions",
    measure="share",
    unit="decisions",
    out_of="enquiries with no plan, a year before",
    needs="ssd_s47_enquiry ssd_cp_plans",
    looks_back=1,
    way="less",
    by="age sex ethnicity team worker",
    source="Kith's own",
    note="Shown with the decisions of the year before, so that the year after each is over. It is no measure "
    "of a person.",
)
def enquiries_with_no_plan_that_came_back(facts: Facts, when: Periods) -> pl.DataFrame:
    """Enquiries with no plan, then another enquiry within a year

    Of the section 47 enquiries that no protection plan came of and that were over in the twelve months before
    the period's own, those whose child had another enquiry from the day after to 12 months after. An enquiry
    is over on the day it ended, or where that is not told three months after it began.
    """
    return made_a_year_before(when, facts.worked_out(enquiries_closed))


EXAMPLES = """
    ssd_s47_enquiry
    s47e_s47_enquiry_id | s47e_person_id | s47e_s47_start_date | s47e_s47_end_date
    a                   | 1              | 2018-05-01          | 2018-05-15
    b                   | 1              | 2019-05-15          |
    c                   | 2              | 2018-05-01          | 2018-05-15
    d                   | 2              | 2019-05-16          |
    e                   | 3              | 2018-01-01          |
    f                   | 3              | 2018-06-01          | 2018-06-04
    g                   | 4              | 2018-05-01          | 2018-05-15
    h                   | 4              | 2018-07-01          |

    ssd_cp_plans
    cppl_cp_plan_id | cppl_person_id | cppl_cp_plan_start_date
    p               | 4              | 2018-05-15

    answer 2019-20
    share    50
    of       4
    children 1 3
"""
