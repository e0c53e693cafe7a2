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
    source="Kith's own",
    note=("Most young people who came to this country alone are teenagers: read it with and without them."),
    gives_number=True,
)
def teenagers_in_care(facts: Facts, when: Periods) -> pl.DataFrame:
    """Teenagers in care

    Of all children in care on the period's last day, those who have had their thirteenth birthday by then.
    Those of 18 and over who are still told as in care count too. A child whose date of birth is not known is
    left out.
    """
    return in_care_on_the_last_day(facts, when).with_columns((age() >= 13).alias("counts"))


EXAMPLES = """
    ssd_person
    pers_person_id | pers_dob
    1              | 2007-03-31
    2              | 2007-04-01
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
