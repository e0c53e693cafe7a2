import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.referrals import cases_opened
from kith.insight.periods import Periods


@indicator(
    topic="front_door",
    measure="number",
    unit="children",
    when="last_day",
    needs="ssd_cin_episodes",
    by="age sex ethnicity need area deprivation team",
    source="Children in need, reporting year 2022, tables (DfE, 2022), worked out of its numbers",
    note="It is not the number of children with a child in need plan: children on a protection plan, in care "
    "or with a disability, care leavers and babies to be born are in it. Cases that nobody closed swell it. "
    "The team is the one that took the referral, not the one that has the case.",
    published="cin_at_31_march",
    published_rate="cin_rate",
)
def children_in_need(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children in need

    Children with a case open at the end of the period's last day, those who wait for an assessment among
    them. Referrals where nothing more was done are left out. A case closed that day is not open.
    """
    cases = facts.worked_out(cases_opened)
    rows = when.on_the_last_day(cases, "day", "closed")
    once = rows.unique(["period", "person"], keep="last", maintain_order=True)
    return once.with_columns(when.last_day().alias("day"))


EXAMPLES = """
    ssd_cin_episodes
    cine_referral_id | cine_person_id | cine_referral_date | cine_close_date | cine_close_reason | cine_referral_nfa
    a                | 1              | 2016-05-01         |                 |                   | N
    b                | 2              | 2020-03-31         | 2020-04-01      | RC8               | N
    c                | 3              | 2019-05-01         | 2020-03-31      | RC7               | N
    d                | 4              | 2019-05-01         |                 |                   | Y
    e                | 5              | 2019-05-01         |                 |                   |
    f                | 5              | 2019-06-01         |                 |                   | N
    g                | 6              | 2020-04-01         |                 |                   | N

    answer 2019-20
    number   3
    children 1 2 5
"""
