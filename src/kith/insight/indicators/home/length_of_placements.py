import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.care.placements import ended_homes, why_starts_are_not_known
from kith.insight.periods import Periods


@indicator(
    topic="home",
    measure="median",
    unit="days",
    needs="kith_periods_of_care ssd_legal_status ssd_cla_placement",
    by="age sex ethnicity placement provider",
    source="Kith's own",
    why_not=why_starts_are_not_known,
)
def length_of_placements(facts: Facts, when: Periods) -> pl.DataFrame:
    """How long children lived in homes that ended

    The median number of days that children lived with one carer, of stretches that ended in the period by a
    move or the end of care. Temporary stays are left out and do not interrupt a home; nor does a change of
    its kind with the same carer. A home whose end is only told as care going on (X1) has not ended. Where
    care began before what is told, the first home is left out; where that is so of more than one in twenty,
    there is no figure, for those lasted longest.
    """
    ended = when.during(facts.worked_out(ended_homes), "until")
    days = (pl.col("until") - pl.col("since")).dt.total_days().cast(pl.Float64)
    return ended.with_columns(
        pl.col("until").alias("day"), pl.when("is_start_known").then(days).alias("value")
    )


EXAMPLES = """
    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date | kith_start_known | kith_end_date | kith_end_reason
    1              | c1             | 2018-05-01      | true             |               |
    2              | c2             | 2019-05-01      | true             | 2019-06-01    | E4A
    3              | c3             | 2018-05-01      | false            |               |
    4              | c4             | 2019-05-01      | true             | 2019-06-11    | X1
    5              | c5             | 2019-05-01      | true             |               |

    ssd_cla_placement
    clap_cla_id | clap_cla_placement_id | clap_cla_placement_type | clap_cla_placement_start_date | clap_cla_placement_end_date | kith_carer
    c1          | p1                    | U6                      | 2018-05-01                    | 2019-05-01                  | A
    c1          | p2                    | U6                      | 2019-05-01                    | 2019-05-20                  | B
    c1          | p3                    | T1                      | 2019-05-20                    | 2019-05-25                  | hospital
    c1          | p4                    | U6                      | 2019-05-25                    | 2019-05-31                  | B
    c1          | p5                    | K2                      | 2019-05-31                    |                             | C
    c2          | p6                    | U6                      | 2019-05-01                    |                             | A
    c3          | p7                    | U6                      | 2018-05-01                    | 2018-05-06                  | A
    c3          | p8                    | U6                      | 2018-05-06                    | 2019-05-26                  | B
    c3          | p9                    | U6                      | 2019-05-26                    |                             | C
    c4          | p10                   | U6                      | 2019-05-01                    |                             | A
    c5          | p11                   | U6                      | 2019-05-01                    |                             | A
    c5          | p12                   | U6                      | 2019-06-01                    | 2019-06-01                  | B
    c5          | p13                   | K2                      | 2019-07-01                    |                             | C

    answer 2018-19
    state not_held

    answer 2019-20
    median   61
    values   5
"""
