import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.care.groups import grouped
from kith.insight.indicators.care.spells import in_care_on_the_last_day
from kith.insight.indicators.workers.spells import worker_spells_in_care
from kith.insight.periods import Periods


@indicator(
    topic="workers",
    measure="mix",
    unit="new workers",
    needs=(
        "kith_periods_of_care ssd_legal_status ssd_involvements ssd_involvements.invo_worker_change_reason"
    ),
    by="kind age sex ethnicity need",
    kind="Reason",
    source=(
        "Children looked after by local authorities, guide to the SSDA903 (DfE, 2024), social"
        " worker spells; the figure is Kith's own"
    ),
)
def why_social_workers_changed(facts: Facts, when: Periods) -> pl.DataFrame:
    """Why social workers of children in care changed

    All spells with a social worker that began in the period, of children in care on its last day, and for
    which it is told why it is this worker, by reason. Spells of one worker that touch or overlap are one.
    """
    children = in_care_on_the_last_day(facts, when).select("period", "person", "need")
    begun = when.during(facts.worked_out(worker_spells_in_care), "since").join(
        children, on=["period", "person"]
    )
    told = begun.with_columns(pl.col("since").alias("day"), grouped("reason", "worker_changes").alias("kind"))
    return told.filter(pl.col("kind").is_not_null())


EXAMPLES = """
    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date
    1              | a              | 2018-05-01
    2              | b              | 2020-03-01

    ssd_involvements
    invo_involvements_id | invo_person_id | invo_professional_id | invo_professional_role_id | invo_involvement_start_date | invo_involvement_end_date | invo_worker_change_reason
    1                    | 1              | w1                   | social_worker             | 2018-05-01                  | 2019-05-01                | FCONTA
    2                    | 1              | w2                   | social_worker             | 2019-05-01                  | 2019-08-01                | LEFTRL
    3                    | 1              | w3                   | social_worker             | 2019-08-01                  |                           |
    4                    | 2              | w1                   | social_worker             | 2020-03-31                  |                           | FCONTA
    5                    | 3              | w1                   | social_worker             | 2020-03-31                  |                           | FCONTA

    answer 2019-20
    number   2
    in The worker left the role: 1
    in First contact or a new referral: 1
    in Another reason: 0
"""
