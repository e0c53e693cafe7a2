import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.care.placements import living_on_the_last_day
from kith.insight.periods import Periods


@indicator(
    topic="home",
    measure="share",
    unit="children",
    out_of="children in care of whom the provider is told",
    when="last_day",
    needs=(
        "kith_periods_of_care ssd_legal_status ssd_cla_placement "
        "ssd_cla_placement.clap_cla_placement_provider"
    ),
    by="age sex ethnicity need legal_status placement",
    source="Children looked after in England including adoption: 2019 to 2020 (DfE, 2020)",
    published_number="cla_provider_private",
    gives_number=True,
)
def children_placed_with_private_providers(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children in care whose home a private provider runs

    Of all children in care on the period's last day of whom it is told who provides their usual home, those
    for whom it is a private provider (PR4). Homes that nobody provides are left out: with their own parents
    (P1, PR0), temporary stays and other placements (Z1, Z11 to Z14).
    """
    provided = pl.col("provider").ne("PR0") & ~pl.col("kind").str.contains("^(P1|T|Z)").fill_null(False)
    children = living_on_the_last_day(facts, when).filter(provided)
    return children.with_columns(pl.col("provider").eq("PR4").alias("counts"))


EXAMPLES = """
    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date
    1              | c1             | 2018-05-01
    2              | c2             | 2018-05-01
    3              | c3             | 2018-05-01
    4              | c4             | 2018-05-01
    5              | c5             | 2018-05-01

    ssd_cla_placement
    clap_cla_id | clap_cla_placement_id | clap_cla_placement_type | clap_cla_placement_provider | clap_cla_placement_start_date
    c1          | p1                    | U4                      | PR4                         | 2018-05-01
    c2          | p2                    | K2                      | PR1                         | 2018-05-01
    c3          | p3                    | P1                      | PR0                         | 2018-05-01
    c4          | p4                    | U6                      |                             | 2018-05-01
    c5          | p5                    | Z1                      | PR4                         | 2018-05-01

    answer 2019-20
    share    50
    of       2
    number   1
    children 1
"""
