import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.care.placements import lives_in, living_on_the_last_day
from kith.insight.periods import Periods


@indicator(
    topic="home",
    measure="share",
    unit="children",
    out_of="children in care whose placement is told",
    when="last_day",
    needs="kith_periods_of_care ssd_legal_status ssd_cla_placement",
    by="age sex ethnicity need unaccompanied legal_status provider",
    source="Children looked after in England including adoption: 2019 to 2020 (DfE, 2020)",
    published_number="cla_placement_independent_semi",
    gives_number=True,
)
def young_people_in_supported_accommodation(facts: Facts, when: Periods) -> pl.DataFrame:
    """Young people in care in supported accommodation

    Of all children in care on the period's last day whose placement is told, those whose usual home is
    supported accommodation or independent living (K3; H5 and P2 before it).
    """
    return living_on_the_last_day(facts, when).with_columns(lives_in("K3", "H5", "P2").alias("counts"))


EXAMPLES = """
    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date
    1              | c1             | 2018-05-01
    2              | c2             | 2018-05-01
    3              | c3             | 2018-05-01
    4              | c4             | 2018-05-01

    ssd_cla_placement
    clap_cla_id | clap_cla_placement_id | clap_cla_placement_type | clap_cla_placement_start_date
    c1          | p1                    | H5                      | 2018-05-01
    c2          | p2                    | P2                      | 2018-05-01
    c3          | p3                    | U4                      | 2018-05-01

    answer 2019-20
    share    66.6667
    of       3
    number   2
    children 1 2
"""
