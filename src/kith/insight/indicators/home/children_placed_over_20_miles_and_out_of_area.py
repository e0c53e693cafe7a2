import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.care.distance import FAR, distances_on_the_last_day, why_area_is_not_known
from kith.insight.periods import Periods


@indicator(
    topic="home",
    measure="share",
    unit="children",
    out_of="children in care",
    when="last_day",
    needs=(
        "kith_periods_of_care ssd_legal_status ssd_cla_placement "
        "ssd_cla_placement.clap_cla_placement_postcode"
    ),
    way="less",
    by="age sex ethnicity need unaccompanied legal_status placement provider",
    source="Children looked after in England including adoption: 2019 to 2020 (DfE, 2020)",
    note="Most reports that speak of children over 20 miles away quote this one.",
    published="cla_over_20_miles_out_of_area_pct",
    published_number="cla_over_20_miles_out_of_area",
    gives_number=True,
    why_not=why_area_is_not_known,
)
def children_placed_over_20_miles_and_out_of_area(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children over 20 miles from home and outside the authority

    Of all children in care on the period's last day, those whose usual home is more than 20.0 miles from the
    home they came from, in a straight line, and outside the area of the authority that is asked. Children of
    whom either is not known are among all, as in England's figure. Where the distance is known of nobody,
    there is no figure.
    """
    rows = distances_on_the_last_day(facts, when)
    anybody = pl.col("miles").is_not_null().any().over("period")
    far = ((pl.col("miles") > FAR) & ~pl.col("is_own")).fill_null(False)
    return rows.with_columns(pl.when(anybody).then(far).alias("counts"))


EXAMPLES = """
    authority E08000035

    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date | kith_home_postcode
    1              | c1             | 2018-05-01      | NE1 4AA
    2              | c2             | 2018-05-01      | M1 1AE
    3              | c3             | 2018-05-01      | LS1 4DY
    4              | c4             | 2018-05-01      | LS1 4DY

    ssd_cla_placement
    clap_cla_id | clap_cla_placement_id | clap_cla_placement_type | clap_cla_placement_start_date | clap_cla_placement_postcode
    c1          | p1                    | U4                      | 2018-05-01                    | LS1 4DY
    c2          | p2                    | U4                      | 2018-05-01                    | EH1 1YZ
    c3          | p3                    | U4                      | 2018-05-01                    | BD1 1HX
    c4          | p4                    | U4                      | 2018-05-01                    |

    answer 2019-20
    share    25
    of       4
    number   1
    children 2
"""
