"""Changing a decision on its page: what it began is told first, the earlier one stays readable."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kith.record.access.models import Restriction
from kith.record.audit.models import Entry
from kith.record.frontdoor import services as frontdoor
from kith.record.frontdoor.models import Concerned, Decision, Message, Referral
from kith.record.frontdoor.services import Named
from kith.record.pathway.deciding_contacts import decide_contact
from kith.record.people.models import Relationship, Role

pytestmark = pytest.mark.django_db
WHY = "The school rang again."


def signed_in(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def head(staff):
    """A manager who works with neither child."""
    return signed_in(staff(Role.SENIOR_MANAGER, name="Hope Head"))


@pytest.fixture
def decided(worker, manager, amira, twin):
    """A decision to assess two children, told by a school."""
    message = frontdoor.write_message(
        children=[Named(person=amira), Named(person=twin)], what_was_said="Hungry.", way="phone", source="2A",
        by=worker, teller_name="Mrs Bell",
    )  # fmt: skip
    done = decide_contact(
        message=message, decision="assess", threshold="4", reason="Hungry.", consent_position="agree",
        lawful_basis="help", by=manager,
    )  # fmt: skip
    return done.decision


def address(decision):
    return reverse("change_decision", args=[decision.thread])


def sent(client, decision, **changes):
    about = [str(row.thread) for row in Concerned.current.all()]
    data = {"to": "nothing", "because": WHY, "about": about, "seen": "{}", **changes}
    return client.post(address(decision), {name: value for name, value in data.items() if value is not None})


def test_the_page_says_what_was_begun_and_chooses_nothing(head, decided):
    page = head.get(address(decided)).content.decode()
    assert "A case is open, and nothing was done in it yet" in page and "Hungry." in page
    assert "Decided: Find out what is needed" in page
    assert " checked" not in page and " selected" not in page


def test_a_manager_who_works_with_nobody_may_change_it_and_the_look_is_written_down(head, decided, amira):
    answer = sent(head, decided)
    assert answer["Location"] == reverse("decided", args=[decided.thread])
    page = head.get(answer["Location"]).content.decode()
    assert "Decided: Nothing more to do" in page and "Before: Find out what is needed" in page
    assert "Undone:" in page and "taken back" in page and WHY in page
    assert Entry.objects.filter(act="opened_for_one_act", person_id=amira.pk).exists()
    assert head.get(f"/child/{amira.pk}/").status_code == 403  # the record stays closed
    assert not Referral.current.exists()


def test_whoever_told_us_hears_of_it_again(head, decided):
    message = Message.current.get()
    frontdoor.reply_to_teller(message=message, words="We will ring.", by=decided.decided_by)
    page = sent(head, decided, because="No need.")
    page = head.get(page["Location"]).content.decode()
    assert "Reply to who told us" in page and reverse("reply", args=[message.thread]) in page
    words = head.get(reverse("reply", args=[message.thread])).content.decode()
    assert "We wrote to you on" in words and "nothing more for us to do now" in words


def test_one_child_alone_may_be_changed(head, decided, amira, twin):
    row = Concerned.current.get(person=twin)
    sent(head, decided, about=[str(row.thread)])
    assert Referral.current.get().person == amira


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"to": None}, "Choose what you decide now"),
        ({"because": " "}, "Write why you change it"),
        ({"about": None}, "Choose for whom it changes"),
        ({"to": "assess"}, "That is what was decided before"),
        ({"to": "1; drop table"}, "problem"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(head, decided, changes, words):
    answer = sent(head, decided, because=changes.get("because", "<script>alert(1)</script>"), **{
        name: value for name, value in changes.items() if name != "because"
    })  # fmt: skip
    page = answer.content.decode()
    assert answer.status_code == 422 and words in page
    assert "<script>alert(1)" not in page
    assert Decision.objects.count() == 1


def test_sent_twice_it_is_changed_once_and_of_two_at_once_the_second_sees_it(head, door, decided):
    sent(head, decided)
    assert sent(head, decided).status_code in {302, 422}
    assert Decision.objects.count() == 2
    answer = sent(door, decided, to="advice", seen=f'{{"{decided.thread}": {decided.pk}}}')
    assert answer.status_code == 409 and "saved this" in answer.content.decode()
    assert Decision.objects.count() == 2


@pytest.fixture
def door(manager):
    return signed_in(manager)


def test_who_may_not(worker, analyst, stranger, decided, client, door, amira):
    for somebody in (worker, analyst, stranger):
        assert signed_in(somebody).get(address(decided)).status_code == 403
    assert client.get(address(decided)).status_code == 302
    assert door.get(reverse("change_decision", args=[1])).status_code == 404
    Restriction.objects.create(person=amira, kind="police", reason="Operation")
    for name in ("decided", "change_decision"):
        answer = door.get(reverse(name, args=[decided.thread]))
        assert answer.status_code == 403 and "Hungry" not in answer.content.decode()


def test_the_front_door_lists_what_was_decided_lately_for_those_who_may_change_it(door, staff, decided):
    link = reverse("decided", args=[decided.thread])
    assert link in door.get(reverse("front_door")).content.decode()
    assert link not in signed_in(staff(Role.DUTY_WORKER)).get(reverse("front_door")).content.decode()
    page = door.get(reverse("message", args=[decided.message_thread])).content.decode()
    assert "Change this decision" in page


def test_a_case_is_closed_with_its_reason_and_says_what_has_not_ended(decided, worker, analyst, amira):
    client, page = signed_in(worker), reverse("close_case", args=[amira.pk])
    today = timezone.localdate()
    data = {
        "on": f"{today.day}/{today.month}/{today.year}", "reason": "RC8", "seen": "{}",
        "children": [amira.pk], "because": "Nan lives with them now.",
    }  # fmt: skip
    answer = client.post(page, data)
    assert answer.status_code == 422 and "Amira Khan: The assessment" in answer.content.decode()
    assert "has not ended" in answer.content.decode() and "It ends first." in answer.content.decode()
    answer = client.post(page, {**data, "because": " "})
    assert answer.status_code == 422 and "in words the family can read" in answer.content.decode()
    assert signed_in(analyst).get(page).status_code == 403
    frontdoor.take_back_referral(Referral.current.get(person=amira), because="x", by=worker)
    assert client.get(page).status_code == 404


def test_the_cases_of_brothers_and_sisters_are_closed_together_with_the_reason_in_words(worker, amira, twin):
    Relationship.objects.create(person=amira, other=twin, kind="sibling")
    today = timezone.localdate()
    frontdoor.receive_referral(
        children=[amira, twin], on=today, source="6", primary_need="N1", is_no_further_action=False, by=worker
    )
    client, page = signed_in(worker), reverse("close_case", args=[amira.pk])
    text = client.get(page).content.decode()
    assert text.count("Nothing remains open.") == 2
    answer = client.post(page, {
        "on": f"{today.day}/{today.month}/{today.year}", "reason": "RC7", "seen": "{}",
        "children": [amira.pk, twin.pk], "because": "Nan lives with them now.",
    })  # fmt: skip
    assert answer.status_code == 302
    closed = Referral.current.filter(closed_on=today)
    assert {(one.person, one.closed_because) for one in closed} == {
        (amira, "Nan lives with them now."), (twin, "Nan lives with them now."),
    }  # fmt: skip
