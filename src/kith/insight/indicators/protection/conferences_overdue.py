import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.enquiries import conferences_awaited
from kith.insight.periods import Periods
from kith.insight.working_days import working_days_between
from kith.standards.clocks import clock

_LIMIT = clock("CP-02").amount


@indicator(
    topic="protection",
    measure="number",
    unit="enquiries",
    when="last_day",
    needs="ssd_s47_enquiry ssd_initial_cp_conference ssd_cin_episodes",
    way="less",
    by="age sex ethnicity need area deprivation team worker",
    source="Working Together to Safeguard Children (2023), the limit of 15 working days",
    note="A CIN census does not say that an enquiry ended, only that no conference was needed, so its number "
    "is higher where that was not written down.",
    is_per_child=False,
)
def conferences_overdue(facts: Facts, when: Periods) -> pl.DataFrame:
    """Conferences due and not held

    Section 47 enquiries that had begun more than 15 working days before the period's last day, and still
    waited for their conference then. One does not wait where none is needed, where the enquiry ended without
    calling for a conference, or where the case closed; under no referral, when 90 days have gone by.
    """
    waiting = when.on_the_last_day(facts.worked_out(conferences_awaited), "since", "over")
    rows = waiting.with_columns(when.last_day().alias("last"))
    late = rows.filter(working_days_between("day", "last") > _LIMIT)
    return late.with_columns(pl.col("last").alias("day"))


EXAMPLES = """
    ssd_cin_episodes
    cine_referral_id | cine_person_id | cine_referral_date | cine_close_date
    r                | 1              | 2020-03-01         |
    s                | 2              | 2020-03-01         | 2020-03-31

    ssd_s47_enquiry
    s47e_s47_enquiry_id | s47e_person_id | s47e_referral_id | s47e_s47_start_date | s47e_s47_end_date | s47e_s47_outcome_json   | kith_conference_not_required
    a                   | 1              | r                | 2020-03-09          |                   |                         |
    b                   | 2              | r                | 2020-03-10          |                   |                         |
    c                   | 3              | s                | 2020-03-02          |                   |                         |
    d                   | 4              | r                | 2020-03-02          |                   |                         | true
    e                   | 5              | r                | 2020-03-02          | 2020-03-12        | ["CP_CONFERENCE_FLAG"]  | false
    f                   | 6              | r                | 2020-03-02          | 2020-03-12        | ["NFA_FLAG"]            |
    g                   | 7              | r                | 2020-03-02          |                   |                         |
    h                   | 8              | r                | 2020-03-02          |                   |                         |
    i                   | 9              |                  | 2020-01-01          |                   |                         |
    j                   | 10             |                  | 2019-12-31          |                   |                         |
    k                   | 11             | x                | 2020-03-02          |                   |                         |

    ssd_initial_cp_conference
    icpc_icpc_id | icpc_person_id | icpc_s47_enquiry_id | icpc_icpc_date
    1            | 7              | g                   | 2020-03-31
    2            | 8              |                     | 2020-04-01

    answer 2019-20
    number   4
    children 1 5 8 9
"""
