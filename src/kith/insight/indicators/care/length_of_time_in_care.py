import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.care.spells import ceasing_care, why_starts_are_not_known
from kith.insight.periods import Periods


@indicator(
    topic="care",
    measure="mean",
    unit="days",
    needs="kith_periods_of_care ssd_legal_status",
    by="age sex ethnicity need unaccompanied",
    source="Children looked after in England including adoption: 2019 to 2020 (DfE, 2020)",
    note="Children who are still in care are not in it, so it is shorter than a childhood in care.",
    published="cla_mean_duration_last_period_days",
    why_not=why_starts_are_not_known,
)
def length_of_time_in_care(facts: Facts, when: Periods) -> pl.DataFrame:
    """How long children had been in care when they left

    The mean number of days from the start to the end of the latest time in care of each child who left in the
    period. A child whose record begins part-way through it is left out; where that is so of more than one in
    twenty, there is no figure, for those had been in care longest. Only the last time in care counts, not
    earlier ones.
    """
    days = (pl.col("until") - pl.col("since")).dt.total_days()
    known = pl.when("is_start_known").then(days.cast(pl.Float64))
    return ceasing_care(facts, when).with_columns(known.alias("value"))


EXAMPLES = """
    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date | kith_start_known | kith_end_date | kith_end_reason
    1              | a              | 2019-05-01      | true             | 2019-05-11    | E4A
    1              | b              | 2019-08-01      | true             | 2019-08-31    | E4A
    2              | c              | 2018-06-01      | true             | 2019-06-01    | X1
    2              | d              | 2019-06-01      | true             | 2019-06-16    | E11
    3              | e              | 2018-05-01      | false            | 2018-05-11    | E4A
    4              | f              | 2019-05-01      | true             |               |

    answer 2018-19
    state not_held

    answer 2019-20
    mean     205
    values   2
"""
