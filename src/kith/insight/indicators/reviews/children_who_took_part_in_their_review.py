import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.care.spells import age
from kith.insight.indicators.reviews.reviews import reviews_held
from kith.insight.periods import Periods

OLD_ENOUGH = 4
TOOK_PART = ("PN1", "PN2", "PN3", "PN5", "PN6")
DID_NOT = ("PN4", "PN7")


@indicator(
    topic="reviews",
    measure="share",
    unit="reviews",
    out_of="reviews held of which it is told",
    needs=(
        "kith_periods_of_care ssd_legal_status ssd_cla_reviews "
        "ssd_cla_reviews.clar_cla_review_participation ssd_person.pers_dob"
    ),
    way="more",
    by="age sex ethnicity need placement",
    source=(
        "Children looked after by local authorities, guide to the SSDA903 (DfE, 2024), "
        "REVIEW_CODE; the share is Kith's own"
    ),
    note="It tells that a child's views were there, not that they were heard.",
    gives_number=True,
)
def children_who_took_part_in_their_review(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children who took part in their review

    Of all reviews held in the period of children in care aged four or older on the day and of which it is
    told how the child took part, those in which they did: they spoke for themselves (PN1), an advocate spoke
    (PN2), they conveyed their views without words (PN3), they briefed an advocate (PN5), or they sent their
    views (PN6). They did not if they came and said nothing (PN4), or did not come and sent no views (PN7).
    """
    held = when.during(facts.worked_out(reviews_held), "held").with_columns(pl.col("held").alias("day"))
    old_enough = held.filter(age().ge(OLD_ENOUGH).fill_null(False))
    told = pl.col("participation").is_in([*TOOK_PART, *DID_NOT])
    return old_enough.with_columns(
        pl.when(told).then(pl.col("participation").is_in(TOOK_PART)).alias("counts")
    )


EXAMPLES = """
    ssd_person
    pers_person_id | pers_dob
    1              | 2010-01-01
    2              | 2015-05-02
    3              | 2015-05-01

    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date
    1              | c1             | 2018-05-01
    2              | c2             | 2018-05-01
    3              | c3             | 2018-05-01

    ssd_cla_reviews
    clar_cla_review_id | kith_person_id | clar_cla_review_date | clar_cla_review_participation
    1                  | 1              | 2019-05-01           | PN1
    2                  | 1              | 2019-08-01           | PN7
    3                  | 1              | 2019-09-01           |
    4                  | 2              | 2019-05-01           | PN1
    5                  | 3              | 2019-05-01           | PN6
    6                  | 1              | 2018-04-30           | PN1
    7                  | 1              | 2019-12-01           | PN0

    answer 2019-20
    share    66.6667
    of       3
    children 1 3
"""
