import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.care.distance import distances_on_the_last_day
from kith.insight.periods import Periods


@indicator(
    topic="home",
    measure="median",
    unit="miles",
    when="last_day",
    needs="kith_periods_of_care ssd_legal_status ssd_cla_placement",
    way="less",
    by="age sex ethnicity need legal_status placement provider area deprivation",
    source="Kith's own",
)
def distance_from_home(facts: Facts, when: Periods) -> pl.DataFrame:
    """How far from home children in care live

    The median distance in miles, in a straight line, between the home that children in care on the period's
    last day came from and their usual home. Children whose distance is not known are left out.
    """
    return distances_on_the_last_day(facts, when).with_columns(pl.col("miles").alias("value"))


EXAMPLES = """
    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date
    1              | c1             | 2018-05-01
    2              | c2             | 2018-05-01
    3              | c3             | 2018-05-01
    4              | c4             | 2018-05-01
    5              | c5             | 2018-05-01

    ssd_cla_placement
    clap_cla_id | clap_cla_placement_id | clap_cla_placement_type | clap_cla_placement_start_date | clap_cla_placement_distance
    c1          | p1                    | U4                      | 2018-05-01                    | 1.5
    c2          | p2                    | U4                      | 2018-05-01                    | 3.5
    c3          | p3                    | U4                      | 2018-05-01                    | 999.9
    c4          | p4                    | U4                      | 2018-05-01                    | 25.0
    c5          | p5                    | P1                      | 2018-05-01                    | 0.0

    ssd_immigration_status
    immi_person_id | immi_immigration_status | immi_immigration_status_end_date
    4              | UASC                    | 2018-01-01

    answer 2019-20
    median   1.5
    values   3
"""
