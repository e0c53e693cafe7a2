import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.care.spells import spells_of_care, starting_care
from kith.insight.periods import Periods

PERMANENT = ("P1", "P2", "P3")
NONE_BEFORE = "Z1"


@indicator(
    topic="permanence",
    measure="share",
    unit="children",
    out_of="children coming into care of whom it is told",
    needs="kith_periods_of_care ssd_legal_status ssd_cla_previous_permanence",
    way="less",
    by="age sex ethnicity need area deprivation",
    source=(
        "Children looked after by local authorities, guide to the SSDA903 (DfE, 2024), "
        "PREV_PERM; the share is Kith's own"
    ),
)
def children_starting_care_after_a_permanent_home(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children who came back after adoption or guardianship

    Of all children whose time in care began in the period and of whom it is told what permanent home they had
    before, those who had left care, here or elsewhere, for adoption (P1), special guardianship (P2) or a
    residence or child arrangements order (P3). Those of whom it is not known (P4) are left out. What is told
    speaks of a child's latest start, so those who started again after the period are left out too.
    """
    options = (
        facts["ssd_cla_previous_permanence"]
        .sort("lapp_table_id")
        .select(
            pl.col("lapp_person_id").alias("person"),
            pl.col("lapp_previous_permanence_option").alias("option"),
        )
    )
    latest = facts.worked_out(spells_of_care).group_by("person").agg(pl.col("since").max().alias("latest"))
    starts = (
        starting_care(facts, when)
        .join(options.unique("person", keep="last", maintain_order=True), on="person", how="left")
        .join(latest, on="person")
    )
    is_told = pl.col("option").is_in([*PERMANENT, NONE_BEFORE]) & (pl.col("since") == pl.col("latest"))
    return starts.with_columns(pl.when(is_told).then(pl.col("option").is_in(PERMANENT)).alias("counts"))


EXAMPLES = """
    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date | kith_end_date | kith_end_reason
    1              | a              | 2019-05-01      |               |
    2              | b              | 2019-05-01      |               |
    3              | c              | 2019-05-01      |               |
    4              | d              | 2019-05-01      |               |
    5              | e              | 2019-05-01      | 2019-07-01    | E4A
    5              | f              | 2020-05-01      |               |

    ssd_cla_previous_permanence
    lapp_table_id | lapp_person_id | lapp_previous_permanence_option
    1             | 1              | P2
    2             | 2              | Z1
    3             | 3              | P4
    5             | 5              | P1

    answer 2019-20
    share    50
    of       2
    children 1
"""
