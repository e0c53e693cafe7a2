import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.referrals import cases_opened, was_closed_as_not_in_need
from kith.insight.periods import Periods


@indicator(
    topic="front_door",
    measure="number",
    unit="cases",
    needs="ssd_cin_episodes",
    by="age sex ethnicity need area deprivation",
    source="Children in need, reporting year 2022, tables (DfE, 2022), worked out of its numbers",
    note="A child with two cases in the period counts twice, as in England's number, which is of those whose "
    "case ended and those who were in need on the last day together.",
    published="cin_any_point",
)
def children_in_need_any_point(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children in need at some time in the year

    Cases of children in need that were open on any day of the period, the day they closed among them. Left
    out are referrals where nothing more was done, and cases closed by the last day because an assessment
    found the child was not in need. Age is on the last day, or on the day the case closed before it.
    """
    cases = facts.worked_out(cases_opened)
    rows = when.at_any_time(cases, "day", "closed").filter(~was_closed_as_not_in_need(when))
    return rows.with_columns(pl.min_horizontal("closed", when.last_day()).alias("day"))


EXAMPLES = """
    ssd_cin_episodes
    cine_referral_id | cine_person_id | cine_referral_date | cine_close_date | cine_close_reason | cine_referral_nfa
    a                | 1              | 2016-05-01         |                 |                   | N
    b                | 2              | 2018-05-01         | 2019-04-01      | RC7               | N
    c                | 3              | 2018-05-01         | 2019-03-31      | RC7               | N
    d                | 4              | 2019-05-01         | 2019-06-01      | RC8               | N
    e                | 5              | 2020-03-31         | 2020-05-01      | RC8               | N
    f                | 6              | 2019-05-01         | 2019-05-01      |                   | Y
    g                | 2              | 2019-07-01         |                 |                   |

    answer 2019-20
    number   4
    children 1 2 5
"""
