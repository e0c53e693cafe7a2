import polars as pl

from kith.insight.ages import age_in_years
from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.care.spells import age, ceasing_care
from kith.insight.periods import Periods

ADULT = 18


@indicator(
    topic="care",
    measure="share",
    unit="children",
    out_of="children leaving care",
    needs="kith_periods_of_care ssd_legal_status ssd_person.pers_dob",
    by="sex ethnicity unaccompanied placement",
    source="Children looked after in England including adoption: 2019 to 2020 (DfE, 2020)",
    published_number="cla_ceased_on_18th_birthday",
    gives_number=True,
)
def children_leaving_care_at_18(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children who left care on their eighteenth birthday

    Of all children who left care in the period, those whose time in care ended on the day they turned 18.
    Somebody born on 29 February turns 18 on 1 March. A child whose date of birth is not known is left out.
    """
    eve = age_in_years(pl.col("born"), pl.col("day").dt.offset_by("-1d"))
    turned = (age() == ADULT) & (eve == ADULT - 1)
    return ceasing_care(facts, when).with_columns(turned.alias("counts"))


EXAMPLES = """
    ssd_person
    pers_person_id | pers_dob
    1              | 2001-06-01
    2              | 2001-06-01
    3              | 2001-06-01
    4              |

    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date | kith_end_date | kith_end_reason
    1              | a              | 2018-05-01      | 2019-06-01    | E5
    2              | b              | 2018-05-01      | 2019-05-31    | E5
    3              | c              | 2018-05-01      | 2019-06-02    | E5
    4              | d              | 2018-05-01      | 2019-06-02    | E5

    answer 2019-20
    share    33.3333
    of       3
    number   1
    children 1
"""
