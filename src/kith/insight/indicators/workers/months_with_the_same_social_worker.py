import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.workers.spells import with_worker
from kith.insight.periods import Periods

DAYS_IN_A_MONTH = 30.4375


@indicator(
    topic="workers",
    measure="median",
    unit="months",
    when="last_day",
    needs="kith_periods_of_care ssd_legal_status ssd_involvements",
    way="more",
    by="age sex ethnicity need placement team",
    source=(
        "Children looked after by local authorities, guide to the SSDA903 (DfE, 2024), social"
        " worker spells; the figure is Kith's own"
    ),
    note=(
        "A spell that began before the children's workers were first told may have been "
        "longer than the record knows."
    ),
)
def months_with_the_same_social_worker(facts: Facts, when: Periods) -> pl.DataFrame:
    """Months with the same social worker

    The median number of months, of 30.4375 days, for which children in care on the last day who have a social
    worker then had had that one without a break. Of two the one who began last is meant.
    """
    months = (pl.col("day") - pl.col("worker_since")).dt.total_days() / DAYS_IN_A_MONTH
    held = with_worker(facts, when).filter(pl.col("worker").is_not_null())
    return held.with_columns(months.alias("value"))


EXAMPLES = """
    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date
    1              | a              | 2018-05-01
    2              | b              | 2018-05-01
    3              | c              | 2018-05-01

    ssd_involvements
    invo_involvements_id | invo_person_id | invo_professional_id | invo_professional_role_id | invo_involvement_start_date | invo_involvement_end_date
    1                    | 1              | w1                   | social_worker             | 2018-05-01                  | 2018-07-01
    2                    | 1              | w1                   | social_worker             | 2018-06-01                  | 2019-04-01
    3                    | 1              | w1                   | social_worker             | 2019-04-01                  |
    4                    | 2              | w1                   | social_worker             | 2018-05-01                  |
    5                    | 2              | w2                   | social_worker             | 2020-03-31                  |
    6                    | 3              | w1                   | social_worker             | 2018-05-01                  | 2020-03-31

    answer 2019-20
    median   11.499
    values   2
"""
