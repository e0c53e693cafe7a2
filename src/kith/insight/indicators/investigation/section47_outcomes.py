import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.enquiries import enquiries_ended_in
from kith.insight.periods import Periods

_FIRST_THAT_APPLIES = {
    "Child protection conference": ("CP_CONFERENCE_FLAG",),
    "Legal action": ("LEGAL_ACTION_FLAG",),
    "Services": ("PROV_OF_SERVICES_FLAG", "PROV_OF_SB_CARE_FLAG"),
    "The assessment goes on": ("NFA_CONTINUE_SINGLE_FLAG",),
    "Watching": ("MONITOR_FLAG",),
    "No further action": ("NFA_FLAG",),
}
_OTHER = "Another outcome"


@indicator(
    topic="investigation",
    measure="mix",
    unit="enquiries",
    needs="ssd_s47_enquiry ssd_s47_enquiry.s47e_s47_end_date ssd_s47_enquiry.s47e_s47_outcome_json",
    by="kind",
    kind="Outcome",
    source="Standard Safeguarding Dataset, outcomes of section 47 enquiries; no published figure",
    note="A CIN census tells only whether a conference was held, so it cannot tell this.",
)
def section47_outcomes(facts: Facts, when: Periods) -> pl.DataFrame:
    """How section 47 enquiries ended

    Of the section 47 enquiries that ended in the period with an outcome, the share with each. Of several
    outcomes the first counts in this order: a child protection conference, legal action, services, the
    assessment goes on, watching, no further action, another.
    """
    rows = facts.worked_out(enquiries_ended_in, when)
    is_told = pl.col("outcomes").is_not_null() | pl.col("is_no_further").fill_null(False)
    return rows.filter(is_told).with_columns(_outcome().alias("kind"))


def _outcome() -> pl.Expr:
    of_none = pl.col("is_no_further").fill_null(False)
    kind = pl.lit(_OTHER)
    for name, codes in reversed(_FIRST_THAT_APPLIES.items()):
        applies = pl.col("outcomes").list.set_intersection(list(codes)).list.len().fill_null(0) > 0
        kind = (
            pl.when(applies | of_none if "NFA_FLAG" in codes else applies).then(pl.lit(name)).otherwise(kind)
        )
    return kind


EXAMPLES = """
    ssd_s47_enquiry
    s47e_s47_enquiry_id | s47e_person_id | s47e_s47_start_date | s47e_s47_end_date | s47e_s47_outcome_json                   | s47e_s47_nfa
    a                   | 1              | 2019-03-03          | 2019-04-01        | ["CP_CONFERENCE_FLAG", "MONITOR_FLAG"]  |
    b                   | 2              | 2019-06-03          | 2019-06-12        | {"NFA_FLAG": "Y", "MONITOR_FLAG": "N"}  |
    c                   | 3              | 2019-06-03          | 2019-06-12        |                                         | Y
    d                   | 4              | 2019-06-03          | 2019-06-12        | ["OTHER_OUTCOMES_EXIST_FLAG"]           | N
    e                   | 5              | 2019-06-03          | 2019-06-12        |                                         | N
    f                   | 6              | 2020-03-30          | 2020-04-01        | ["NFA_FLAG"]                            |
    g                   | 7              | 2019-06-03          |                   |                                         |
    h                   | 8              | 2019-06-03          | 2019-06-12        | PROV_OF_SB_CARE_FLAG, NFA_FLAG          |

    answer 2019-20
    number                          5
    children                        1 2 3 4 8
    in Child protection conference: 1
    in No further action:           2
    in Services:                    1
    in Another outcome:             1
"""
