import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.reviews.reviews import reviews_due
from kith.insight.periods import Periods


@indicator(
    topic="reviews",
    measure="share",
    unit="reviews",
    out_of="reviews that came due",
    needs="kith_periods_of_care ssd_legal_status ssd_cla_reviews",
    looks_back=1,
    way="more",
    by="age sex ethnicity need placement",
    source=(
        "Care Planning, Placement and Case Review (England) Regulations 2010, regulation 33; "
        "the share is Kith's own"
    ),
    gives_number=True,
)
def reviews_in_time(facts: Facts, when: Periods) -> pl.DataFrame:
    """Reviews of children in care held in time

    Of all reviews of children in care that came due on a day of the period while the child was still in care,
    those held by that day. The first is due within 20 working days of coming into care, the second within
    three months of the first, and each later one within six months of the one before. One that has not been
    held yet is late when its day has passed.

    Where the start of care, or the reviews of that time, are not told, the first review that is told only
    begins the count. Two on one day are one, and cancelled ones are left out.
    """
    due = when.during(facts.worked_out(reviews_due), "due")
    in_time = (pl.col("held") <= pl.col("due")).fill_null(False)
    return due.with_columns(pl.col("due").alias("day"), in_time.alias("counts"))


EXAMPLES = """
    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date | kith_start_known | kith_end_date | kith_end_reason
    1              | c1             | 2019-04-01      | true             |               |
    2              | c2             | 2019-04-01      | true             |               |
    3              | c3             | 2019-04-01      | true             | 2019-05-01    | E4A
    4              | c4             | 2017-05-01      | false            |               |
    5              | c5             | 2020-03-20      | true             |               |

    ssd_cla_reviews
    clar_cla_review_id | kith_person_id | clar_cla_id | clar_cla_review_date | clar_cla_review_cancelled
    1                  | 1              |             | 2019-05-01           |
    2                  | 1              |             | 2019-08-01           |
    3                  | 1              |             | 2019-08-01           |
    4                  | 1              |             | 2020-02-02           |
    5                  |                | c2          | 2019-05-02           | N
    6                  |                | c2          | 2019-07-01           | Y
    7                  | 4              |             | 2019-06-01           |

    answer 2019-20
    share    33.3333
    of       6
    children 1
"""
