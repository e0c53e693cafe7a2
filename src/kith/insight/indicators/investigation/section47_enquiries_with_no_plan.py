import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.enquiries import MONTHS_TO_FOLLOW, enquiries_and_plans
from kith.insight.periods import Periods


@indicator(
    topic="investigation",
    measure="share",
    unit="enquiries",
    out_of="section 47 enquiries about children who had no plan",
    needs="ssd_s47_enquiry ssd_cp_plans",
    looks_on=MONTHS_TO_FOLLOW,
    by="age sex ethnicity need area deprivation team worker",
    source="Kith's own; no published figure links an enquiry with its plan",
    note="No plan does not mean no need: a child may have come into care, or a family may have been "
    "helped in another way. A plan for a brother or sister, born or not, is that child's. Where "
    "what is told ends in less than three months after the period, its last enquiries are left out.",
)
def section47_enquiries_with_no_plan(facts: Facts, when: Periods) -> pl.DataFrame:
    """Enquiries that did not lead to a protection plan

    Of the section 47 enquiries that began in the period about a child who was not on a protection plan
    already, those that no plan came of: followed child by child. A plan comes of the child's latest enquiry
    that began on the plan's first day or in the three months before.
    """
    return when.during(facts.worked_out(enquiries_and_plans), "day")


EXAMPLES = """
    until 2020-03-31

    ssd_s47_enquiry
    s47e_s47_enquiry_id | s47e_person_id | s47e_s47_start_date
    a                   | 1              | 2019-06-03
    b                   | 2              | 2019-06-03
    c                   | 3              | 2019-06-03
    d                   | 3              | 2019-07-01
    e                   | 4              | 2019-06-03
    f                   | 5              | 2019-06-03
    g                   | 6              | 2019-06-03
    h                   | 7              | 2019-12-31
    i                   | 8              | 2020-01-01
    j                   | 9              | 2019-06-03

    ssd_cp_plans
    cppl_cp_plan_id | cppl_person_id | cppl_cp_plan_start_date | cppl_cp_plan_end_date | cppl_cp_plan_ola
    1               | 1              | 2019-09-03              |                       |
    2               | 2              | 2019-09-04              |                       |
    3               | 3              | 2019-07-15              |                       |
    4               | 4              | 2019-06-03              |                       | N
    5               | 5              | 2019-06-02              |                       |
    6               | 6              | 2019-01-01              |                       | Y
    7               | 9              | 2019-01-01              | 2019-06-03            |

    answer 2019-20
    share    57.1429
    of       7
    children 2 3 7 9
"""
