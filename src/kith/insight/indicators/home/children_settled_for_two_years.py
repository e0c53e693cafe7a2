import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.care.placements import FOR_ADOPTION, homes, living_on_the_last_day
from kith.insight.indicators.care.spells import age
from kith.insight.periods import Periods

OLDEST = 16


@indicator(
    topic="home",
    measure="share",
    unit="children",
    out_of="children under 16 in care for two and a half years",
    when="last_day",
    needs="kith_periods_of_care ssd_legal_status ssd_cla_placement ssd_person.pers_dob",
    looks_back=2,
    way="more",
    by="age sex ethnicity need legal_status placement provider",
    source="NI 63 in the Local authority interactive tool (DfE)",
    note="Few children are in it: a handful moves the figure.",
    published="cla_long_term_stability_pct",
    gives_number=True,
)
def children_settled_for_two_years(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children settled in one home for two years

    Of all children under 16 in care on the last day who had been in care for 30 months or longer and whose
    placements are told, those who had lived with the same carer for 24 months or longer; or who live with the
    family they are placed with for adoption (A3 to A6), if their time there and with the carer before were 24
    months or longer together. Temporary stays (T0 to T4) do not interrupt a home, nor does a change of its
    kind with the same carer; a child who has had nothing else has not settled.
    """
    children = living_on_the_last_day(facts, when).filter(
        age().lt(OLDEST).fill_null(False) & (pl.col("since") <= pl.col("day").dt.offset_by("-30mo"))
    )
    key = ["period", "spell"]
    lived = children.select(*key, "day").join(
        facts.worked_out(homes).select("spell", pl.col("since").alias("home_since"), "began_before"),
        on="spell",
    )
    begun = lived.filter(pl.col("home_since") <= pl.col("day")).sort("home_since").drop("day")
    latest = begun.unique(key, keep="last", maintain_order=True)
    present = children.join(latest, on=key, how="left", maintain_order="left")
    two_years_ago = pl.col("day").dt.offset_by("-24mo")
    for_adoption = pl.col("kind").is_in(FOR_ADOPTION) & (pl.col("began_before") <= two_years_ago)
    settled = (pl.col("home_since") <= two_years_ago).fill_null(False) | for_adoption.fill_null(False)
    is_told = pl.col("usual").is_not_null()
    return present.with_columns(pl.when(is_told).then(settled).alias("counts"))


EXAMPLES = """
    ssd_person
    pers_person_id | pers_dob
    1              | 2010-01-01
    2              | 2010-01-01
    3              | 2010-01-01
    4              | 2010-01-01
    5              | 2004-03-31
    6              | 2010-01-01
    7              | 2010-01-01
    8              | 2010-01-01
    9              | 2010-01-01

    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date | kith_start_known
    1              | c1             | 2017-09-30      |
    2              | c2             | 2016-05-01      |
    3              | c3             | 2016-05-01      | false
    4              | c4             | 2017-10-01      |
    5              | c5             | 2016-05-01      |
    6              | c6             | 2016-05-01      |
    7              | c7             | 2016-05-01      |
    8              | c8             | 2016-05-01      |
    9              | c9             | 2016-05-01      |

    ssd_cla_placement
    clap_cla_id | clap_cla_placement_id | clap_cla_placement_type | clap_cla_placement_start_date | clap_cla_placement_end_date | kith_carer
    c1          | p1                    | U6                      | 2017-09-30                    | 2018-03-31                  | A
    c1          | p2                    | U6                      | 2018-03-31                    | 2019-05-01                  | B
    c1          | p3                    | T3                      | 2019-05-01                    | 2019-05-10                  | C
    c1          | p4                    | U4                      | 2019-05-10                    |                             | B
    c2          | p5                    | U6                      | 2016-05-01                    | 2018-04-01                  | A
    c2          | p6                    | U6                      | 2018-04-01                    |                             | B
    c3          | p7                    | U4                      | 2016-05-01                    | 2019-05-01                  | A
    c3          | p8                    | A3                      | 2019-05-01                    |                             | A
    c4          | p9                    | U4                      | 2017-10-01                    |                             | A
    c5          | p10                   | U4                      | 2016-05-01                    |                             | A
    c6          | p11                   | U6                      | 2016-05-01                    | 2020-01-01                  | A
    c6          | p12                   | A6                      | 2020-01-01                    |                             | B
    c8          | p13                   | U4                      | 2016-05-01                    | 2019-12-01                  | A
    c9          | p14                   | T2                      | 2016-05-01                    | 2020-04-05                  | A
    c9          | p15                   | U4                      | 2020-04-05                    |                             | B

    answer 2019-20
    share    60
    of       5
    children 1 3 6
"""
