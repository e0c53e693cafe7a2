import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.enquiries import enquiries_begun_in
from kith.insight.indicators.cases.plans import in_need_plans
from kith.insight.periods import Periods


@indicator(
    topic="assessment",
    measure="share",
    unit="enquiries",
    out_of="section 47 enquiries begun",
    needs="ssd_s47_enquiry ssd_cin_plans",
    by="age sex ethnicity need area deprivation team worker",
    source="Kith's own",
)
def children_in_need_plan_before_investigation(facts: Facts, when: Periods) -> pl.DataFrame:
    """Enquiries about children who had a plan of help

    Of the section 47 enquiries that began in the period, those about a child who had a child in need plan the
    day before.
    """
    rows = facts.worked_out(enquiries_begun_in, when)
    plans = facts.worked_out(in_need_plans).select("person", "start", "end")
    before = pl.col("day").dt.offset_by("-1d")
    in_force = (pl.col("start") <= before) & (pl.col("end") > before).fill_null(True)
    found = rows.select("person", "day", "item").join(plans, on="person").filter(in_force)["item"].unique()
    return rows.with_columns(pl.col("item").is_in(found.implode()).alias("counts"))


EXAMPLES = """
    ssd_cin_plans
    cinp_cin_plan_id | cinp_person_id | cinp_cin_plan_start_date | cinp_cin_plan_end_date
    1                | 1              | 2019-06-02               |
    2                | 2              | 2019-06-03               |
    3                | 3              | 2019-01-01               | 2019-06-03
    4                | 4              | 2019-01-01               | 2019-06-02

    ssd_s47_enquiry
    s47e_s47_enquiry_id | s47e_person_id | s47e_s47_start_date
    a                   | 1              | 2019-06-03
    b                   | 2              | 2019-06-03
    c                   | 3              | 2019-06-03
    d                   | 4              | 2019-06-03

    answer 2019-20
    share    50
    of       4
    children 1 3
"""
