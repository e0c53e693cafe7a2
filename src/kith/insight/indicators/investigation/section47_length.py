import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.enquiries import enquiries_ended_in
from kith.insight.periods import Periods


@indicator(
    topic="investigation",
    measure="median",
    unit="working days",
    needs="ssd_s47_enquiry ssd_s47_enquiry.s47e_s47_end_date",
    by="age sex ethnicity need area deprivation team worker",
    source="Kith's own",
    note="A CIN census does not ask when an enquiry ended.",
)
def section47_length(facts: Facts, when: Periods) -> pl.DataFrame:
    """How long section 47 enquiries took

    Working days from the start of a section 47 enquiry to its end, of those that ended in the period: half
    took this long or less. The day of the start is day 0.
    """
    rows = facts.worked_out(enquiries_ended_in, when)
    return rows.with_columns(pl.col("days").alias("value"))


EXAMPLES = """
    ssd_s47_enquiry
    s47e_s47_enquiry_id | s47e_person_id | s47e_s47_start_date | s47e_s47_end_date
    a                   | 1              | 2019-06-03          | 2019-06-03
    b                   | 2              | 2019-04-18          | 2019-04-24
    c                   | 3              | 2019-06-03          | 2019-06-24
    d                   | 4              | 2019-06-03          |
    e                   | 5              | 2020-03-30          | 2020-04-01

    answer 2019-20
    median   2
    values   3
    children 1 2 3
"""
