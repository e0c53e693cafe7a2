import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.enquiries import conferences_after_enquiries
from kith.insight.periods import Periods
from kith.standards.clocks import clock

_LIMIT = clock("CP-02").amount


@indicator(
    topic="protection",
    measure="share",
    unit="conferences",
    out_of="conferences that an enquiry led to",
    needs="ssd_initial_cp_conference ssd_initial_cp_conference.icpc_s47_enquiry_id ssd_s47_enquiry",
    way="more",
    by="age sex ethnicity need area deprivation team worker",
    source="Working Together to Safeguard Children (2023), the limit of 15 working days",
    note="The days are counted; a last day that was typed in is not looked at, for those differ. Conferences "
    "that are due and were not held are not in it.",
)
def conferences_in_time(facts: Facts, when: Periods) -> pl.DataFrame:
    """Conferences held within 15 working days

    Of the initial conferences in the period that a section 47 enquiry led to, those held no later than 15
    working days after the enquiry began. The day it began is day 0. Conferences about children who moved here
    on a plan are left out, and so are those whose enquiry is not known.
    """
    rows = when.during(facts.worked_out(conferences_after_enquiries), "day")
    return rows.with_columns((pl.col("days") <= _LIMIT).alias("counts"))


EXAMPLES = """
    ssd_s47_enquiry
    s47e_s47_enquiry_id | s47e_person_id | s47e_s47_start_date
    a                   | 1              | 2019-06-03
    b                   | 2              | 2019-06-03
    c                   | 3              | 2019-06-03
    d                   | 4              | 2019-06-03
    e                   | 5              | 2019-06-03

    ssd_initial_cp_conference
    icpc_icpc_id | icpc_person_id | icpc_s47_enquiry_id | icpc_icpc_date | icpc_icpc_transfer_in
    1            | 1              | a                   | 2019-06-24     |
    2            | 2              | b                   | 2019-06-25     | N
    3            | 3              | c                   | 2019-06-10     | Y
    4            | 4              | d                   | 2019-06-02     |
    5            | 6              |                     | 2019-06-10     |
    6            | 5              | x                   | 2019-06-10     |

    answer 2019-20
    share    50
    of       2
    children 1
"""
