import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.care.spells import ceasing_care
from kith.insight.indicators.permanence.decisions import ADOPTED, why_starts_are_not_known
from kith.insight.periods import Periods


@indicator(
    topic="permanence",
    measure="mean",
    unit="days",
    needs="kith_periods_of_care ssd_legal_status kith_periods_of_care.kith_end_reason",
    way="less",
    by="age sex ethnicity",
    source="Kith's own",
    note=(
        "To the order, and not to the day on which the child moved in with the family, as "
        "adoption scorecards count."
    ),
    why_not=why_starts_are_not_known,
)
def time_from_care_to_adoption(facts: Facts, when: Periods) -> pl.DataFrame:
    """How long it took from care to adoption

    The mean number of days from the start of care to the adoption order (E11, E12) of children adopted in the
    period. Those whose start in care is not known are left out; where that is so of more than one in twenty
    adopted children, there is no figure.
    """
    days = (pl.col("until") - pl.col("since")).dt.total_days()
    adopted = ceasing_care(facts, when).filter(pl.col("end_reason").is_in(ADOPTED))
    return adopted.with_columns(pl.when("is_start_known").then(days.cast(pl.Float64)).alias("value"))


EXAMPLES = """
    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date | kith_start_known | kith_end_date | kith_end_reason
    1              | a              | 2018-06-01      |                  | 2019-06-01    | E11
    2              | b              | 2017-06-01      | true             | 2019-06-01    | E12
    3              | c              | 2018-05-01      | false            | 2018-06-01    | E12
    4              | d              | 2018-05-01      |                  | 2019-06-01    | E4A

    answer 2018-19
    state not_held

    answer 2019-20
    mean     547.5
    values   2
"""
