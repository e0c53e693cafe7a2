import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.care.spells import SHORT_BREAKS, legal_statuses, starting_care
from kith.insight.periods import Periods

AGREEMENT = "V2"


@indicator(
    topic="care",
    measure="share",
    unit="children",
    out_of="children coming into care whose legal status is told",
    needs="kith_periods_of_care ssd_legal_status",
    by="age sex ethnicity need unaccompanied area deprivation",
    source="Children looked after in England including adoption: 2019 to 2020 (DfE, 2020)",
    note=("Of a young person who came to this country alone, no parent agreed: read it without them."),
    published_number="cla_starting_s20",
    gives_number=True,
)
def children_starting_care_by_agreement(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children who came into care by agreement

    Of all children whose time in care began in the period, those whose first legal status then was
    accommodation under section 20 of the Children Act 1989 (V2). Short breaks (V3, V4) are not meant. A child
    whose legal status is not told is left out.
    """
    first = (
        facts.worked_out(legal_statuses)
        .filter(~_is_break() & pl.col("until").gt(pl.col("since")).fill_null(True))
        .unique("spell", keep="first", maintain_order=True)
    )
    agreed = first.select("spell", pl.col("code").eq(AGREEMENT).alias("counts"))
    return starting_care(facts, when).join(agreed, on="spell", how="left")


def _is_break() -> pl.Expr:
    return pl.col("code").is_in(SHORT_BREAKS).fill_null(False)


EXAMPLES = """
    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date
    1              | a              | 2019-05-01
    2              | b              | 2019-05-01
    3              | c              | 2019-05-01
    4              | d              | 2018-05-01
    5              | e              | 2019-05-01
    6              | f              | 2019-05-01

    ssd_legal_status
    lega_person_id | kith_period_id | lega_legal_status | lega_legal_status_start_date | lega_legal_status_end_date
    1              | a              | V2                | 2019-05-01                   | 2019-06-01
    1              | a              | C1                | 2019-06-01                   |
    2              | b              | L1                | 2019-05-01                   | 2019-05-03
    2              | b              | V2                | 2019-05-03                   |
    4              | d              | V3                | 2018-05-01                   | 2019-05-01
    4              | d              | V2                | 2019-05-01                   |
    5              | e              | V2                | 2019-05-01                   | 2019-05-01
    5              | e              | C1                | 2019-05-01                   |
    6              | f              |                   | 2019-05-01                   | 2019-07-01
    6              | f              | V2                | 2019-07-01                   |

    answer 2019-20
    share    50
    of       4
    number   2
    children 1 4
"""
