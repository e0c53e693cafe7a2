import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.care.spells import HOME_TO_PARENTS, age, spells_of_care
from kith.insight.periods import Periods

OLDEST = 17


@indicator(
    topic="permanence",
    measure="share",
    unit="returns home",
    out_of="returns home a year before",
    needs=("kith_periods_of_care ssd_legal_status kith_periods_of_care.kith_end_reason ssd_person.pers_dob"),
    looks_back=1,
    way="less",
    by="age sex ethnicity need area deprivation",
    source="Kith's own",
    note=(
        "A child whom another authority took into care afterwards is not seen. It speaks of "
        "those who went home the year before."
    ),
)
def children_back_in_care_within_a_year_of_going_home(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children back in care within a year of going home

    Of all times in care that ended with the child going home to a parent (E4A, E4B; E4 before 2015) in the
    twelve months before the period, each twelve months before a day of it, those after which the child came
    into care again within twelve months: a known start from the day after to the same date a year later.
    Children who were 17 or older when they went home are left out. So every return home has been followed for
    a whole year.
    """
    spells = facts.worked_out(spells_of_care)
    home = spells.filter(pl.col("end_reason").is_in(HOME_TO_PARENTS)).with_columns(
        pl.col("until").alias("day"), pl.col("until").dt.offset_by("12mo").alias("year_on")
    )
    known = spells.filter("is_start_known").select("person", pl.col("since").alias("again"))
    back = (
        home.join(known, on="person")
        .filter((pl.col("again") > pl.col("until")) & (pl.col("again") <= pl.col("year_on")))
        .select("spell")
    )
    told = home.filter(age().lt(OLDEST).fill_null(False)).with_columns(
        pl.col("spell").is_in(back["spell"].unique().implode()).alias("counts"), pl.col("spell").alias("item")
    )
    return when.during(told, "year_on")


EXAMPLES = """
    ssd_person
    pers_person_id | pers_dob
    1              | 2010-01-01
    2              | 2010-01-01
    3              | 2010-01-01
    4              | 2010-01-01
    5              | 2001-06-01
    6              | 2010-01-01
    7              | 2010-01-01

    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date | kith_end_date | kith_end_reason | kith_start_known
    1              | a              | 2017-05-01      | 2018-06-01    | E4A             |
    1              | b              | 2019-06-01      |               |                 |
    2              | c              | 2017-05-01      | 2018-06-01    | E4B             |
    2              | d              | 2019-06-02      |               |                 |
    3              | e              | 2017-05-01      | 2018-06-01    | E13             |
    3              | f              | 2018-07-01      |               |                 |
    4              | g              | 2017-05-01      | 2018-06-01    | E4A             |
    4              | h              | 2018-07-01      |               |                 |
    5              | i              | 2017-05-01      | 2018-06-01    | E4A             |
    5              | j              | 2018-07-01      |               |                 |
    6              | k              | 2017-05-01      | 2019-06-01    | E4A             |
    6              | l              | 2019-07-01      |               |                 |
    7              | m              | 2017-05-01      | 2018-06-01    | E4A             |
    7              | n              | 2018-06-01      |               |                 |

    ssd_legal_status
    lega_person_id | kith_period_id | lega_legal_status | lega_legal_status_start_date
    4              | h              | V4                | 2018-07-01

    answer 2019-20
    share    25
    of       4
    children 1
"""
