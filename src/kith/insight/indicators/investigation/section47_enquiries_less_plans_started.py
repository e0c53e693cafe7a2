import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.enquiries import enquiries_begun_in
from kith.insight.indicators.cases.plans import plans_begun_in
from kith.insight.periods import Periods


@indicator(
    topic="investigation",
    measure="difference",
    unit="enquiries more than plans begun",
    out_of="section 47 enquiries begun",
    needs="ssd_s47_enquiry ssd_cp_plans",
    by="",
    source="Children in need, reporting year 2022, tables (DfE, 2022), in the way of the Independent "
    "Review of Children's Social Care, The Case for Change (2021)",
    note="Two counts of one year that nobody linked: a child who moved here may be on a plan with no "
    "enquiry, and an enquiry in March may lead to a plan in April. Read it beside the enquiries "
    "that were followed child by child. Nobody can be listed behind it.",
    published_number="s47_without_cpp",
)
def section47_enquiries_less_plans_started(facts: Facts, when: Periods) -> pl.DataFrame:
    """Enquiries less plans begun, as the review counted it

    Section 47 enquiries that began in the period, less the protection plans that began in it, and what share
    of the enquiries that is. Where more plans began than enquiries it is below none, and has no share.
    """
    begun = facts.worked_out(enquiries_begun_in, when).select("period", pl.lit(True).alias("counts"))
    plans = facts.worked_out(plans_begun_in, when).select("period", pl.lit(False).alias("counts"))
    return pl.concat([begun, plans])


EXAMPLES = """
    ssd_s47_enquiry
    s47e_s47_enquiry_id | s47e_person_id | s47e_s47_start_date
    a                   | 1              | 2019-06-03
    b                   | 2              | 2019-06-03
    c                   | 3              | 2019-06-03
    d                   | 4              | 2020-06-03

    ssd_cp_plans
    cppl_cp_plan_id | cppl_person_id | cppl_cp_plan_start_date | cppl_cp_plan_ola
    1               | 7              | 2019-04-01              |
    2               | 8              | 2019-06-04              | Y
    3               | 9              | 2020-06-03              |
    4               | 10             | 2020-06-03              |

    answer 2019-20
    number   2
    share    66.6667
    of       3
    children

    answer 2020-21
    number   -1
    share    none
    state    none_to_count
"""
