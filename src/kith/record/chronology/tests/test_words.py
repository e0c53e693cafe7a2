"""Each kind of fact in plain words; unknown codes, hostile text and missing days told as they are."""

from datetime import date

import pytest
from django.apps import apps

from kith.record.care.models import HealthYear, PeriodOfCare, Placement, PreviousPermanence
from kith.record.chronology import words
from kith.record.chronology.kinds import kind, kinds
from kith.record.chronology.telling import TELL, told_by
from kith.record.facts import Fact
from kith.record.people.models import Allocation
from kith.standards.codes import code_list

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (words.placement(placement_type="U6", postcode="NB2 2BB"), "Moved to foster care: in NB2"),
        (
            words.placement(placement_type="U6", provider="PR4"),
            "Moved to foster care: with a private agency's carers",
        ),
        (words.placement(placement_type="K2", provider="PR4"), "Moved to a children's home: run privately"),
        (
            words.placement(placement_type="U3", provider="PR1"),  # nobody runs a grandmother
            "Moved to foster care with a relative or friend",
        ),
        (words.placement(placement_type="K2"), "Moved to a children's home"),
        (words.placement(placement_type="U6", postcode="NB22BB"), "Moved to foster care"),
        (words.placement(placement_type="Q9"), "Moved to a code that is not known (Q9)"),
        (words.legal_status(code="C2"), "Looked after under a full care order"),
        (words.care_started(need="N1"), "Came into care: abuse or neglect"),
        (words.care_ended(end_reason=""), "Left care"),
        (words.previous_permanence(option="Z1"), "No earlier permanent home is known"),
        (words.missing(kind="A"), "Away without permission"),
    ],
)
def test_facts_in_plain_words(text, told):
    assert text == told


def test_a_start_that_is_not_known_is_not_told_as_a_start():
    period = PeriodOfCare(started_on=DAY, is_start_known=False, need="N1")
    assert told_by("care.periodofcare", period)[0].text.startswith("Already in care here")


def test_hostile_text_is_told_as_text_and_a_missing_day_as_none():
    placement = Placement(started_on=DAY, placement_type="<b>X", postcode="\u202e'--")
    assert told_by("care.placement", placement)[0].text == "Moved to a code that is not known (<b>X)"
    home = PreviousPermanence(option="P1", ordered_on="zz/zz/zzzz")
    assert told_by("care.previouspermanence", home)[0].on is None
    assert told_by("care.healthyear", HealthYear(year=2026))[0].text == "Health in the year to 31 March 2026"


def test_a_worker_is_told_without_asking_the_database(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        [line] = told_by("people.allocation", Allocation(worker_id=7, worker_reference="SW9", started_on=DAY))
    assert line.text == "Worker SW9 began to work with the child (social worker)"


def test_every_kind_that_can_be_told_is_in_the_table_and_every_fact_of_a_room_is_told():
    rooms = {"frontdoor", "assessment", "protection", "courts", "care", "leaving", "visits", "documents"}
    facts = {m._meta.label_lower for m in apps.get_models() if issubclass(m, Fact)}
    assert {table for table in facts if table.split(".")[0] in rooms} <= set(TELL)
    assert all(1 <= row.weight <= 9 and row.words for row in kinds().values())
    assert kind("something_new").words == "Something new"


def test_every_code_of_our_own_words_is_in_its_list():
    unknown = [(name, code) for name, code in words.plain_words() if code not in code_list(name)]
    assert unknown == []
