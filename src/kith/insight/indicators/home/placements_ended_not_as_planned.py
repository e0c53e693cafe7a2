import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.care.placements import homes
from kith.insight.periods import Periods

UNPLANNED = ("CREQB", "CREQO", "CHILD", "CLOSE", "ALLEG", "STAND", "APPRR")


@indicator(
    topic="home",
    measure="share",
    unit="moves",
    out_of="moves to another carer with a reason told",
    needs=(
        "kith_periods_of_care ssd_legal_status ssd_cla_placement "
        "ssd_cla_placement.clap_cla_placement_change_reason"
    ),
    way="less",
    by="age sex ethnicity placement provider",
    source="Kith's own; the meaning of the codes is that of the SSDA903",
    gives_number=True,
)
def placements_ended_not_as_planned(facts: Facts, when: Periods) -> pl.DataFrame:
    """Homes that ended in a way nobody planned

    Of all stretches with one carer that ended in the period with a move to another carer and a reason that is
    told, those that ended because the carer asked for it (CREQB, CREQO), the child asked for it (CHILD), the
    carer gave up or the home closed (CLOSE), there was an allegation (ALLEG), a concern about the standard of
    care (STAND), or the approval was taken away (APPRR). Temporary stays are left out.
    """
    ended = facts.worked_out(homes).filter("goes_on")
    moved = when.during(ended, "until").with_columns(pl.col("until").alias("day"))
    return moved.with_columns(pl.col("reason").is_in(UNPLANNED).alias("counts"))


EXAMPLES = """
    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date | kith_end_date | kith_end_reason
    1              | c1             | 2018-05-01      |               |
    2              | c2             | 2018-05-01      | 2019-06-01    | E4A
    3              | c3             | 2018-05-01      |               |

    ssd_cla_placement
    clap_cla_id | clap_cla_placement_id | clap_cla_placement_type | clap_cla_placement_start_date | clap_cla_placement_end_date | kith_carer | clap_cla_placement_change_reason
    c1          | p1                    | U6                      | 2018-05-01                    | 2019-05-01                  | A          | CREQB
    c1          | p2                    | U6                      | 2019-05-01                    | 2019-06-01                  | B          | CARPL
    c1          | p3                    | U6                      | 2019-06-01                    | 2019-07-01                  | C          | PLACE
    c1          | p4                    | U4                      | 2019-07-01                    |                             | C          |
    c2          | p5                    | U6                      | 2018-05-01                    | 2019-06-01                  | A          | CHILD
    c3          | p6                    | U6                      | 2018-05-01                    | 2019-06-01                  | A          |
    c3          | p7                    | K2                      | 2019-06-01                    |                             | B          |

    answer 2019-20
    share    50
    of       2
    children 1
"""
