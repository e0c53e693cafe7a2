import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.leaving.leavers import (
    OLDEST_STAYING,
    care_leavers_of_the_year,
    left_foster_care_at_18,
    why_not_told,
)
from kith.insight.periods import Periods


@indicator(
    topic="leaving",
    measure="share",
    unit="young people",
    out_of="care leavers aged 19 and 20 who left foster care at 18",
    needs=(
        "kith_care_leaver_years|ssd_care_leavers ssd_person.pers_dob kith_periods_of_care "
        "ssd_legal_status ssd_cla_placement"
    ),
    looks_back=3,
    way="more",
    by="sex ethnicity unaccompanied",
    source=("Children looked after in England including adoption: 2019 to 2020 (DfE, 2020), care leavers"),
    published="staying_put_19_20_pct",
    gives_number=True,
    why_not=why_not_told,
)
def care_leavers_staying_with_foster_carers(facts: Facts, when: Periods) -> pl.DataFrame:
    """Young people who stayed with their foster carers after 18

    Of all care leavers aged 19 and 20 who left care on their eighteenth birthday from foster care (U1 to U6),
    those who live with their former foster carers (Z).

    Young people are told once a year. Those who have died, or went back to live with their parents for six
    months or more, are left out.
    """
    left = facts.worked_out(left_foster_care_at_18)
    rows = care_leavers_of_the_year(facts, when).filter(pl.col("age") <= OLDEST_STAYING)
    eligible = rows.join(left, on="person", how="semi")
    return eligible.with_columns(pl.col("accommodation").str.contains("^Z").fill_null(False).alias("counts"))


EXAMPLES = """
    ssd_person
    pers_person_id | pers_dob
    1              | 2000-06-01
    2              | 2000-06-01
    3              | 2000-06-01
    4              | 2000-06-01
    5              | 1998-06-01
    6              | 2000-06-01

    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date | kith_end_date | kith_end_reason
    1              | c1             | 2015-05-01      | 2018-06-01    | E17
    2              | c2             | 2015-05-01      | 2018-06-01    | E5
    3              | c3             | 2015-05-01      | 2018-06-01    | E5
    4              | c4             | 2015-05-01      | 2018-05-31    | E4A
    5              | c5             | 2015-05-01      | 2016-06-01    | E17
    6              | c6             | 2015-05-01      | 2018-06-01    | E5

    ssd_cla_placement
    clap_cla_id | clap_cla_placement_id | clap_cla_placement_type | clap_cla_placement_start_date | clap_cla_placement_end_date
    c1          | p1                    | U4                      | 2015-05-01                    | 2018-05-25
    c1          | p2                    | T1                      | 2018-05-25                    |
    c2          | p3                    | U1                      | 2015-05-01                    | 2018-06-01
    c3          | p4                    | U4                      | 2015-05-01                    | 2018-05-01
    c3          | p5                    | K2                      | 2018-05-01                    |
    c4          | p6                    | U4                      | 2015-05-01                    |
    c5          | p7                    | U4                      | 2015-05-01                    |
    c6          | p8                    | U4                      | 2015-05-01                    | 2018-02-01

    kith_care_leaver_years
    kith_care_leaver_year_id | kith_person_id | kith_year | kith_in_touch | kith_activity | kith_accommodation
    1                        | 1              | 2020      | YES           | F1            | Z1
    2                        | 2              | 2020      | YES           | F1            | U1
    3                        | 3              | 2020      | YES           | F1            | Z1
    4                        | 4              | 2020      | YES           | F1            | Z1
    5                        | 5              | 2020      | YES           | F1            | Z1
    6                        | 6              | 2020      | YES           | F1            | Z1

    answer 2019-20
    share    50
    of       2
    children 1
"""
