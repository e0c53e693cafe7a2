import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.workers import with_their_worker
from kith.insight.indicators.permanence.children_back_in_care_within_a_year_of_going_home import (
    children_back_in_care_within_a_year_of_going_home,
)
from kith.insight.periods import Periods


@indicator(
    topic="decisions",
    measure="share",
    unit="decisions",
    out_of="returns home a year before",
    needs="kith_periods_of_care ssd_legal_status kith_periods_of_care.kith_end_reason ssd_person.pers_dob",
    looks_back=1,
    way="less",
    by="age sex ethnicity team worker",
    source="Kith's own",
    note="The same as the children back in care within a year of going home, by the child's social worker on the "
    "day of going home. It is no measure of a person.",
)
def returns_home_that_broke_down(facts: Facts, when: Periods) -> pl.DataFrame:
    """Returns home after which the child came back into care

    Of the times in care that ended with the child going home to a parent in the twelve months before the
    period's own, those after which the child came into care again within 12 months. Children who were 17 or
    older when they went home are left out.
    """
    return with_their_worker(facts, children_back_in_care_within_a_year_of_going_home.units(facts, when))


EXAMPLES = """
    ssd_person
    pers_person_id | pers_dob
    1              | 2010-01-01
    2              | 2010-01-01
    3              | 2001-06-01

    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date | kith_end_date | kith_end_reason
    1              | a              | 2017-05-01      | 2018-06-01    | E4A
    1              | b              | 2019-06-01      |               |
    2              | c              | 2017-05-01      | 2018-06-01    | E4B
    2              | d              | 2019-06-02      |               |
    3              | e              | 2017-05-01      | 2018-06-01    | E4A

    ssd_legal_status
    lega_person_id | kith_period_id | lega_legal_status | lega_legal_status_start_date
    1              | a              | V2                | 2017-05-01

    answer 2019-20
    share    50
    of       2
    children 1
"""
