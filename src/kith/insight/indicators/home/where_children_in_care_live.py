import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.care.placements import living_on_the_last_day
from kith.insight.periods import Periods


@indicator(
    topic="home",
    measure="mix",
    unit="children",
    when="last_day",
    needs="kith_periods_of_care ssd_legal_status ssd_cla_placement",
    by="kind age sex ethnicity need unaccompanied",
    kind="Placement",
    source=(
        "Children looked after in England including adoption: 2019 to 2020 (DfE, 2020); the "
        "codes of each group are knowledge"
    ),
    note=(
        "England counts a child on a temporary stay on 31 March among other. Before 2018 its "
        "children's homes and semi-independent homes stand in one group."
    ),
)
def where_children_in_care_live(facts: Facts, when: Periods) -> pl.DataFrame:
    """Where children in care live

    All children in care on the period's last day whose placement on it is told, by the kind of their usual
    home: foster care with relatives or friends (U1 to U3) or with others (U4 to U6); placed for adoption (A3
    to A6); children's homes and secure homes (K1, K2); independent or semi-independent, supported (K3, H5,
    P2); with their parents (P1); residential schools (S1); other residential settings (R1, R2, R3, R5); other
    (P3, Z1, Z11 to Z14).

    A child on a temporary stay (T0 to T4) lives where they lived before it; where that is not told, they are
    among other.
    """
    told = living_on_the_last_day(facts, when).with_columns(pl.col("group").alias("kind"))
    return told.filter(pl.col("kind").is_not_null())


EXAMPLES = """
    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date
    1              | c1             | 2018-05-01
    2              | c2             | 2018-05-01
    3              | c3             | 2018-05-01
    4              | c4             | 2018-05-01
    5              | c5             | 2018-05-01
    6              | c6             | 2018-05-01

    ssd_cla_placement
    clap_cla_id | clap_cla_placement_id | clap_cla_placement_type | clap_cla_placement_start_date | clap_cla_placement_end_date
    c1          | p1                    | U1                      | 2018-05-01                    |
    c2          | p2                    | K2                      | 2018-05-01                    | 2020-03-31
    c2          | p3                    | H5                      | 2020-03-31                    |
    c3          | p4                    | U4                      | 2018-05-01                    | 2020-03-20
    c3          | p5                    | T1                      | 2020-03-20                    |
    c4          | p6                    | T4                      | 2020-03-20                    |
    c5          | p7                    | R5                      | 2018-05-01                    | 2020-03-31
    c6          | p8                    | U6                      | 2018-05-01                    | 2018-05-01
    c6          | p9                    | A3                      | 2018-05-01                    |

    answer 2019-20
    number   5
    in Foster care with relatives or friends: 1
    in Foster care with others: 1
    in Independent or semi-independent, supported: 1
    in Children's homes and secure homes: 0
    in Placed for adoption: 1
    in Other: 1
"""
