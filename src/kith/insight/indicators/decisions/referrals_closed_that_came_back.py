import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.decisions import made_a_year_before, referrals_closed
from kith.insight.periods import Periods


@indicator(
    topic="decisions",
    measure="share",
    unit="decisions",
    out_of="referrals closed a year before",
    needs="ssd_cin_episodes",
    looks_back=1,
    way="less",
    by="age sex ethnicity team worker",
    source="Kith's own",
    note="Shown with the decisions of the year before, so that the year after each is over. It is for those "
    "who decided to learn from, and no measure of a person: of a few decisions one or two come back by "
    "chance.",
)
def referrals_closed_that_came_back(facts: Facts, when: Periods) -> pl.DataFrame:
    """Referrals closed that came back within a year

    Of the referrals closed in the twelve months before the period's own, with nothing more done or as not in
    need after an assessment (RC8, RC9), those whose child was referred again from the day after to 12 months
    after. The decision is of who took the referral, or of who made its last assessment.
    """
    return made_a_year_before(when, facts.worked_out(referrals_closed))


EXAMPLES = """
    ssd_cin_episodes
    cine_referral_id | cine_person_id | cine_referral_date | cine_close_date | cine_close_reason | cine_referral_nfa
    a                | 1              | 2018-05-01         | 2018-05-02      |                   | Y
    b                | 1              | 2019-05-01         |                 |                   | N
    c                | 2              | 2018-05-01         |                 |                   | Y
    d                | 2              | 2019-05-02         |                 |                   | N
    e                | 3              | 2018-02-01         | 2018-05-01      | RC8               | N
    f                | 3              | 2018-05-02         |                 |                   | N
    g                | 4              | 2018-02-01         | 2018-05-01      | RC9               |
    h                | 4              | 2018-05-01         |                 |                   | N
    i                | 5              | 2018-02-01         | 2018-05-01      | RC7               | N
    j                | 5              | 2018-06-01         |                 |                   | N
    k                | 6              | 2018-03-31         |                 |                   | Y
    l                | 6              | 2018-06-01         |                 |                   | N
    m                | 7              | 2019-03-31         |                 |                   | Y

    answer 2019-20
    share    40
    of       5
    children 1 3
"""
