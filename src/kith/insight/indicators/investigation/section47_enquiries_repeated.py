import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.enquiries import enquiries_begun_in
from kith.insight.indicators.cases.referrals import came_within_a_year
from kith.insight.periods import Periods


@indicator(
    topic="investigation",
    measure="share",
    unit="enquiries",
    out_of="section 47 enquiries begun",
    needs="ssd_s47_enquiry",
    looks_back=1,
    way="less",
    by="age sex ethnicity need area deprivation team worker",
    source="Kith's own",
)
def section47_enquiries_repeated(facts: Facts, when: Periods) -> pl.DataFrame:
    """Enquiries about children who had one within a year

    Of the section 47 enquiries that began in the period, those about a child about whom another had begun in
    the 12 months before.
    """
    rows = facts.worked_out(enquiries_begun_in, when)
    return rows.with_columns(came_within_a_year().alias("counts"))


EXAMPLES = """
    ssd_s47_enquiry
    s47e_s47_enquiry_id | s47e_person_id | s47e_s47_start_date
    a                   | 1              | 2018-06-03
    b                   | 1              | 2019-06-03
    c                   | 2              | 2018-06-02
    d                   | 2              | 2019-06-03
    e                   | 3              | 2019-06-03
    f                   | 3              | 2019-06-03

    answer 2019-20
    share    33.3333
    of       3
    children 1
"""
