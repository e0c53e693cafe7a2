import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.care.distance import distances_on_the_last_day
from kith.insight.periods import Periods


@indicator(
    topic="home",
    measure="share",
    unit="children",
    out_of="children in care",
    when="last_day",
    needs="kith_periods_of_care ssd_legal_status ssd_cla_placement",
    way="less",
    by="age sex ethnicity need unaccompanied legal_status placement provider",
    source="Kith's own",
    gives_number=True,
)
def children_whose_distance_from_home_is_not_known(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children in care whose distance from home is not known

    Of all children in care on the period's last day, those of whom it is not known how far from home they
    live: a postcode is blank or is not in the table of postcodes, the source tells no distance, or the child
    came to this country alone within three years.
    """
    rows = distances_on_the_last_day(facts, when)
    return rows.with_columns(pl.col("miles").is_null().alias("counts"))


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
    share    60
    of       5
    children 3 4 5
"""
