import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.care.spells import ceasing_care
from kith.insight.indicators.permanence.decisions import ADOPTED
from kith.insight.periods import Periods


@indicator(
    topic="permanence",
    measure="share",
    unit="children",
    out_of="children leaving care for a reason that is told",
    needs="kith_periods_of_care ssd_legal_status kith_periods_of_care.kith_end_reason",
    by="age sex ethnicity need",
    source="Children looked after in England including adoption: 2019 to 2020 (DfE, 2020)",
    published_number="cla_ceased_adopted",
    gives_number=True,
)
def children_adopted(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children who were adopted from care

    Of all children who left care in the period, those whose latest time in care ended with an adoption order
    (E11, E12).
    """
    left = ceasing_care(facts, when).filter(pl.col("end_reason").is_not_null())
    return left.with_columns(pl.col("end_reason").is_in(ADOPTED).alias("counts"))


EXAMPLES = """
    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date | kith_end_date | kith_end_reason
    1              | a              | 2018-05-01      | 2019-06-01    | E11
    2              | b              | 2018-05-01      | 2019-06-01    | E12
    3              | c              | 2018-05-01      | 2019-06-01    | E4A
    4              | d              | 2018-05-01      | 2020-04-01    | E11
    5              | e              | 2018-05-01      | 2019-06-01    |

    answer 2019-20
    share    66.6667
    of       3
    number   2
    children 1 2
"""
