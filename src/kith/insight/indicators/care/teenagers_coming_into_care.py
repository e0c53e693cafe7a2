import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.care.spells import age, starting_care
from kith.insight.periods import Periods


@indicator(
    topic="care",
    measure="share",
    unit="children",
    out_of="children coming into care",
    needs="kith_periods_of_care ssd_legal_status ssd_person.pers_dob",
    by="sex ethnicity need unaccompanied legal_status area deprivation",
    source="Kith's own",
    note="Most of those aged 16 and 17 came to this country alone: read it with and without them.",
    gives_number=True,
)
def teenagers_coming_into_care(facts: Facts, when: Periods) -> pl.DataFrame:
    """Teenagers coming into care

    Of all children whose time in care began in the period, those who had had their thirteenth birthday by the
    day of their latest start. A child whose date of birth is not known is left out.
    """
    return starting_care(facts, when).with_columns((age() >= 13).alias("counts"))


EXAMPLES = """
    ssd_person
    pers_person_id | pers_dob
    1              | 2006-05-01
    2              | 2006-05-02
    3              |

    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date
    1              | a              | 2019-05-01
    2              | b              | 2019-05-01
    3              | c              | 2019-05-01

    answer 2019-20
    share    50
    of       2
    children 1
"""
