import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.reviews.health import checked_in_the_year, why_not_told
from kith.insight.periods import Periods


@indicator(
    topic="reviews",
    measure="share",
    unit="children",
    out_of="children in care for a year of whom it is told",
    needs=("kith_periods_of_care ssd_legal_status kith_health_years.kith_is_health_assessed|ssd_cla_health"),
    way="more",
    by="age sex ethnicity need placement",
    source=(
        "Children looked after by local authorities, guide to the SSDA903 (DfE, 2024), "
        "health; continuously in care for 12 months as in Children looked after in England "
        "(DfE, 2020)"
    ),
    note=(
        "By law a child under five is assessed twice a year; one assessment is enough here, as in the return."
    ),
    gives_number=True,
    why_not=why_not_told,
)
def health_assessments_in_time(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children in care whose health was assessed in the year

    Of all children in care on the last day of the year to March who had been in care for the twelve months up
    to it, and of whom it is told, those whose health was assessed in the year. Children who were in care for
    a shorter time, or with a break, are not counted. Where an extract tells the checks themselves, a health
    assessment that was completed in the year.
    """
    return checked_in_the_year(facts, when, "(?i)assess", "kith_is_health_assessed")


EXAMPLES = """
    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date | kith_end_date | kith_end_reason
    1              | c1             | 2019-03-31      |               |
    2              | c2             | 2018-05-01      |               |
    3              | c3             | 2019-04-01      |               |
    4              | c4             | 2018-05-01      |               |
    5              | c5             | 2018-05-01      |               |
    6              | c6             | 2018-05-01      | 2020-03-31    | E4A

    kith_health_years
    kith_health_year_id | kith_person_id | kith_year | kith_is_health_assessed
    1                   | 1              | 2020      | true
    2                   | 2              | 2020      | false
    3                   | 3              | 2020      | true
    4                   | 4              | 2020      |
    5                   | 5              | 2019      | true
    6                   | 6              | 2020      | true

    answer 2019-20
    share    50
    of       2
    number   1
    children 1

    answer 2020-03
    state not_held
    why This is told once a year, for the year to March.
"""
