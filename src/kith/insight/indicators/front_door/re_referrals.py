import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.referrals import came_within_a_year, referrals_in
from kith.insight.periods import Periods


@indicator(
    topic="front_door",
    measure="share",
    unit="referrals",
    out_of="referrals",
    needs="ssd_cin_episodes",
    looks_back=1,
    by="age sex ethnicity need area deprivation team worker kind",
    kind="Who it came from",
    source="Children in need, reporting year 2022, table C1 (DfE, 2022); months of the calendar here",
    note="Fewer is better only if the first answer was right. It runs from referral to referral, not "
    "from the day a case closed. Families known to another authority are new here, and so is a baby "
    "who was referred before birth under another number.",
    published="rereferral_pct",
)
def re_referrals(facts: Facts, when: Periods) -> pl.DataFrame:
    """Referrals within a year of an earlier one

    Of the referrals in the period, those of a child who had been referred in the 12 months before, whatever
    became of that referral.
    """
    rows = facts.worked_out(referrals_in, when)
    return rows.with_columns(came_within_a_year().alias("counts"))


EXAMPLES = """
    ssd_cin_episodes
    cine_referral_id | cine_person_id | cine_referral_date | cine_referral_nfa
    a                | 1              | 2018-05-01         | Y
    b                | 1              | 2019-05-01         | N
    c                | 2              | 2018-04-30         | N
    d                | 2              | 2019-05-01         | N
    e                | 3              | 2019-05-01         | N
    f                | 3              | 2019-05-01         | Y
    g                | 4              | 2019-02-28         | N
    h                | 4              | 2020-02-29         | N

    answer 2019-20
    share    50
    of       4
    children 1 4
"""
