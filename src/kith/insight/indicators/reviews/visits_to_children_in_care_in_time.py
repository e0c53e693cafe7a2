import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.care.spells import in_care_on_the_last_day
from kith.insight.periods import Periods

SIX_WEEKS = "-6w"
YES = ("Y", "YES", "1", "T", "TRUE")


@indicator(
    topic="reviews",
    measure="share",
    unit="children",
    out_of="children in care for six weeks or longer",
    when="last_day",
    needs="kith_periods_of_care ssd_legal_status ssd_cla_visits ssd_cla_visits.clav_cla_visit_seen",
    way="more",
    by="age sex ethnicity need placement",
    source=(
        "Care Planning, Placement and Case Review (England) Regulations 2010, regulation 28; "
        "the share is Kith's own"
    ),
    note=(
        "Six weeks is the rule of the first year; a child who is settled for good may be "
        "visited every three months."
    ),
    gives_number=True,
)
def visits_to_children_in_care_in_time(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children in care who were seen in the last six weeks

    Of all children in care on the period's last day who had been for six weeks or longer, those whom their
    social worker saw on a visit no longer than six weeks before it.
    """
    seen = (
        facts["ssd_cla_visits"]
        .filter(pl.col("clav_cla_visit_seen").str.to_uppercase().is_in(YES))
        .select(pl.col("clav_person_id").alias("person"), pl.col("clav_cla_visit_date").alias("seen"))
        .drop_nulls("seen")
        .sort("seen")
    )
    children = in_care_on_the_last_day(facts, when).filter(
        pl.col("since") <= pl.col("day").dt.offset_by(SIX_WEEKS)
    )
    found = children.sort("day").join_asof(
        seen,
        left_on="day",
        right_on="seen",
        by="person",
        strategy="backward",
        check_sortedness=False,
        coalesce=False,
    )
    lately = pl.col("seen") >= pl.col("day").dt.offset_by(SIX_WEEKS)
    return found.with_columns(lately.fill_null(False).alias("counts"))


EXAMPLES = """
    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date
    1              | c1             | 2018-05-01
    2              | c2             | 2018-05-01
    3              | c3             | 2020-02-19
    4              | c4             | 2020-02-18

    ssd_cla_visits
    clav_cla_visit_id | clav_person_id | clav_cla_visit_date | clav_cla_visit_seen
    1                 | 1              | 2020-02-18          | Y
    2                 | 2              | 2020-02-17          | Y
    3                 | 2              | 2020-03-01          | N
    4                 | 3              | 2020-03-01          | Y
    5                 | 4              | 2020-03-31          | Yes

    answer 2019-20
    share    66.6667
    of       3
    number   2
    children 1 4
"""
