import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.reviews.health import why_not_told
from kith.insight.indicators.reviews.scores import scores_of_the_year
from kith.insight.periods import Periods


@indicator(
    topic="reviews",
    measure="mean",
    unit="points",
    needs=(
        "kith_periods_of_care ssd_legal_status "
        "kith_health_years.kith_sdq_score|ssd_sdq_scores ssd_person.pers_dob"
    ),
    way="less",
    by="sex ethnicity need placement",
    source=(
        "Children looked after by local authorities, guide to the SSDA903 (DfE, 2024), "
        "health; continuously in care for 12 months as in Children looked after in England "
        "(DfE, 2020)"
    ),
    note="Up to 13 is usual, 14 to 16 borderline, and 17 or more a cause for concern.",
    why_not=why_not_told,
)
def strengths_and_difficulties_score(facts: Facts, when: Periods) -> pl.DataFrame:
    """Wellbeing score of children in care

    The mean score of children aged 5 to 16 in care on the last day of the year who had been in care for the
    twelve months up to it and have a score of the year.

    A score is that of the Strengths and Difficulties Questionnaire which a carer fills in, from 0 to 40. Those
    who were too young or too old when it was due (SDQ1) are left out.
    """
    return scores_of_the_year(facts, when).with_columns(pl.col("score").cast(pl.Float64).alias("value"))


EXAMPLES = """
    ssd_person
    pers_person_id | pers_dob
    1              | 2010-01-01
    2              | 2010-01-01
    3              | 2010-01-01
    4              | 2010-01-01
    5              | 2010-01-01
    7              | 2015-04-01
    8              | 2003-03-31
    9              | 2010-01-01
    10             | 2010-01-01
    11             | 2010-01-01

    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date
    1              | c1             | 2018-05-01
    2              | c2             | 2018-05-01
    3              | c3             | 2019-05-01
    4              | c4             | 2018-05-01
    5              | c5             | 2018-05-01
    7              | c7             | 2018-05-01
    8              | c8             | 2018-05-01
    9              | c9             | 2018-05-01
    10             | c10            | 2018-05-01
    11             | c11            | 2018-05-01

    kith_health_years
    kith_health_year_id | kith_person_id | kith_year | kith_sdq_score | kith_sdq_reason
    1                   | 1              | 2020      | 17             |
    2                   | 2              | 2020      | 16             |
    3                   | 3              | 2020      | 20             |
    4                   | 4              | 2020      |                | SDQ2
    5                   | 5              | 2020      |                | SDQ1
    6                   | 7              | 2020      | 20             |
    7                   | 8              | 2020      | 20             |
    8                   | 10             | 2020      | 41             |
    9                   | 11             | 2020      | 20             | SDQ1

    answer 2019-20
    mean     16.5
    values   2
"""
