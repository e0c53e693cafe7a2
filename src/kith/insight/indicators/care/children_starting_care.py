import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.care.spells import starting_care
from kith.insight.periods import Periods


@indicator(
    topic="care",
    measure="number",
    unit="children",
    needs="kith_periods_of_care ssd_legal_status",
    by="age sex ethnicity need unaccompanied legal_status area deprivation",
    source="Children looked after in England including adoption: 2019 to 2020 (DfE, 2020)",
    note=(
        "The first return that an authority gives holds every older time in care as one that "
        "began part-way: nobody of those is a start."
    ),
    published="cla_starting",
)
def children_starting_care(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children coming into care

    Every child whose time in care began on a day of the period, once; of two starts the latest is shown in
    groups. A child who had come for series of short breaks (V3, V4) starts on the first day of another legal
    status. A child whose record begins part-way through their time in care has not started then.

    Two periods of care that touch, where the first has no reason for its end or one that says that care went
    on, are one.
    """
    return starting_care(facts, when)


EXAMPLES = """
    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date | kith_start_known | kith_end_date | kith_end_reason
    1              | a              | 2019-04-01      | true             | 2019-06-01    | E4A
    1              | b              | 2019-08-01      | true             |               |
    2              | c              | 2019-05-01      | false            |               |
    3              | d              | 2018-05-01      | true             | 2019-05-01    | X1
    3              | e              | 2019-05-01      | true             |               |
    4              | f              | 2018-05-01      | true             |               |
    5              | g              | 2018-05-01      | true             | 2019-05-01    | E3
    5              | h              | 2019-05-01      |                  |               |
    6              | i              | 2019-05-01      | true             |               |
    7              | j              | 2018-05-01      | true             | 2019-09-01    | X1
    7              | k              | 2019-09-01      | false            |               |

    ssd_legal_status
    lega_person_id | kith_period_id | lega_legal_status | lega_legal_status_start_date
    1              | a              | V2                | 2019-04-01
    4              | f              | V3                | 2018-05-01
    4              | f              | C1                | 2020-03-31
    6              | i              | V4                | 2019-05-01
    7              | j              | V3                | 2018-05-01
    7              | k              | V2                | 2019-09-01

    answer 2019-20
    number   4
    children 1 4 5 7
"""
