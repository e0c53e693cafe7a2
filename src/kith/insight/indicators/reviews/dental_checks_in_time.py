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
    needs=("kith_periods_of_care ssd_legal_status kith_health_years.kith_are_teeth_checked|ssd_cla_health"),
    way="more",
    by="age sex ethnicity need placement",
    source=(
        "Children looked after by local authorities, guide to the SSDA903 (DfE, 2024), "
        "health; continuously in care for 12 months as in Children looked after in England "
        "(DfE, 2020)"
    ),
    note="",
    gives_number=True,
    why_not=why_not_told,
)
def dental_checks_in_time(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children in care who saw a dentist in the year

    Of all children in care on the last day of the year to March who had been in care for the twelve months up
    to it, and of whom it is told, those whose teeth were checked by a dentist in the year. Children who were
    in care for a shorter time, or with a break, are not counted. Where an extract tells the checks
    themselves, a dental check that was completed in the year; a child with no check of any kind in it is then
    left out as not told.
    """
    return checked_in_the_year(facts, when, "(?i)dent", "kith_are_teeth_checked")


EXAMPLES = """
    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date | kith_end_date | kith_end_reason
    1              | c1             | 2019-03-31      |               |
    2              | c2             | 2018-05-01      |               |
    3              | c3             | 2019-04-01      |               |
    4              | c4             | 2018-05-01      |               |
    5              | c5             | 2018-05-01      |               |
    6              | c6             | 2018-05-01      | 2020-03-31    | E4A

    ssd_cla_health
    clah_health_check_id | clah_person_id | clah_health_check_type | clah_health_check_date | clah_health_check_status
    1                    | 1              | Dental Check           | 2019-04-01             | Completed
    2                    | 2              | Dental Check           | 2019-05-01             | Refused
    3                    | 2              | Health Assessment      | 2019-05-01             | Completed
    4                    | 4              | dental check           | 2019-03-31             | Completed
    5                    | 3              | Dental Check           | 2019-05-01             | Completed

    answer 2019-20
    share    33.3333
    of       3
    children 1
"""
