import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.care.distance import FAR, distances_on_the_last_day
from kith.insight.periods import Periods


@indicator(
    topic="home",
    measure="share",
    unit="children",
    out_of="children in care",
    when="last_day",
    needs="kith_periods_of_care ssd_legal_status ssd_cla_placement",
    way="less",
    by="age sex ethnicity need unaccompanied legal_status placement provider area deprivation",
    source="Children looked after in England including adoption: 2019 to 2020 (DfE, 2020)",
    note=(
        "Whoever's distance is not known counts as not far: read it beside how many those "
        "are. A straight line is shorter than any road."
    ),
    published="cla_over_20_miles_pct",
    published_number="cla_over_20_miles",
    gives_number=True,
)
def children_placed_over_20_miles_from_home(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children in care living more than 20 miles from home

    Of all children in care on the period's last day, those whose usual home is more than 20.0 miles from the
    home they came from, in a straight line between the two postcodes, to one decimal; where a postcode is not
    known, as the source itself tells the distance. Children whose distance is not known are among all, as in
    England's figure: so are those who came to this country alone within three years, whose distance is never
    told.

    Where the distance is known of nobody, there is no figure.
    """
    rows = distances_on_the_last_day(facts, when)
    anybody = pl.col("miles").is_not_null().any().over("period")
    far = (pl.col("miles") > FAR).fill_null(False)
    return rows.with_columns(pl.when(anybody).then(far).alias("counts"))


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
    c1          | p1                    | U4                      | 2018-05-01                    | 20.1
    c2          | p2                    | U4                      | 2018-05-01                    | 20.0
    c3          | p3                    | U4                      | 2018-05-01                    | 999.9
    c4          | p4                    | U4                      | 2018-05-01                    | 25.0

    ssd_immigration_status
    immi_person_id | immi_immigration_status | immi_immigration_status_end_date
    4              | UASC                    | 2018-01-01

    answer 2019-20
    share    20
    of       5
    number   1
    children 1

    answer 2017-18
    state none_to_count
"""
