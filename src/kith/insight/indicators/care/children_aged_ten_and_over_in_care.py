import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.care.spells import age, in_care_on_the_last_day
from kith.insight.periods import Periods


@indicator(
    topic="care",
    measure="share",
    unit="children",
    out_of="children in care",
    when="last_day",
    needs="kith_periods_of_care ssd_legal_status ssd_person.pers_dob",
    by="sex ethnicity need unaccompanied legal_status area deprivation",
    source="Children looked after in England including adoption: 2019 to 2020 (DfE, 2020)",
    note="England's figure of 31 March 2020 was 50,380 of 80,000.",
    published_number="cla_age_10_plus",
    gives_number=True,
)
def children_aged_ten_and_over_in_care(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children in care who are ten or older

    Of all children in care on the period's last day, those who have had their tenth birthday by then. Those
    of 18 and over who are still told as in care count too. A child whose date of birth is not known is left
    out.
    """
    return in_care_on_the_last_day(facts, when).with_columns((age() >= 10).alias("counts"))


EXAMPLES = """
    ssd_person
    pers_person_id | pers_dob
    1              | 2010-03-31
    2              | 2010-04-01
    3              | 2002-01-01
    4              |

    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date
    1              | a              | 2019-05-01
    2              | b              | 2019-05-01
    3              | c              | 2019-05-01
    4              | d              | 2019-05-01

    answer 2019-20
    share    66.6667
    of       3
    children 1 3
"""
