import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.workers.spells import with_worker
from kith.insight.periods import Periods


@indicator(
    topic="workers",
    measure="share",
    unit="children",
    out_of="children in care",
    when="last_day",
    needs="kith_periods_of_care ssd_legal_status ssd_involvements",
    way="less",
    by="age sex ethnicity need placement",
    source=(
        "Children looked after by local authorities, guide to the SSDA903 (DfE, 2024), social"
        " worker spells; the figure is Kith's own"
    ),
    gives_number=True,
)
def children_in_care_with_no_social_worker(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children in care with no social worker

    Of all children in care on the period's last day, those for whom no social worker is told on it. The entry
    for no registered worker is nobody.
    """
    return with_worker(facts, when).with_columns(pl.col("worker").is_null().alias("counts"))


EXAMPLES = """
    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date
    1              | a              | 2018-05-01
    2              | b              | 2018-05-01
    3              | c              | 2018-05-01
    4              | d              | 2018-05-01

    ssd_involvements
    invo_involvements_id | invo_person_id | invo_professional_id | invo_professional_role_id | invo_involvement_start_date | invo_involvement_end_date
    1                    | 1              | w1                   | social_worker             | 2018-05-01                  | 2020-03-31
    2                    | 2              | w1                   | social_worker             | 2020-03-31                  |
    3                    | 3              | XXX0000              | social_worker             | 2018-05-01                  |

    answer 2019-20
    share    75
    of       4
    children 1 3 4
"""
