import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.referrals import cases_ended_in
from kith.insight.periods import Periods


@indicator(
    topic="front_door",
    measure="median",
    unit="days",
    needs="ssd_cin_episodes ssd_cin_episodes.cine_close_date",
    by="age sex ethnicity need area deprivation kind",
    kind="Why it ended",
    source="Kith's own",
    note="The cases of care leavers last years, so the middle one is told and not the average.",
)
def length_of_a_case(facts: Facts, when: Periods) -> pl.DataFrame:
    """How long a case lasted

    Days from the referral to the day the case closed, of the cases of children in need closed in the period:
    half lasted this long or less. Left out are those that "Cases that ended" leaves out.
    """
    days = (pl.col("closed") - pl.col("since")).dt.total_days()
    return facts.worked_out(cases_ended_in, when).with_columns(days.alias("value"))


EXAMPLES = """
    ssd_cin_episodes
    cine_referral_id | cine_person_id | cine_referral_date | cine_close_date | cine_close_reason | cine_referral_nfa
    a                | 1              | 2019-05-01         | 2019-05-01      | RC7               | N
    b                | 2              | 2019-05-01         | 2019-05-11      | RC7               | N
    c                | 3              | 2009-05-01         | 2019-05-01      | RC6               | N
    d                | 4              | 2019-05-01         | 2019-05-03      | RC8               | N
    e                | 5              | 2019-05-01         |                 |                   | N

    answer 2019-20
    median   10
    values   3
    children 1 2 3
"""
