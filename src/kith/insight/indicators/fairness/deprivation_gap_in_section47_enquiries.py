import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.investigation.children_with_a_section47_enquiry import (
    children_with_a_section47_enquiry,
)
from kith.insight.periods import Periods


@indicator(
    topic="fairness",
    measure="ratio",
    unit="times",
    when="during",
    needs="ssd_s47_enquiry",
    by="fifth",
    against="Least deprived fifth",
    source="Kith's own: each group's figure as a multiple of another's; log-normal range (Katz and others, 1978)",
    note="It says that children of some areas are more often there, and not why. Those whose home is not known are in neither.",
)
def deprivation_gap_in_section47_enquiries(facts: Facts, when: Periods) -> pl.DataFrame:
    """Section 47 enquiries: most deprived fifth against least

    How many times as likely children whose home is in the most deprived fifth of areas are to have a section
    47 enquiry as those in the least deprived fifth, as rates of all children who live in such areas. Fewer
    than ten children of either group are not compared, nor where the group of more than a quarter is not
    known.
    """
    return children_with_a_section47_enquiry.units(facts, when)


EXAMPLES = """
    authority E1

    populations
    authority | year | breakdown   | group | children
    E1        | 2020 | deprivation | 1     | 100
    E1        | 2020 | deprivation | 2     | 100
    E1        | 2020 | deprivation | 3     | 200
    E1        | 2020 | deprivation | 4     | 200
    E1        | 2020 | deprivation | 5     | 200
    E1        | 2020 | deprivation | 6     | 200
    E1        | 2020 | deprivation | 7     | 200
    E1        | 2020 | deprivation | 8     | 200
    E1        | 2020 | deprivation | 9     | 200
    E1        | 2020 | deprivation | 10     | 200

    areas
    postcode | area  | decile
    AA1      | North | 1
    AA2      | South | 9

    ssd_address
    addr_table_id | addr_person_id | addr_address_start_date | addr_address_postcode
    20x ad# | d# | 2010-01-01 | AA1 1AA
    10x al# | l# | 2010-01-01 | AA2 1AA

    ssd_s47_enquiry
    s47e_person_id | s47e_s47_enquiry_id | s47e_s47_start_date
    20x d# | ed# | 2019-05-01
    10x l# | el# | 2019-05-01
    2x u# | eu# | 2019-05-01

    answer 2019-20
    in Most deprived fifth: 4
"""
