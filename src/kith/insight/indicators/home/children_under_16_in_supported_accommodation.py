import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.care.placements import lives_in, living_on_the_last_day
from kith.insight.indicators.care.spells import age
from kith.insight.periods import Periods


@indicator(
    topic="home",
    measure="number",
    unit="children",
    when="last_day",
    needs="kith_periods_of_care ssd_legal_status ssd_cla_placement ssd_person.pers_dob",
    way="less",
    by="age sex ethnicity need unaccompanied provider",
    source="Kith's own",
    note=(
        "Since September 2021 nobody under 16 may be placed in accommodation that is not "
        "regulated (knowledge)."
    ),
    is_per_child=False,
)
def children_under_16_in_supported_accommodation(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children under 16 in supported accommodation

    Every child in care on the period's last day who has not had their sixteenth birthday by then and whose
    usual home is supported accommodation or independent living (K3; H5 and P2 before it).
    """
    young = living_on_the_last_day(facts, when).filter(age() < 16)
    return young.filter(lives_in("K3", "H5", "P2").fill_null(False))


EXAMPLES = """
    ssd_person
    pers_person_id | pers_dob
    1              | 2004-04-01
    2              | 2004-03-31
    3              |
    4              | 2004-04-01

    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date
    1              | c1             | 2018-05-01
    2              | c2             | 2018-05-01
    3              | c3             | 2018-05-01
    4              | c4             | 2018-05-01

    ssd_cla_placement
    clap_cla_id | clap_cla_placement_id | clap_cla_placement_type | clap_cla_placement_start_date
    c1          | p1                    | K3                      | 2018-05-01
    c2          | p2                    | K3                      | 2018-05-01
    c3          | p3                    | K3                      | 2018-05-01
    c4          | p4                    | U4                      | 2018-05-01

    answer 2019-20
    number   1
    children 1
"""
