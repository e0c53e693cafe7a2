import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.asked import why_not_a_year
from kith.insight.indicators.care.placements import homes_in_the_period
from kith.insight.periods import Periods

MANY = 3


@indicator(
    topic="home",
    measure="share",
    unit="children",
    out_of="children in care",
    when="during",
    needs="kith_periods_of_care ssd_legal_status ssd_cla_placement",
    way="less",
    by="age sex ethnicity need unaccompanied legal_status placement provider",
    source=("NI 62 in the Local authority interactive tool (DfE); what counts as a placement is knowledge"),
    note="England's figures before 2016 were counted by other rules.",
    published="cla_three_plus_placements_pct",
    published_number="cla_three_plus_placements",
    gives_number=True,
    why_not=why_not_a_year,
)
def children_with_three_or_more_placements(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children who had three or more homes in a year

    Of all children in care on the last day whose placements are told, those who had three or more homes on
    any days of the twelve months: stretches with one carer, in all of their times in care. One that ended on
    the first day counts. Not counted as homes are temporary stays (T0 to T4), coming back to the same carer
    after one, a placement that ended on the day it began, and a change of the placement's kind with the same
    carer, such as to be adopted by them.
    """
    children = homes_in_the_period(facts, when)
    return children.with_columns((pl.col("homes") >= MANY).alias("counts"))


EXAMPLES = """
    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date | kith_end_date | kith_end_reason
    1              | c1             | 2018-05-01      |               |
    2              | c2             | 2018-05-01      |               |
    3              | c3             | 2018-05-01      |               |
    4              | c4             | 2020-03-01      |               |
    5              | c5             | 2019-05-01      | 2019-08-01    | E4A
    6              | c6             | 2020-03-01      |               |
    7              | c7             | 2020-03-01      |               |

    ssd_cla_placement
    clap_cla_id | clap_cla_placement_id | clap_cla_placement_type | clap_cla_placement_start_date | clap_cla_placement_end_date | kith_carer
    c1          | p1                    | U6                      | 2018-05-01                    | 2019-04-01                  | A
    c1          | p2                    | U6                      | 2019-04-01                    | 2019-06-01                  | B
    c1          | p3                    | T1                      | 2019-06-01                    | 2019-06-10                  | hospital
    c1          | p4                    | U6                      | 2019-06-10                    | 2020-01-01                  | B
    c1          | p5                    | K2                      | 2020-01-01                    |                             | C
    c2          | p6                    | U6                      | 2018-05-01                    | 2019-05-01                  | A
    c2          | p7                    | U4                      | 2019-05-01                    | 2019-08-01                  | A
    c2          | p8                    | U6                      | 2019-08-01                    | 2019-08-01                  | B
    c2          | p9                    | K2                      | 2019-08-01                    |                             | C
    c3          | p10                   | U6                      | 2018-05-01                    | 2019-03-31                  | A
    c3          | p11                   | U6                      | 2019-03-31                    | 2019-08-01                  | B
    c3          | p12                   | U6                      | 2019-08-01                    |                             | C
    c4          | p13                   | U6                      | 2020-03-01                    | 2020-03-10                  |
    c4          | p14                   | U6                      | 2020-03-10                    | 2020-03-20                  |
    c4          | p15                   | U6                      | 2020-03-20                    |                             |
    c5          | p16                   | U6                      | 2019-05-01                    | 2019-06-01                  | A
    c5          | p17                   | K2                      | 2019-06-01                    | 2019-07-01                  | B
    c5          | p18                   | U6                      | 2019-07-01                    | 2019-08-01                  | C
    c6          | p19                   | T1                      | 2020-03-01                    |                             | hospital

    answer 2019-20
    share    40
    of       5
    number   2
    children 1 4
"""
