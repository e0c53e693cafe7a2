import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.care.spells import starting_care
from kith.insight.periods import Periods


@indicator(
    topic="permanence",
    measure="share",
    unit="children",
    out_of="children coming into care",
    needs="kith_periods_of_care ssd_legal_status",
    looks_back=1,
    way="less",
    by="age sex ethnicity need unaccompanied area deprivation",
    source="Kith's own",
    note=(
        "It is at least this many: care before the first year that is told, or elsewhere, is "
        "not seen, and an adopted child comes back under a new number."
    ),
)
def children_starting_care_who_had_been_in_care_before(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children coming into care who had been in care before

    Of all children whose time in care began in the period, those who had been in care before: an earlier time
    in care, of any length and however long ago, that had ended by the day of the latest start. Series of
    short breaks do not count as earlier care.
    """
    return starting_care(facts, when).with_columns(pl.col("before").is_not_null().alias("counts"))


EXAMPLES = """
    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date | kith_end_date | kith_end_reason
    1              | a              | 2012-05-01      | 2013-05-01    | E4A
    1              | b              | 2019-05-01      |               |
    2              | c              | 2019-05-01      |               |
    3              | d              | 2018-05-01      | 2019-05-01    | E4A
    3              | e              | 2019-06-01      |               |

    ssd_legal_status
    lega_person_id | kith_period_id | lega_legal_status | lega_legal_status_start_date
    3              | d              | V4                | 2018-05-01

    answer 2019-20
    share    33.3333
    of       3
    children 1
"""
