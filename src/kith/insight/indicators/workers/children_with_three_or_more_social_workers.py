import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.asked import why_not_a_year
from kith.insight.indicators.workers.spells import told_of, worker_spells_in_care
from kith.insight.periods import Periods

MANY = 3


@indicator(
    topic="workers",
    measure="share",
    unit="children",
    out_of="children in care of whom a social worker is told",
    when="during",
    needs="kith_periods_of_care ssd_legal_status ssd_involvements",
    way="less",
    by="age sex ethnicity need placement",
    source=(
        "Children looked after by local authorities, guide to the SSDA903 (DfE, 2024), social"
        " worker spells; the figure is Kith's own"
    ),
    gives_number=True,
    why_not=why_not_a_year,
)
def children_with_three_or_more_social_workers(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children in care who had three or more social workers in a year

    Of all children in care on the last day of whom any social worker is told, those who had three or more
    different social workers on any days of the twelve months. One whose time ended on the first day counts.
    """
    had = when.at_any_time(facts.worked_out(worker_spells_in_care), "since", "until")
    counted = had.group_by("period", "person").agg(pl.col("worker").n_unique().alias("workers"))
    children = told_of(facts, when).join(counted, on=["period", "person"], how="left")
    return children.with_columns((pl.col("workers").fill_null(0) >= MANY).alias("counts"))


EXAMPLES = """
    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date
    1              | a              | 2018-05-01
    2              | b              | 2018-05-01
    3              | c              | 2018-05-01
    4              | d              | 2018-05-01

    ssd_involvements
    invo_involvements_id | invo_person_id | invo_professional_id | invo_professional_role_id | invo_involvement_start_date | invo_involvement_end_date
    1                    | 1              | w1                   | social_worker             | 2018-05-01                  | 2019-04-01
    2                    | 1              | w2                   | social_worker             | 2019-04-01                  | 2019-08-01
    3                    | 1              | w3                   | social_worker             | 2019-08-01                  |
    4                    | 2              | w1                   | social_worker             | 2018-05-01                  | 2019-03-31
    5                    | 2              | w2                   | social_worker             | 2019-03-31                  | 2019-08-01
    6                    | 2              | w3                   | social_worker             | 2019-08-01                  |
    7                    | 3              | w1                   | social_worker             | 2019-05-01                  | 2019-06-01
    8                    | 3              | w2                   | CW                        | 2019-06-01                  | 2019-07-01
    9                    | 3              | w1                   | social_worker             | 2019-07-01                  |
    10                   | 3              | XXX0000              | social_worker             | 2019-07-01                  |

    answer 2019-20
    share    33.3333
    of       3
    children 1
"""
