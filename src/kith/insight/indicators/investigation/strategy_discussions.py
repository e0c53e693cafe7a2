import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.not_held import nothing_is_told
from kith.insight.periods import Periods


@indicator(
    topic="investigation",
    measure="share",
    unit="discussions",
    out_of="strategy discussions",
    needs="strategy_discussions",
    by="age sex ethnicity team worker",
    source="Working Together to Safeguard Children (2023); no published figure",
    gives_number=True,
)
def strategy_discussions(facts: Facts, when: Periods) -> pl.DataFrame:
    """Strategy discussions that led to an enquiry

    Of the discussions between social work, police and health about a child in the period, those that led to a
    section 47 enquiry.
    """
    return nothing_is_told()


EXAMPLES = """
    ssd_s47_enquiry
    s47e_s47_enquiry_id | s47e_person_id | s47e_s47_start_date
    a                   | 1              | 2019-06-03

    answer 2019-20
    share none
    state not_held
    why   Kith does not hold discussions with police and health before an enquiry yet. No return asks for them.
"""
