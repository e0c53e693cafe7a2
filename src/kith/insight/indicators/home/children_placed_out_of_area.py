import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.care.distance import distances_on_the_last_day, why_area_is_not_known
from kith.insight.periods import Periods


@indicator(
    topic="home",
    measure="share",
    unit="children",
    out_of="children in care whose placement's area is known",
    when="last_day",
    needs=(
        "kith_periods_of_care ssd_legal_status ssd_cla_placement "
        "ssd_cla_placement.clap_cla_placement_postcode"
    ),
    way="less",
    by="age sex ethnicity need unaccompanied legal_status placement provider",
    source="Children looked after in England including adoption: 2019 to 2020 (DfE, 2020)",
    note=(
        "Outside may be the next street: small boroughs have high shares by their shape. Read"
        " it with the distance."
    ),
    published="cla_placed_out_of_area_pct",
    gives_number=True,
    why_not=why_area_is_not_known,
)
def children_placed_out_of_area(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children in care living outside the authority

    Of all children in care on the period's last day of whom it is known in which authority's area their usual
    home is, those for whom it is not the authority that is asked; Scotland, Wales and Northern Ireland are
    outside. The area is that of the placement's postcode on that day. Of an invented authority those areas
    are its own that it is laid over.
    """
    rows = distances_on_the_last_day(facts, when)
    return rows.with_columns((~pl.col("is_own")).alias("counts"))


EXAMPLES = """
    authority E08000035

    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date
    1              | c1             | 2018-05-01
    2              | c2             | 2018-05-01
    3              | c3             | 2018-05-01
    4              | c4             | 2018-05-01

    ssd_cla_placement
    clap_cla_id | clap_cla_placement_id | clap_cla_placement_type | clap_cla_placement_start_date | clap_cla_placement_postcode
    c1          | p1                    | U4                      | 2018-05-01                    | LS1 4DY
    c2          | p2                    | U4                      | 2018-05-01                    | m1 1ae
    c3          | p3                    | U4                      | 2018-05-01                    | EH1 1YZ
    c4          | p4                    | U4                      | 2018-05-01                    |

    answer 2019-20
    share    66.6667
    of       3
    number   2
    children 2 3
"""
