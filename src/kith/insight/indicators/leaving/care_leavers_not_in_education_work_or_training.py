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
    source=("Children looked after in England including adoption: 2019 to 2020 (DfE, 2020), care leavers"),
    published="care_leavers_19_21_neet_pct",
    gives_number=True,
    why_not=why_not_told,
)
def care_leavers_not_in_education_work_or_training(facts: Facts, when: Periods) -> pl.DataFrame:
    """Care leavers not in education, work or training

    Of all care leavers aged 19 to 21, those told not to be in education, work or training: through illness or
    disability (G4), pregnancy or parenting (G6), or another reason (G5). Those of whom it is not known are
    among all.

    Young people are told once a year. Those who have died, or went back to live with their parents for six
    months or more, are left out.
    """
    rows = care_leavers_of_the_year(facts, when)
    return rows.with_columns(pl.col("activity").is_in(["G4", "G5", "G6"]).fill_null(False).alias("counts"))


EXAMPLES = """
    ssd_person
    pers_person_id | pers_dob
    1              | 2001-03-31
    2              | 1998-04-01
    3              | 1998-03-31
    4              | 2001-04-01
    5              | 2000-01-01
    6              | 2000-01-01
    7              | 2000-01-01
    8              |

    kith_care_leaver_years
    kith_care_leaver_year_id | kith_person_id | kith_year | kith_in_touch | kith_activity | kith_accommodation
    1                        | 1              | 2020      | YES           | F1            | B1
    2                        | 2              | 2020      | YES           | G5            | S2
    3                        | 3              | 2020      | YES           | F1            | B1
    4                        | 4              | 2020      | YES           | F1            | B1
    5                        | 5              | 2020      | REFU          | 0             | 0
    6                        | 6              | 2020      | RHOM          |               |
    7                        | 7              | 2019      | YES           | F2            | U1
    8                        | 7              | 2020      | NO            |               |
    9                        | 8              | 2020      | YES           | F1            | B1

    answer 2019-20
    share    25
    of       4
    children 2
"""
