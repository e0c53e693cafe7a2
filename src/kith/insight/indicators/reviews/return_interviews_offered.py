import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.reviews.missing import missing_from_care
from kith.insight.periods import Periods


@indicator(
    topic="reviews",
    measure="share",
    unit="times missing",
    out_of="times missing that ended and of which it is told",
    needs="kith_periods_of_care ssd_legal_status ssd_missing ssd_missing.miss_missing_rhi_offered",
    way="more",
    by="age sex ethnicity need placement",
    source=(
        "Statutory guidance on children who run away or go missing from home or care (DfE, "
        "2014); the share is Kith's own"
    ),
    gives_number=True,
)
def return_interviews_offered(facts: Facts, when: Periods) -> pl.DataFrame:
    """Return interviews offered to children who had been missing

    Of all times that a child in care went missing that ended on a day of the period, and of which it is told,
    those after which the child was offered an interview on their return. Those where it did not apply are
    left out.
    """
    ended = when.during(facts.worked_out(missing_from_care), "until")
    return ended.with_columns(pl.col("until").alias("day"), pl.col("is_offered").alias("counts"))


EXAMPLES = """
    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date | kith_end_date | kith_end_reason
    1              | c1             | 2018-05-01      |               |
    2              | c2             | 2018-05-01      |               |
    3              | c3             | 2018-05-01      | 2019-06-01    | E4A
    4              | c4             | 2018-05-01      |               |
    5              | c5             | 2018-05-01      |               |

    ssd_missing
    miss_table_id | miss_person_id | miss_missing_episode_type | miss_missing_episode_start_date | miss_missing_episode_end_date | miss_missing_rhi_offered
    1             | 1              | M                         | 2019-03-31                      | 2019-04-01                    | Y
    2             | 1              | M                         | 2019-05-01                      | 2019-05-03                    | N
    3             | 2              | M                         | 2019-05-01                      | 2019-05-03                    | NA
    4             | 4              | M                         | 2019-05-01                      | 2019-05-03                    |
    5             | 4              | M                         | 2019-06-01                      |                               | Y
    6             | 4              | M                         | 2019-05-04                      | 2019-05-05                    | No

    answer 2019-20
    share    33.3333
    of       3
    children 1
"""
