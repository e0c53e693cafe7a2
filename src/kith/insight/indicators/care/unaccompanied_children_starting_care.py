import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.care.alone import is_alone_in_the_period
from kith.insight.indicators.care.spells import starting_care
from kith.insight.periods import Periods


@indicator(
    topic="care",
    measure="share",
    unit="children",
    out_of="children coming into care",
    needs="kith_periods_of_care ssd_legal_status ssd_immigration_status",
    by="age sex ethnicity legal_status",
    source="Children looked after in England including adoption: 2019 to 2020 (DfE, 2020)",
    published_number="cla_starting_uasc",
    gives_number=True,
)
def unaccompanied_children_starting_care(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children who came to this country alone and into care

    Of all children whose time in care began in the period, those told to be unaccompanied asylum-seeking
    children on the day that it began or any day of the period.
    """
    children = starting_care(facts, when)
    return children.with_columns(is_alone_in_the_period(facts, children, when).alias("counts"))


EXAMPLES = """
    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date
    1              | a              | 2019-05-01
    2              | b              | 2019-05-01
    3              | c              | 2019-05-01
    4              | d              | 2018-05-01

    ssd_immigration_status
    immi_person_id | immi_immigration_status | immi_immigration_status_start_date | immi_immigration_status_end_date
    1              | UASC                    | 2019-06-01                         |
    2              | UASC                    |                                    | 2019-04-01
    4              | UASC                    |                                    |

    answer 2019-20
    share    33.3333
    of       3
    number   1
    children 1
"""
