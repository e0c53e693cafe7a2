import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.referrals import referrals_in
from kith.insight.periods import Periods


@indicator(
    topic="front_door",
    measure="number",
    unit="referrals",
    needs="ssd_cin_episodes",
    by="age sex ethnicity need area deprivation team worker kind",
    kind="Who it came from",
    source="Children in need, reporting year 2022, table C1 (DfE, 2022)",
    note="The referral of a family counts each child. A child whose case is open already is not referred "
    "again, and a case that another authority passes on is a referral.",
    published="referrals",
    published_rate="referral_rate",
)
def referrals(facts: Facts, when: Periods) -> pl.DataFrame:
    """Referrals

    Referrals of children who were not in need then, dated in the period, whatever became of them. One a child
    and day.
    """
    return facts.worked_out(referrals_in, when)


EXAMPLES = """
    ssd_cin_episodes
    cine_referral_id | cine_person_id | cine_referral_date | cine_close_date | cine_referral_nfa
    a                | 1              | 2019-04-01         |                 | N
    b                | 1              | 2019-04-01         | 2019-06-01      | N
    c                | 2              | 2019-04-01         |                 | Y
    d                | 2              | 2020-03-31         |                 |
    e                | 3              | 2020-04-01         |                 | N
    f                | 4              |                    |                 | N
    g                | 5              | 2019-06-01         | 2019-05-01      | N

    answer 2019-20
    number   3
    children 1 2
"""
