import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.referrals import referrals_in
from kith.insight.periods import Periods


@indicator(
    topic="front_door",
    measure="share",
    unit="referrals",
    out_of="referrals of which it is told",
    needs="ssd_cin_episodes ssd_cin_episodes.cine_referral_nfa",
    by="age sex ethnicity need area deprivation team worker kind",
    kind="Who it came from",
    source="Children in need, reporting year 2022, table C1 (DfE, 2022)",
    note="It falls where messages are turned away before they become a referral. Read it beside the share of "
    "messages that became one. Nothing more means before any assessment.",
    published="referral_nfa_pct",
)
def referrals_with_no_further_action(facts: Facts, when: Periods) -> pl.DataFrame:
    """Referrals where nothing more was done

    Of the referrals in the period, those after which nothing more was done, not even an assessment. A
    referral of which this is not told is left out.
    """
    rows = facts.worked_out(referrals_in, when)
    return rows.with_columns(pl.col("is_no_further").alias("counts"))


EXAMPLES = """
    ssd_cin_episodes
    cine_referral_id | cine_person_id | cine_referral_date | cine_referral_nfa
    a                | 1              | 2019-05-01         | Y
    b                | 2              | 2019-05-01         | false
    c                | 3              | 2019-05-01         | 0
    d                | 4              | 2019-05-01         |
    e                | 5              | 2019-05-01         | 1

    answer 2019-20
    share    50
    of       4
    children 1 5
"""
