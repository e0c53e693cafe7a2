import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.care.spells import HOME_TO_PARENTS, age, ceasing_care
from kith.insight.periods import Periods

ADULT = 18


@indicator(
    topic="permanence",
    measure="share",
    unit="children",
    out_of="children under 18 who left care for a reason that is told",
    needs=("kith_periods_of_care ssd_legal_status kith_periods_of_care.kith_end_reason ssd_person.pers_dob"),
    by="age sex ethnicity need legal_status area deprivation",
    source="Children looked after in England including adoption: 2019 to 2020 (DfE, 2020)",
    note="Before 2015 the returns did not tell whether a return was planned.",
    gives_number=True,
)
def children_returning_home(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children who went home to their parents

    Of all children under 18 who left care in the period, those who went home to a parent or another person
    with parental responsibility, planned (E4A) or not (E4B; E4 before 2015). Going to live with relatives who
    have no parental responsibility (E13) is not meant. A child whose reason or date of birth is not told is
    left out.
    """
    left = ceasing_care(facts, when).filter(age().lt(ADULT).fill_null(False))
    return left.with_columns(pl.col("end_reason").is_in(HOME_TO_PARENTS).alias("counts"))


EXAMPLES = """
    ssd_person
    pers_person_id | pers_dob
    1              | 2010-01-01
    2              | 2010-01-01
    3              | 2010-01-01
    4              | 2001-06-01
    5              | 2010-01-01

    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date | kith_end_date | kith_end_reason
    1              | a              | 2018-05-01      | 2019-06-01    | E4A
    2              | b              | 2018-05-01      | 2019-06-01    | E4B
    3              | c              | 2018-05-01      | 2019-06-01    | E13
    4              | d              | 2018-05-01      | 2019-06-01    | E4A
    5              | e              | 2018-05-01      | 2019-06-01    |

    answer 2019-20
    share    66.6667
    of       3
    number   2
    children 1 2
"""
