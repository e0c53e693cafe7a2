import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.plans import plans_begun_in, protection_plans
from kith.insight.indicators.cases.told import months_after
from kith.insight.periods import Periods


@indicator(
    topic="protection",
    measure="share",
    unit="plans",
    out_of="protection plans begun",
    needs="ssd_cp_plans",
    looks_back=2,
    way="less",
    by="age sex ethnicity need area deprivation",
    source="Kith's own",
    note="Plans in other authorities are not seen.",
)
def second_child_protection_plans_within_two_years(facts: Facts, when: Periods) -> pl.DataFrame:
    """Plans begun within two years of the last one

    Of the protection plans that began in the period, those of a child whose earlier plan, by this authority,
    had ended in the 24 months before.
    """
    rows = facts.worked_out(plans_begun_in, when)
    ends = facts.worked_out(protection_plans).select("person", pl.col("end").alias("before")).drop_nulls()
    lately = pl.col("before").is_between(months_after(pl.col("start"), -24), pl.col("start"))
    found = rows.select("person", "start", "item").join(ends, on="person").filter(lately)["item"].unique()
    return rows.with_columns(pl.col("item").is_in(found.implode()).alias("counts"))


EXAMPLES = """
    ssd_cp_plans
    cppl_cp_plan_id | cppl_person_id | cppl_cp_plan_start_date | cppl_cp_plan_end_date
    a               | 1              | 2016-06-03              | 2017-06-03
    b               | 1              | 2019-06-03              |
    c               | 2              | 2016-06-03              | 2017-06-02
    d               | 2              | 2019-06-03              |
    e               | 3              | 2019-06-03              | 2019-09-03
    f               | 3              | 2019-09-03              |

    answer 2019-20
    share    50
    of       4
    children 1 3
"""
