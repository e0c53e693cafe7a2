import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.care.spells import in_care_on_the_last_day
from kith.insight.periods import Periods


@indicator(
    topic="care",
    measure="number",
    unit="children",
    when="last_day",
    needs="kith_periods_of_care ssd_legal_status",
    by="age sex ethnicity need unaccompanied legal_status area deprivation",
    source="Children looked after in England including adoption: 2019 to 2020 (DfE, 2020)",
    note=(
        "A child who comes for series of short breaks is looked after in law, and is left out"
        " here as England's figures leave them out."
    ),
    published="cla_at_31_march",
    published_rate="cla_rate",
)
def children_in_care(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children in care

    Every child who is looked after at the end of the period's last day. A child whose time in care ended that
    day is not; nor is one who comes for series of short breaks only (V3, V4). A child who came for short
    breaks first is in care from the first day of another legal status. Each child is counted once.

    Children on remand, in hospital, in custody under a care order, or missing are in care. A child of whom it
    is only told that care went on, and not how, is no longer seen from that day.
    """
    return in_care_on_the_last_day(facts, when)


EXAMPLES = """
    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date | kith_end_date | kith_end_reason
    1              | a              | 2019-05-01      |               |
    2              | b              | 2018-05-01      | 2020-03-30    | E4A
    3              | c              | 2018-05-01      | 2020-03-31    | E4A
    4              | d              | 2018-05-01      | 2020-04-01    | E4A
    5              | e              | 2019-05-01      |               |
    6              | f              | 2020-04-01      |               |
    7              | g              | 2019-05-01      |               |
    8              | h              | 2019-05-01      | 2019-05-01    | E4A
    9              | i              | 2019-05-01      | 2019-12-01    | X1
    9              | j              | 2019-12-01      |               |
    10             | k              | 2019-05-01      | 2019-12-01    | X1
    11             | l              | 2018-05-01      | 2019-12-01    |
    11             | m              | 2019-12-01      |               |

    ssd_legal_status
    lega_person_id | kith_period_id | lega_legal_status | lega_legal_status_start_date
    1              | a              | C2                | 2019-05-01
    4              | d              | V2                | 2018-05-01
    5              | e              | V4                | 2019-05-01
    7              | g              | V3                | 2019-05-01
    7              | g              | V2                | 2020-02-01
    11             | l              | C2                | 2018-05-01
    11             | m              | V3                | 2019-12-01

    answer 2019-20
    number   5
    children 1 11 4 7 9
"""
