import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.referrals import referrals_in
from kith.insight.periods import Periods


@indicator(
    topic="front_door",
    measure="number",
    unit="children",
    needs="ssd_cin_episodes",
    by="age sex ethnicity need area deprivation kind",
    kind="Who the latest referral came from",
    source="Children in need, reporting year 2022, table C1 (DfE, 2022)",
    note="England's number is not known of 2010-11 and 2011-12.",
    published="children_referred",
)
def children_referred(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children who were referred

    Children with a referral dated in the period, each child once. The latest referral says what group a child
    is in.
    """
    rows = facts.worked_out(referrals_in, when)
    return rows.unique(["period", "person"], keep="last", maintain_order=True)


EXAMPLES = """
    ssd_cin_episodes
    cine_referral_id | cine_person_id | cine_referral_date | cine_referral_source_code
    a                | 1              | 2019-04-01         | 6
    b                | 1              | 2019-12-01         | 2A
    c                | 2              | 2020-03-31         | 6
    d                | 3              | 2020-04-01         | 6

    answer 2019-20
    number      2
    children    1 2
    in Schools: 1
    in Police:  1

    answer 2020-21
    number   1
    children 3
"""
