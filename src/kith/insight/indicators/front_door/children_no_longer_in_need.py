import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.referrals import cases_ended_in
from kith.insight.periods import Periods


@indicator(
    topic="front_door",
    measure="number",
    unit="cases",
    needs="ssd_cin_episodes ssd_cin_episodes.cine_close_date",
    by="age sex ethnicity need area deprivation kind",
    kind="Why it ended",
    source="Children in need, reporting year 2022, tables (DfE, 2022), worked out of its numbers",
    published="cin_ending",
)
def children_no_longer_in_need(facts: Facts, when: Periods) -> pl.DataFrame:
    """Cases that ended

    Cases of children in need closed in the period. Left out are referrals where nothing more was done, and
    cases closed because an assessment found the child was not in need (RC8, RC9).
    """
    return facts.worked_out(cases_ended_in, when)


EXAMPLES = """
    ssd_cin_episodes
    cine_referral_id | cine_person_id | cine_referral_date | cine_close_date | cine_close_reason | cine_referral_nfa
    a                | 1              | 2016-05-01         | 2019-04-01      | RC1               | N
    b                | 2              | 2019-05-01         | 2020-03-31      |                   |
    c                | 3              | 2019-05-01         | 2019-06-01      | RC8               | N
    d                | 4              | 2019-05-01         | 2019-05-01      | RC7               | Y
    e                | 5              | 2019-05-01         | 2020-04-01      | RC7               | N
    f                | 6              | 2019-05-01         |                 |                   | N

    answer 2019-20
    number      2
    children    1 2
    in Adopted: 1
"""
