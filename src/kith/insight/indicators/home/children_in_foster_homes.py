import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.care.placements import FOSTER, lives_in, living_on_the_last_day
from kith.insight.periods import Periods


@indicator(
    topic="home",
    measure="share",
    unit="children",
    out_of="children in care whose placement is told",
    when="last_day",
    needs="kith_periods_of_care ssd_legal_status ssd_cla_placement",
    way="neither",
    by="age sex ethnicity need unaccompanied legal_status area deprivation",
    source="Children looked after in England including adoption: 2019 to 2020 (DfE, 2020)",
    published="cla_placement_foster_pct",
    published_number="cla_placement_foster",
    gives_number=True,
)
def children_in_foster_homes(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children in care who live in foster homes

    Of all children in care on the period's last day whose placement is told, those whose usual home is foster
    care, with relatives or friends or with others (U1 to U6).
    """
    return living_on_the_last_day(facts, when).with_columns(lives_in(*FOSTER).alias("counts"))


EXAMPLES = """
    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date
    1              | c1             | 2018-05-01
    2              | c2             | 2018-05-01
    3              | c3             | 2018-05-01
    4              | c4             | 2018-05-01

    ssd_cla_placement
    clap_cla_id | clap_cla_placement_id | clap_cla_placement_type | clap_cla_placement_start_date | clap_cla_placement_end_date
    c1          | p1                    | U1                      | 2018-05-01                    |
    c2          | p2                    | U6                      | 2018-05-01                    |
    c3          | p3                    | U4                      | 2018-05-01                    | 2020-03-31
    c3          | p4                    | K2                      | 2020-03-31                    |

    answer 2019-20
    share    66.6667
    of       3
    number   2
    children 1 2
"""
