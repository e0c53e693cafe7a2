import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.enquiries import enquiries_begun_in
from kith.insight.periods import Periods


@indicator(
    topic="investigation",
    measure="number",
    unit="enquiries",
    needs="ssd_s47_enquiry",
    by="age sex ethnicity need area deprivation team worker",
    source="Children in need, reporting year 2022, tables (DfE, 2022)",
    note="Fewer is not better by itself: some were needed. An enquiry is about one child, so a family of "
    "four is four. Strategy discussions after which none began are in no return.",
    published="s47_enquiries",
    published_rate="s47_rate",
)
def section47_enquiries(facts: Facts, when: Periods) -> pl.DataFrame:
    """Section 47 enquiries begun

    Enquiries under section 47 of the Children Act 1989 that began in the period, on the day of the strategy
    discussion that called for them. Enquiries, not children; one a child and day.
    """
    return facts.worked_out(enquiries_begun_in, when)


EXAMPLES = """
    ssd_s47_enquiry
    s47e_s47_enquiry_id | s47e_person_id | s47e_s47_start_date | s47e_s47_end_date
    a                   | 1              | 2019-04-01          |
    b                   | 1              | 2019-04-01          | 2019-04-12
    c                   | 1              | 2020-03-31          |
    d                   | 2              | 2019-04-01          | 2019-04-01
    e                   | 3              | 2020-04-01          |
    f                   | 4              |                     | 2019-05-01
    g                   | 5              | 2019-05-02          | 2019-05-01

    answer 2019-20
    number   3
    children 1 2
"""
