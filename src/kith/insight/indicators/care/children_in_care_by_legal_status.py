import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.care.groups import grouped
from kith.insight.indicators.care.spells import with_legal_status
from kith.insight.periods import Periods


@indicator(
    topic="care",
    measure="mix",
    unit="children",
    when="last_day",
    needs="kith_periods_of_care ssd_legal_status",
    by="kind age sex ethnicity unaccompanied",
    kind="Legal status",
    source=(
        "Children looked after in England including adoption: 2019 to 2020 (DfE, 2020); the "
        "codes of each group are knowledge"
    ),
)
def children_in_care_by_legal_status(facts: Facts, when: Periods) -> pl.DataFrame:
    """Why children in care may be kept there by law

    All children in care on the period's last day whose legal status on it is told, in groups: full care order
    (C2), interim care order (C1), placement order (E1; before 2006 freeing order, D1), by agreement under
    section 20 (V2), emergency order or police protection (L1, L2, L3), and youth justice (J1, J2, J3).
    """
    told = with_legal_status(facts, when).with_columns(grouped("code", "legal_status_groups").alias("kind"))
    return told.filter(pl.col("kind").is_not_null())


EXAMPLES = """
    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date
    1              | a              | 2019-05-01
    2              | b              | 2019-05-01
    3              | c              | 2019-05-01
    4              | d              | 2019-05-01

    ssd_legal_status
    lega_person_id | kith_period_id | lega_legal_status | lega_legal_status_start_date | lega_legal_status_end_date
    1              | a              | C1                | 2019-05-01                   | 2019-06-01
    1              | a              | C2                | 2019-06-01                   |
    2              | b              | C2                | 2019-05-01                   | 2020-03-31
    2              | b              | E1                | 2020-03-31                   |
    4              | d              | V4                | 2019-05-01                   |

    answer 2019-20
    number   2
    in Full care order: 1
    in Placement order: 1
    in Interim care order: 0
"""
