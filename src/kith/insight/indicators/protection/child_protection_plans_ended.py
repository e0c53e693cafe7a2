import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.plans import plans_ended_in
from kith.insight.periods import Periods


@indicator(
    topic="protection",
    measure="number",
    unit="plans",
    needs="ssd_cp_plans",
    by="age sex ethnicity need area deprivation",
    source="Children in need, reporting year 2022, tables (DfE, 2022)",
    published="cpp_ended",
    is_per_child=False,
)
def child_protection_plans_ended(facts: Facts, when: Periods) -> pl.DataFrame:
    """Protection plans ended

    Child protection plans that ended in the period: plans, not children. Plans that another authority answers
    for are left out, and so are plans that ended on the day they began.
    """
    return facts.worked_out(plans_ended_in, when)


EXAMPLES = """
    ssd_cp_plans
    cppl_cp_plan_id | cppl_person_id | cppl_cp_plan_start_date | cppl_cp_plan_end_date | cppl_cp_plan_ola
    a               | 1              | 2018-06-03              | 2019-04-01            |
    b               | 1              | 2019-06-03              | 2020-03-31            |
    c               | 2              | 2019-06-03              | 2019-06-03            |
    d               | 3              | 2018-06-03              | 2019-06-03            | 1
    e               | 4              | 2019-06-03              |                       |
    f               | 5              | 2019-06-03              | 2020-04-01            |

    answer 2019-20
    number   2
    children 1
"""
