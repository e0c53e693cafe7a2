import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.care.spells import in_care_at_any_time
from kith.insight.periods import Periods


@indicator(
    topic="care",
    measure="number",
    unit="children",
    needs="kith_periods_of_care ssd_legal_status",
    by="age sex ethnicity need unaccompanied legal_status area deprivation",
    source="Children looked after in England including adoption: 2019 to 2020 (DfE, 2020)",
    published="cla_any_point",
)
def children_in_care_at_any_time(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children in care at some time in the period

    Every child who was in care on any day of the period, once, however often they came and went. Somebody who
    left on its first day is counted. Series of short breaks (V3, V4) are left out.
    """
    return in_care_at_any_time(facts, when)


EXAMPLES = """
    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date | kith_end_date | kith_end_reason
    1              | a              | 2019-05-01      | 2019-06-01    | E4A
    1              | b              | 2019-08-01      |               |
    2              | c              | 2018-05-01      | 2019-04-01    | E4A
    3              | d              | 2018-05-01      | 2019-03-31    | E4A
    4              | e              | 2020-03-31      |               |
    5              | f              | 2019-05-01      |               |
    6              | g              | 2018-05-01      | 2019-01-01    | X1

    ssd_legal_status
    lega_person_id | kith_period_id | lega_legal_status | lega_legal_status_start_date
    5              | f              | V4                | 2019-05-01

    answer 2019-20
    number   3
    children 1 2 4
"""
