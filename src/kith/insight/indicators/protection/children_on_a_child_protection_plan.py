import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.plans import on_a_plan_on_the_last_day
from kith.insight.indicators.cases.workers import with_their_worker
from kith.insight.periods import Periods


@indicator(
    topic="protection",
    measure="number",
    unit="children",
    when="last_day",
    needs="ssd_cp_plans",
    by="age sex ethnicity need area deprivation team kind",
    kind="Category of the plan",
    source="Children in need, reporting year 2022, tables (DfE, 2022)",
    note="The opening number, plans begun and plans ended do not add up to it in England's tables, which are "
    "put right from year to year.",
    published="cpp_at_31_march",
    published_rate="cpp_rate",
)
def children_on_a_child_protection_plan(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children on a child protection plan

    Children with a protection plan in force at the end of the period's last day, each once, babies to be born
    among them. A plan that ended that day is over. Plans that another authority answers for are left out.
    """
    rows = with_their_worker(facts, facts.worked_out(on_a_plan_on_the_last_day, when))
    return rows.drop("worker").with_columns(pl.col("category").alias("kind"))


EXAMPLES = """
    ssd_cp_plans
    cppl_cp_plan_id | cppl_person_id | cppl_cp_plan_start_date | cppl_cp_plan_end_date | cppl_cp_plan_latest_category | cppl_cp_plan_ola
    a               | 1              | 2018-06-03              |                       | NEG                          |
    b               | 2              | 2020-03-31              | 2020-04-01            | EMO                          | N
    c               | 3              | 2019-06-03              | 2020-03-31            | NEG                          |
    d               | 4              | 2019-06-03              |                       | NEG                          | Y
    e               | 1              | 2019-06-03              |                       | PHY                          |
    f               | 5              | 2020-04-01              |                       | NEG                          |

    answer 2019-20
    number             2
    children           1 2
    in Physical abuse: 1
"""
