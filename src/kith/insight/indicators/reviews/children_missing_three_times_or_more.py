import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.reviews.missing import missing_from_care
from kith.insight.periods import Periods

MANY = 3


@indicator(
    topic="reviews",
    measure="share",
    unit="children",
    out_of="children who went missing from care",
    needs="kith_periods_of_care ssd_legal_status ssd_missing",
    way="less",
    by="age sex ethnicity need unaccompanied placement",
    source="Kith's own",
    note="Recording got better up to 2017, so a rise before 2018 is no trend.",
    gives_number=True,
)
def children_missing_three_times_or_more(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children who went missing from care three times or more

    Of all children who went missing from care in the period, those who did so three times or more. Two that
    begin on one day or overlap are one.
    """
    missing = when.during(facts.worked_out(missing_from_care), "since")
    children = missing.group_by("period", "person").agg(
        pl.col("need").last(), pl.col("since").max().alias("day"), (pl.len() >= MANY).alias("counts")
    )
    return children


EXAMPLES = """
    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date | kith_end_date | kith_end_reason
    1              | c1             | 2018-05-01      |               |
    2              | c2             | 2018-05-01      |               |
    3              | c3             | 2018-05-01      | 2019-06-01    | E4A
    4              | c4             | 2018-05-01      |               |
    5              | c5             | 2018-05-01      |               |

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

    answer 2019-20
    share    50
    of       2
    number   1
    children 1
"""
