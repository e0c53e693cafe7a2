import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.care.children_starting_care import children_starting_care
from kith.insight.indicators.fairness.of_here import of_here
from kith.insight.periods import Periods


@indicator(
    topic="fairness",
    measure="ratio",
    unit="times",
    when="during",
    needs="kith_periods_of_care ssd_legal_status",
    by="ethnicity",
    against="White",
    source="Kith's own: each group's figure as a multiple of another's; log-normal range (Katz and others, 1978)",
    note="It says that a group is more often there, and not why. Children whose group is not known are in neither.",
)
def ethnic_disparity_in_children_coming_into_care(facts: Facts, when: Periods) -> pl.DataFrame:
    """Children coming into care, by ethnic group against White

    How many times as likely children of each ethnic group are to come into care as White children are, as
    rates of all children of the group who live here. Children who came to this country alone are left out,
    for they are not of the local population. Fewer than ten children of either group are not compared, nor
    where the group of more than a quarter is not known.
    """
    return of_here(facts, children_starting_care.units(facts, when))


EXAMPLES = """
    authority E1

    populations
    authority | year | breakdown | group                  | children
    E1        | 2020 | ethnicity | White                  | 1000
    E1        | 2020 | ethnicity | Black or Black British | 100
    E1        | 2020 | ethnicity | Mixed                  | 100

    ssd_person
    pers_person_id | pers_ethnicity
    20x w#         | WBRI
    12x b#         | BCRB
    9x m#          | MWBC
    2x u#          | NOBT

    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date
    20x w# | pw# | 2019-05-01
    12x b# | pb# | 2019-05-01
    9x m# | pm# | 2019-05-01
    2x u# | pu# | 2019-05-01

    ssd_legal_status
    lega_person_id | kith_period_id | lega_legal_status | lega_legal_status_start_date
    20x w# | pw# | C2 | 2019-05-01
    12x b# | pb# | C2 | 2019-05-01
    9x m# | pm# | C2 | 2019-05-01
    2x u# | pu# | C2 | 2019-05-01

    ssd_immigration_status
    immi_person_id | immi_immigration_status
    b1             | UASC

    answer 2019-20
    in Black or Black British: 5.5
    in Mixed: none
"""
