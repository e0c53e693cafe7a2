import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.care.spells import in_care_at_any_time
from kith.insight.indicators.reviews.missing import missing_from_care
from kith.insight.periods import Periods


@indicator(
    topic="reviews",
    measure="share",
    unit="children",
    out_of="children in care at some time in the period",
    needs="kith_periods_of_care ssd_legal_status ssd_missing",
    way="less",
    by="age sex ethnicity need unaccompanied placement",
    source="Children looked after in England including adoption: 2019 to 2020 (DfE, 2020)",
    note="Recording got better up to 2017, so a rise before 2018 is no trend.",
    published="missing_children_pct",
    published_number="missing_children",
    gives_number=True,
)
def children_missing_from_care(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children in care who went missing

    Of all children in care at some time in the period, those who went missing on a day of it while they were
    in care: where they were was not known. Children who were away without leave, but of whom it was known
    where they were (type A), are not meant. One whose type is blank is taken as missing.
    """
    missing = when.during(facts.worked_out(missing_from_care), "since").select("period", "person").unique()
    children = in_care_at_any_time(facts, when).join(
        missing.with_columns(counts=True), on=["period", "person"], how="left"
    )
    return children.with_columns(pl.col("counts").fill_null(False))


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
    share    40
    of       5
    number   2
    children 1 4
"""
