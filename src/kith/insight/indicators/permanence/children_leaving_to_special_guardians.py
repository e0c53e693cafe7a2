import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.care.spells import ceasing_care
from kith.insight.periods import Periods

KIN = ("E45", "E47")
OTHERS = ("E46", "E48")
NOT_TOLD = ("E43", "E44")


@indicator(
    topic="permanence",
    measure="share",
    unit="children",
    out_of="children leaving care for a reason that is told",
    needs="kith_periods_of_care ssd_legal_status kith_periods_of_care.kith_end_reason",
    by="kind age sex ethnicity need",
    kind="Guardian",
    source="Children looked after in England including adoption: 2019 to 2020 (DfE, 2020)",
    published_number="cla_ceased_sgo",
    gives_number=True,
)
def children_leaving_to_special_guardians(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children who left care to a special guardian

    Of all children who left care in the period, those whose latest time in care ended with a special
    guardianship order (E45 to E48; before that E43 and E44). Its kinds are guardians who are relatives or
    friends (E45, E47) and others.
    """
    left = ceasing_care(facts, when).filter(pl.col("end_reason").is_not_null())
    kin = pl.when(pl.col("end_reason").is_in(KIN)).then(pl.lit("Relatives or friends"))
    other = pl.when(pl.col("end_reason").is_in(OTHERS)).then(pl.lit("Others"))
    return left.with_columns(
        pl.col("end_reason").is_in([*KIN, *OTHERS, *NOT_TOLD]).alias("counts"),
        pl.coalesce(kin, other).alias("kind"),
    )


EXAMPLES = """
    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date | kith_end_date | kith_end_reason
    1              | a              | 2018-05-01      | 2019-06-01    | E45
    2              | b              | 2018-05-01      | 2019-06-01    | E48
    3              | c              | 2018-05-01      | 2019-06-01    | E4A
    4              | d              | 2018-05-01      | 2019-06-01    | E43
    5              | e              | 2018-05-01      | 2019-06-01    |

    answer 2019-20
    share    75
    of       4
    number   3
    children 1 2 4
    in Relatives or friends: 1
    in Others: 1
"""
