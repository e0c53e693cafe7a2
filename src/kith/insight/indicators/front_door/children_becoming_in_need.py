import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.referrals import referrals_in, was_closed_as_not_in_need, went_further
from kith.insight.periods import Periods


@indicator(
    topic="front_door",
    measure="number",
    unit="cases",
    needs="ssd_cin_episodes",
    by="age sex ethnicity need area deprivation team worker kind",
    kind="Who the referral came from",
    source="Children in need, reporting year 2022, tables (DfE, 2022), worked out of its numbers",
    note="A case that is still being assessed on the last day counts, and may turn out to be none.",
    published="cin_starting",
)
def children_becoming_in_need(facts: Facts, when: Periods) -> pl.DataFrame:
    """Cases that began

    Referrals in the period after which more was done, and which had not been closed by the last day because
    an assessment found the child was not in need.
    """
    rows = facts.worked_out(referrals_in, when)
    return rows.filter(went_further(), ~was_closed_as_not_in_need(when))


EXAMPLES = """
    ssd_cin_episodes
    cine_referral_id | cine_person_id | cine_referral_date | cine_close_date | cine_close_reason | cine_referral_nfa
    a                | 1              | 2019-05-01         |                 |                   | N
    b                | 2              | 2019-05-01         | 2019-06-01      | RC7               |
    c                | 3              | 2019-05-01         | 2019-06-01      | RC8               | N
    d                | 4              | 2020-03-31         | 2020-05-01      | RC9               | N
    e                | 5              | 2019-05-01         | 2019-05-01      |                   | Y
    f                | 6              | 2019-03-31         |                 |                   | N

    answer 2019-20
    number   3
    children 1 2 4
"""
