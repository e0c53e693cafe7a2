import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.not_held import nothing_is_told
from kith.insight.periods import Periods


@indicator(
    topic="front_door",
    measure="share",
    unit="referrals",
    out_of="referrals",
    needs="ssd_cin_episodes referral_decisions",
    way="more",
    by="age sex ethnicity need team worker",
    source="Working Together to Safeguard Children (2023), the limit of one working day",
)
def referral_decisions_in_one_working_day(facts: Facts, when: Periods) -> pl.DataFrame:
    """Referrals decided in one working day

    Of the referrals in the period, those on which a manager decided no later than the working day after they
    came.
    """
    return nothing_is_told()


EXAMPLES = """
    ssd_cin_episodes
    cine_referral_id | cine_person_id | cine_referral_date
    a                | 1              | 2019-05-01

    answer 2019-20
    share none
    state not_held
    why   Kith does not hold the day and hour at which a referral was decided on yet. It comes with the working screens of the front door.
"""
