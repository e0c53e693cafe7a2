import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.referrals import referrals_in, was_closed_as_not_in_need, went_further
from kith.insight.periods import Periods


@indicator(
    topic="front_door",
    measure="share",
    unit="referrals",
    out_of="referrals",
    needs="ssd_cin_episodes ssd_cin_episodes.cine_close_reason",
    by="age sex ethnicity need area deprivation team worker kind",
    kind="Who it came from",
    source="Children in need, reporting year 2022, table C1 (DfE, 2022), worked out of its numbers",
    note="Cases that were referred late in the period are not assessed yet, so a period that has just ended "
    "reads too low. A case passed on to early help (RC9) counts; the return did not ask of it in 2020.",
    published="referral_not_in_need_pct",
)
def referrals_assessed_and_not_in_need(facts: Facts, when: Periods) -> pl.DataFrame:
    """Referrals assessed, then closed as not in need

    Of the referrals in the period, those whose case was closed by its last day because an assessment found
    that the child was not in need (RC8, RC9). Those where nothing was done at all do not count.
    """
    rows = facts.worked_out(referrals_in, when)
    return rows.with_columns((went_further() & was_closed_as_not_in_need(when)).alias("counts"))


EXAMPLES = """
    ssd_cin_episodes
    cine_referral_id | cine_person_id | cine_referral_date | cine_close_date | cine_close_reason | cine_referral_nfa
    a                | 1              | 2019-05-01         | 2020-03-31      | RC8               | N
    b                | 2              | 2019-05-01         | 2020-04-01      | RC8               | N
    c                | 3              | 2019-05-01         | 2019-06-01      | RC9               |
    d                | 4              | 2019-05-01         | 2019-06-01      | RC7               | N
    e                | 5              | 2019-05-01         | 2019-05-01      | RC8               | Y
    f                | 6              | 2019-05-01         |                 |                   | N

    answer 2019-20
    share    33.3333
    of       6
    children 1 3
"""
