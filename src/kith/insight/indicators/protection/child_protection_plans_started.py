import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.plans import plans_begun_in
from kith.insight.periods import Periods


@indicator(
    topic="protection",
    measure="number",
    unit="plans",
    needs="ssd_cp_plans",
    by="age sex ethnicity need area deprivation kind",
    kind="First category of the plan",
    source="Children in need, reporting year 2022, tables (DfE, 2022)",
    published="cpp_started",
)
def child_protection_plans_started(facts: Facts, when: Periods) -> pl.DataFrame:
    """Protection plans begun

    Child protection plans that began in the period: plans, not children. Plans that another authority answers
    for are left out, and so are plans that ended on the day they began.
    """
    rows = facts.worked_out(plans_begun_in, when)
    return rows.with_columns(pl.col("first_category").alias("kind"))


EXAMPLES = """
    ssd_cp_plans
    cppl_cp_plan_id | cppl_person_id | cppl_cp_plan_start_date | cppl_cp_plan_end_date | cppl_cp_plan_initial_category | cppl_cp_plan_ola
    a               | 1              | 2019-04-01              | 2019-08-01            | NEG                           |
    b               | 1              | 2020-03-31              |                       | EMO                           |
    c               | 2              | 2019-06-03              | 2019-06-03            | NEG                           |
    d               | 3              | 2019-06-03              |                       | NEG                           | Y
    e               | 4              | 2019-06-03              |                       | NEG                           | N
    f               | 4              | 2019-06-03              |                       | EMO                           | N
    g               | 5              | 2020-04-01              |                       | NEG                           |

    answer 2019-20
    number        3
    children      1 4
    in Neglect:   2
"""
