"""How somebody can be reached without danger, and what is refused."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kith.record.audit.models import Entry
from kith.record.people import services
from kith.record.people.models import MayFamilyRead, Role, SafeContact
from kith.record.people.safe_contact import (
    NotSafe,
    check_safe_to_send,
    in_words,
    safe_contacts_of,
)
from kith.record.refusals import NotAllowed, NotPossible
from kith.record.versions import VersionClash

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 2)


def may_send(person, way, **where_and_when):
    try:
        check_safe_to_send(person, way, **where_and_when)
    except NotSafe:
        return False
    return True


@pytest.fixture
def worker(staff):
    return staff(Role.SOCIAL_WORKER)


@pytest.fixture
def mother(someone):
    return someone("Sana", "Khan")


@pytest.fixture
def say(worker, mother):
    def say(way, *, is_safe=True, **more):
        told = {"said_by": "Sana", "started_on": DAY, **more}
        return services.record_safe_contact(mother, by=worker, way=way, is_safe=is_safe, **told)

    return say


@pytest.mark.parametrize(
    "way, is_safe",
    [
        ("call", True),  # a call that leaves no message
        ("in_person", True),
        ("text", False),
        ("email", False),
        ("letter", False),
        ("school", False),
        ("somebody", False),
    ],
)
def test_where_nobody_said_only_a_call_or_a_visit_is_safe(mother, way, is_safe):
    assert may_send(mother, way) == is_safe


def test_a_way_that_was_said_to_be_safe_is_safe_and_tells_what_to_heed(mother, say):
    say("text", where="07700 900001", when="after 6", who_must_not_know="Karim")
    [heed] = check_safe_to_send(mother, "text", where="07700900001")
    assert in_words(heed) == (
        "Text message (07700 900001): safe, after 6, do not say who you are, Karim must not know, "
        "said by Sana"
    )


def test_another_number_was_not_said_to_be_safe(mother, say):
    say("text", where="07700 900001")
    assert not may_send(mother, "text", where="07700 900002")


def test_what_is_never_to_be_used_is_refused_even_a_call(mother, say):
    say("call", is_safe=False, who_must_not_know="Karim")
    with pytest.raises(NotSafe, match=r"must not be reached by phone call: .*Karim must not know") as refused:
        check_safe_to_send(mother, "call")
    assert "say why" in refused.value.next_step


def test_a_reason_lets_it_through(mother, say):
    never = say("letter", is_safe=False)
    assert check_safe_to_send(mother, "letter", because="The court ordered it by post") == [never]
    with pytest.raises(NotSafe):
        check_safe_to_send(mother, "letter", because="  ")


def test_a_message_is_left_only_where_somebody_said_it_may_be(say):
    assert "leave no message" in in_words(say("call"))
    assert "leave no message" not in in_words(say("call", may_leave_message=True, may_say_who_we_are=True))


def test_what_was_said_of_the_same_number_before_ends(mother, say):
    first = say("text", where="07700 900001")
    say("text", is_safe=False, where="07700 900001", started_on=DAY + timedelta(days=3))
    assert [one.is_safe for one in safe_contacts_of([mother.pk])] == [False]
    assert SafeContact.current.get(thread=first.thread).ended_on == DAY + timedelta(days=3)


def test_what_is_not_safe_is_told_first(mother, say):
    say("call")
    say("text", is_safe=False)
    assert [one.way for one in safe_contacts_of([mother.pk])] == ["text", "call"]


def test_what_was_said_holds_from_its_day_and_until_it_is_ended(mother, say, worker):
    said = say("text")
    assert not may_send(mother, "text", on=DAY - timedelta(days=1))
    services.end_safe_contact(said, by=worker, on=timezone.localdate(), because="She has a new telephone")
    assert not may_send(mother, "text")


def test_what_was_said_of_a_merged_record_holds_for_the_kept_one(mother, say, someone, staff):
    say("text", is_safe=False)
    kept = someone("Sana", "Kahn")
    services.merge(kept, mother, by=staff(Role.TEAM_MANAGER), reason="One mother")
    with pytest.raises(NotSafe):
        check_safe_to_send(kept, "text")


def test_writing_it_down_needs_the_power_and_somebody_who_said_so_and_is_audited(mother, say, staff):
    with pytest.raises(NotAllowed):
        services.record_safe_contact(
            mother, by=staff(Role.ANALYST), way="call", is_safe=True, said_by="Sana", started_on=DAY
        )
    with pytest.raises(NotPossible, match="Nobody stands behind"):
        say("call", said_by=" ")
    assert not Entry.objects.filter(act="safe_contact_recorded").exists()
    say("call")
    assert Entry.objects.get(act="safe_contact_recorded").person_id == mother.pk


def test_ending_it_needs_a_reason_and_the_version_that_was_seen(say, worker):
    said = say("call")
    with pytest.raises(NotPossible, match="needs a reason"):
        services.end_safe_contact(said, by=worker, on=DAY, because="")
    services.end_safe_contact(said, by=worker, on=DAY, because="Moved", expected=said.pk)
    with pytest.raises(VersionClash):
        services.end_safe_contact(said, by=worker, on=DAY, because="Moved", expected=said.pk)
    assert Entry.objects.filter(act="safe_contact_ended").count() == 1


def test_whether_the_family_may_read_has_three_answers_and_none_is_chosen():
    assert list(MayFamilyRead) == ["yes", "not_yet", "no"]
    assert "" not in MayFamilyRead.values  # blank: nobody said
