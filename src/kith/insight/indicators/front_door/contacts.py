import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases import referrals as told
from kith.insight.periods import Periods


@indicator(
    topic="front_door",
    measure="number",
    unit="messages",
    needs="ssd_contacts",
    by="age sex ethnicity kind",
    kind="Who it came from",
    source="Kith's own; no return counts them",
    note="What is written down as a contact differs between authorities by ten times, for instance where the "
    "police send every notice. An authority's number can only be set beside its own of other years.",
    is_per_child=False,
)
def contacts(facts: Facts, when: Periods) -> pl.DataFrame:
    """Messages about children

    Contacts about a child that came in the period, those that became a referral among them. One a child, day
    and source: the same message written down twice counts once.
    """
    return when.during(facts.worked_out(told.contacts), "day")


EXAMPLES = """
    ssd_contacts
    cont_contact_id | cont_person_id | cont_contact_date | cont_contact_source_code
    a               | 1              | 2019-04-01        | 6
    b               | 1              | 2019-04-01        | 6
    c               | 1              | 2019-04-01        | 2A
    d               | 2              | 2020-03-31        | 6
    e               | 2              | 2020-04-01        | 6
    f               | 3              |                   | 6

    answer 2019-20
    number   3
    children 1 2
"""
