import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.protection.children_on_a_child_protection_plan import (
    children_on_a_child_protection_plan,
)
from kith.insight.periods import Periods


@indicator(
    topic="fairness",
    measure="ratio",
    unit="times",
    when="last_day",
    needs="ssd_cp_plans",
    by="ethnicity",
    against="White",
    source="Kith's own: each group's figure as a multiple of another's; log-normal range (Katz and others, 1978)",
    note="It says that a group is more often there, and not why. Children whose group is not known are in neither.",
)
def ethnic_disparity_in_child_protection_plans(facts: Facts, when: Periods) -> pl.DataFrame:
    """Protection plans, by ethnic group against White children

    How many times as likely children of each ethnic group are to be on a child protection plan as White
    children are, as rates of all children of the group who live here. Fewer than ten children of either group
    are not compared, nor where the group of more than a quarter is not known.
    """
    return children_on_a_child_protection_plan.units(facts, when)


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

    ssd_cp_plans
    cppl_person_id | cppl_cp_plan_id | cppl_cp_plan_start_date
    20x w# | cw# | 2019-05-01
    12x b# | cb# | 2019-05-01
    9x m# | cm# | 2019-05-01
    2x u# | cu# | 2019-05-01

    answer 2019-20
    in Black or Black British: 6
    in Mixed: none
"""
