import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.enquiries import enquiries_begun_in
from kith.insight.periods import Periods


@indicator(
    topic="investigation",
    measure="number",
    unit="children",
    needs="ssd_s47_enquiry",
    by="age sex ethnicity need area deprivation",
    source="Children in need, reporting year 2022, tables (DfE, 2022)",
    note="England's number is known from 2012-13 on.",
    published="s47_children",
)
def children_with_a_section47_enquiry(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children with a section 47 enquiry

    Children about whom a section 47 enquiry began in the period, each child once. The latest enquiry says
    what group a child is in.
    """
    rows = facts.worked_out(enquiries_begun_in, when)
    return rows.unique(["period", "person"], keep="last", maintain_order=True)


EXAMPLES = """
    ssd_s47_enquiry
    s47e_s47_enquiry_id | s47e_person_id | s47e_s47_start_date
    a                   | 1              | 2019-04-01
    b                   | 1              | 2020-03-31
    c                   | 2              | 2019-04-01
    d                   | 3              | 2020-04-01

    answer 2019-20
    number   2
    children 1 2
"""
