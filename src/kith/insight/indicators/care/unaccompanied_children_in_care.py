import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.care.alone import is_alone
from kith.insight.indicators.care.spells import in_care_on_the_last_day
from kith.insight.periods import Periods


@indicator(
    topic="care",
    measure="share",
    unit="children",
    out_of="children in care",
    when="last_day",
    needs="kith_periods_of_care ssd_legal_status ssd_immigration_status",
    by="age sex ethnicity legal_status placement",
    source="Children looked after in England including adoption: 2019 to 2020 (DfE, 2020)",
    note="An SSDA903 tells when the status ended, and not when it began.",
    published_number="cla_uasc_at_31_march",
    gives_number=True,
)
def unaccompanied_children_in_care(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children in care who came to this country alone

    Of all children in care on the period's last day, those who are then told to be unaccompanied
    asylum-seeking children. The status ends on the day it was decided otherwise, or on the eighteenth
    birthday. One without a start is taken to have been so from the first.
    """
    children = in_care_on_the_last_day(facts, when)
    return children.with_columns(is_alone(facts, children).alias("counts"))


EXAMPLES = """
    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date
    1              | a              | 2019-05-01
    2              | b              | 2019-05-01
    3              | c              | 2019-05-01
    4              | d              | 2019-05-01
    5              | e              | 2019-05-01

    ssd_immigration_status
    immi_person_id | immi_immigration_status               | immi_immigration_status_start_date | immi_immigration_status_end_date
    1              | UASC                                  |                                    |
    2              | Unaccompanied asylum-seeking child    | 2019-05-01                         | 2020-04-01
    3              | UASC                                  |                                    | 2020-03-31
    4              | UASC                                  | 2020-04-01                         |
    5              | Refugee                               |                                    |

    answer 2019-20
    share    40
    of       5
    number   2
    children 1 2
"""
