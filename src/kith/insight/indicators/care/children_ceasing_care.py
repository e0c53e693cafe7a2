import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.care.spells import ceasing_care
from kith.insight.periods import Periods


@indicator(
    topic="care",
    measure="number",
    unit="children",
    needs="kith_periods_of_care ssd_legal_status",
    by="age sex ethnicity need unaccompanied legal_status area deprivation",
    source="Children looked after in England including adoption: 2019 to 2020 (DfE, 2020)",
    note="A child who left and came back in the same year counts as one who left.",
    published="cla_ceasing",
)
def children_ceasing_care(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children leaving care

    Every child whose time in care ended on a day of the period, once; of two ends the latest is shown in
    groups. Turning 18 is an end. One whose end is only told as going on (X1) has not left; nor has a child
    whose series of short breaks (V3, V4) ended.
    """
    return ceasing_care(facts, when)


EXAMPLES = """
    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date | kith_end_date | kith_end_reason
    1              | a              | 2018-05-01      | 2019-04-01    | E4A
    1              | b              | 2019-08-01      | 2020-03-31    | E11
    2              | c              | 2018-05-01      | 2020-04-01    | E4A
    3              | d              | 2018-05-01      | 2019-05-01    | X1
    4              | e              | 2018-05-01      | 2019-05-01    |
    5              | f              | 2018-05-01      | 2019-05-01    | E8

    ssd_legal_status
    lega_person_id | kith_period_id | lega_legal_status | lega_legal_status_start_date
    5              | f              | V4                | 2018-05-01

    answer 2019-20
    number   2
    children 1 4
"""
