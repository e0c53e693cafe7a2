import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.reviews.missing import missing_from_care
from kith.insight.periods import Periods


@indicator(
    topic="reviews",
    measure="number",
    unit="times missing",
    needs="kith_periods_of_care ssd_legal_status ssd_missing",
    way="less",
    by="age sex ethnicity need unaccompanied placement",
    source="Children looked after in England including adoption: 2019 to 2020 (DfE, 2020)",
    note="Recording got better up to 2017, so a rise before 2018 is no trend.",
    published="missing_incidents",
    is_per_child=False,
)
def missing_incidents(facts: Facts, when: Periods) -> pl.DataFrame:
    """Times that children in care went missing

    Every time that a child in care went missing on a day of the period; where they were was not known. Two
    that begin on one day or overlap are one; two that touch are two. Times away without leave, but known
    where (type A), are left out, and so is one that ends before it begins.
    """
    missing = when.during(facts.worked_out(missing_from_care), "since")
    return missing.with_columns(pl.col("since").alias("day"))


EXAMPLES = """
    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date | kith_end_date | kith_end_reason
    1              | c1             | 2018-05-01      |               |
    2              | c2             | 2018-05-01      |               |
    3              | c3             | 2018-05-01      | 2019-06-01    | E4A
    4              | c4             | 2018-05-01      |               |
    5              | c5             | 2018-05-01      |               |
    6              | c6             | 2018-05-01      |               |
    7              | c7             | 2018-05-01      |               |

    ssd_missing
    miss_table_id | miss_person_id | miss_missing_episode_type | miss_missing_episode_start_date | miss_missing_episode_end_date
    1             | 1              | M                         | 2019-04-01                      | 2019-04-02
    2             | 1              | M                         | 2019-05-01                      | 2019-05-02
    3             | 1              | M                         | 2019-05-02                      | 2019-05-03
    4             | 1              | M                         | 2019-05-02                      |
    5             | 2              | A                         | 2019-05-01                      | 2019-05-02
    6             | 3              | M                         | 2019-06-01                      | 2019-06-02
    7             | 4              |                           | 2019-05-01                      | 2019-05-02
    8             | 5              | M                         | 2019-03-31                      | 2019-04-05
    9             | 6              | M                         | 2019-06-01                      | 2019-06-10
    10            | 6              | M                         | 2019-06-05                      | 2019-06-06
    11            | 7              | M                         | 2019-06-05                      | 2019-06-01

    answer 2019-20
    number   5
    children 1 4 6
"""
