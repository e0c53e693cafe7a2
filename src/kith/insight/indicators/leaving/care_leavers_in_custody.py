import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.leaving.leavers import care_leavers_of_the_year, why_not_told
from kith.insight.periods import Periods


@indicator(
    topic="leaving",
    measure="share",
    unit="young people",
    out_of="care leavers aged 19 to 21",
    needs="kith_care_leaver_years|ssd_care_leavers ssd_person.pers_dob",
    way="less",
    by="sex ethnicity unaccompanied",
    source=(
        "Children looked after in England including adoption: 2019 to 2020 (DfE, 2020), care "
        "leavers; the share is Kith's own"
    ),
    gives_number=True,
    why_not=why_not_told,
)
def care_leavers_in_custody(facts: Facts, when: Periods) -> pl.DataFrame:
    """Care leavers in custody

    Of all care leavers aged 19 to 21, those in custody (X). Those of whom it is not known are among all.

    Young people are told once a year. Those who have died, or went back to live with their parents for six
    months or more, are left out.
    """
    rows = care_leavers_of_the_year(facts, when)
    return rows.with_columns(pl.col("accommodation").str.contains("^X").fill_null(False).alias("counts"))


EXAMPLES = """
    until 2020-03-31

    ssd_person
    pers_person_id | pers_dob
    1              | 2000-01-01
    2              | 2000-01-01
    3              | 2000-01-01
    4              | 2000-01-01

    ssd_care_leavers
    clea_table_id | clea_person_id | clea_care_leaver_in_touch | clea_care_leaver_accommodation
    1             | 1              | YES                       | X
    2             | 2              | YES                       | B
    3             | 3              | NO                        |
    4             | 4              | DIED                      |

    answer 2019-20
    share    33.3333
    of       3
    children 1
"""
