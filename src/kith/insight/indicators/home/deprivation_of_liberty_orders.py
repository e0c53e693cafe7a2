import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.periods import Periods


@indicator(
    topic="home",
    measure="number",
    unit="children",
    needs="kith_liberty_orders",
    way="less",
    by="age sex ethnicity",
    source=("SSDA903, orders of deprivation of liberty, from 2026-27 (knowledge); the figure is Kith's own"),
    is_per_child=False,
)
def deprivation_of_liberty_orders(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children whose liberty an order took away

    Every child for whom an order that deprives them of their liberty was in force on any day of the period,
    once. Age is on the last of those days.
    """
    held = when.at_any_time(facts["kith_liberty_orders"], "kith_start_date", "kith_end_date")
    named = held.with_columns(
        pl.col("kith_person_id").alias("person"),
        pl.min_horizontal("kith_end_date", when.last_day()).alias("day"),
    )
    return named.sort("kith_start_date").unique(["period", "person"], keep="last", maintain_order=True)


EXAMPLES = """
    kith_liberty_orders
    kith_liberty_order_id | kith_person_id | kith_start_date | kith_end_date
    1                     | 1              | 2019-05-01      | 2019-06-01
    2                     | 1              | 2019-06-01      |
    3                     | 2              | 2018-05-01      | 2019-04-01
    4                     | 3              | 2018-05-01      | 2019-03-31
    5                     | 4              | 2020-04-01      |

    answer 2019-20
    number   2
    children 1 2
"""
