import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.enquiries import MONTHS_TO_FOLLOW, enquiries_and_conferences
from kith.insight.periods import Periods


@indicator(
    topic="investigation",
    measure="share",
    unit="enquiries",
    out_of="section 47 enquiries begun",
    needs="ssd_s47_enquiry ssd_initial_cp_conference",
    looks_on=MONTHS_TO_FOLLOW,
    by="age sex ethnicity need area deprivation team worker",
    source="Kith's own; England's share of a year's conferences in its enquiries (s47_to_icpc_pct, DfE) is "
    "not linked child by child",
    note="England's 38.5 % of 2019-20 is two counts of one year, so it can stand beside this but is not "
    "the same.",
)
def section47_enquiries_to_conference(facts: Facts, when: Periods) -> pl.DataFrame:
    """Enquiries that led to a conference

    Of the section 47 enquiries that began in the period, those after which an initial child protection
    conference was held within three months. A conference that does not say which enquiry led to it counts for
    an enquiry about the same child. Conferences of children who moved here on a plan are left out.
    """
    return when.during(facts.worked_out(enquiries_and_conferences), "day")


EXAMPLES = """
    until 2020-03-31

    ssd_s47_enquiry
    s47e_s47_enquiry_id | s47e_person_id | s47e_s47_start_date
    a                   | 1              | 2019-06-03
    b                   | 2              | 2019-06-03
    c                   | 3              | 2019-06-03
    d                   | 4              | 2019-06-03
    e                   | 5              | 2019-06-03
    f                   | 5              | 2019-05-01
    g                   | 6              | 2019-06-03
    h                   | 7              | 2020-01-02

    ssd_initial_cp_conference
    icpc_icpc_id | icpc_person_id | icpc_s47_enquiry_id | icpc_icpc_date | icpc_icpc_transfer_in
    1            | 1              | a                   | 2019-06-03     |
    2            | 2              |                     | 2019-09-03     | N
    3            | 3              |                     | 2019-09-04     |
    4            | 4              |                     | 2019-06-10     | Y
    5            | 5              | e                   | 2019-06-20     |
    6            | 6              |                     | 2019-06-02     |
    7            | 7              | h                   | 2020-01-20     |

    answer 2019-20
    share    42.8571
    of       7
    children 1 2 5
"""
