"""Asking partners: by list, those who know the family first, several at once, a link for each."""

import re
from datetime import timedelta
from hashlib import sha256
from urllib.parse import quote

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kith.record.access.models import OneTimeLink, Restriction
from kith.record.audit.models import Entry
from kith.record.clocks.queries import clocks_about
from kith.record.frontdoor import services as frontdoor
from kith.record.frontdoor.services import Named
from kith.record.pathway import pregnancy
from kith.record.people import services as people
from kith.record.sharing import services as sharing
from kith.record.sharing.models import Agency, Ask
from kith.standards.dates import long_date

pytestmark = pytest.mark.django_db


@pytest.fixture
def door(manager):
    client = Client()
    client.force_login(manager, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def told(worker, amira):
    return frontdoor.write_message(
        children=[Named(person=amira)], what_was_said="Cold.", way="phone", source="6", by=worker
    )


@pytest.fixture
def known(worker, amira):
    """A school nurse who knows Amira, and a police team in the list."""
    place = sharing.add_agency(name="School nurses", kind="health_visiting", phone="01632 960001", by=worker)
    nurse = sharing.add_professional(name="Ned Nurse", agency=place, email="ned@example.test", by=worker)
    sharing.name_professional(person=amira, professional=nurse, by=worker)
    return nurse, sharing.add_agency(name="Police east", kind="police", by=worker)


def ask(client, message, **changes):
    data = {"why": "A worry.", "power": "protect", "is_urgent": "no", "seen": "{}", **changes}
    return client.post(reverse("ask_partner", args=[message.thread]), data)


def test_those_who_know_the_family_stand_first_and_nobody_is_ticked(door, told, known):
    page = door.get(reverse("ask_partner", args=[told.thread])).content.decode()
    assert page.index("Ned Nurse (School nurses), works with Amira Khan") < page.index("Police east")
    assert " checked" not in page


def test_the_words_of_a_link_lie_in_no_session_before_nor_after_they_are_shown(door, told, known):
    def held():
        words = [str(word) for each in Session.objects.all() for word in each.get_decoded().values()]
        return {sha256(word.encode()).hexdigest() for word in words} & {*hashes()}

    def hashes():
        return OneTimeLink.objects.values_list("token_hash", flat=True)

    answer = ask(door, told, others=[f"a{known[1].thread}"])
    assert hashes() and not held()
    token = re.search(r"/partners/([\w-]{20,})/", door.get(answer["Location"]).content.decode())[1]
    assert not held() and Client().get(reverse("partner_answer", args=[token])).status_code == 200
    assert (
        OneTimeLink.objects.filter(withdrawn_at=None).count() == 1
    )  # the one nobody was shown opens nothing


def test_the_words_to_send_say_the_hour_by_which_the_partners_own_page_needs_it(door, told, known):
    """The link stays open for longer than that; whoever reads the words learns when the answer is needed."""
    answer = ask(door, told, others=[f"a{known[1].thread}"], is_urgent="yes")
    page = door.get(answer["Location"]).content.decode()
    token = re.search(r"/partners/([\w-]{20,})/", page)[1]
    theirs = Client().get(reverse("partner_answer", args=[token])).content.decode()
    needed = re.search(r"We need it by [^<]+\.", theirs)[0]
    assert f"Please answer three questions about a family. {needed} No account" in page
    assert quote(f"Please answer three questions about a family. {needed}") in page  # in their own mail too


def test_several_are_asked_at_once_and_each_link_is_shown_in_turn(door, told, known):
    nurse, police = known
    answer = ask(door, told, known=[f"p{nurse.thread}"], others=[f"a{police.thread}"])
    assert Ask.current.count() == 2
    first, second = Ask.current.order_by("asked_at", "thread")
    assert {first.kind, second.kind} == {"health_visiting", "police"}
    seen = set()
    for _ in range(2):
        page = door.get(answer["Location"]).content.decode()
        seen.add(re.search(r"/partners/([\w-]{20,})/", page)[1])
        answer = door.post(answer["Location"], {"how": "by email", "seen": "{}"})
    assert len(seen) == 2
    assert answer["Location"] == reverse("message", args=[told.thread])
    assert Ask.current.filter(sent_at=None).count() == 0


def test_where_they_are_known_the_mail_is_addressed_and_the_number_stands_there(door, told, known):
    nurse, _ = known
    page = door.get(ask(door, told, known=[f"p{nurse.thread}"])["Location"]).content.decode()
    assert "mailto:ned%40example.test?" in page and "01632 960001" in page


def test_somebody_new_is_asked_and_kept_in_the_list_only_where_that_is_said(door, told):
    ask(door, told, asked_of="Elm Surgery", kind="gp")
    assert not Agency.current.exists()
    ask(door, told, asked_of="Elm Surgery", kind="gp", email="elm@example.test", is_kept="yes")
    assert Agency.current.get().email == "elm@example.test"
    assert Ask.current.order_by("-asked_at").first().agency_thread == Agency.current.get().thread


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Choose whom you ask"),
        ({"asked_of": "Elm Surgery"}, "Choose what kind of agency"),
        ({"known": "a1"}, "problem"),
        ({"asked_of": "Elm", "kind": "gp", "email": "<b>"}, "problem"),
    ],
)
def test_what_is_missing_is_said(door, told, known, changes, words):
    answer = ask(door, told, **changes)
    assert answer.status_code == 422 and words in answer.content.decode()
    assert not Ask.objects.exists()


def partner_page(door, answer):
    page = door.get(answer["Location"]).content.decode()
    address = re.search(r"/partners/[\w-]{20,}/", page)[0]
    return Client().get(address).content.decode()


@pytest.mark.parametrize(("kind", "is_told"), [("police", True), ("gp", False), ("school", False)])
def test_an_adults_name_is_told_only_to_who_needs_it_and_all_that_is_told_is_written_down(
    door, told, worker, amira, someone, kind, is_told
):
    mother = someone("Nadia", "Khan", sex="F")
    people.relate(amira, mother, by=worker, kind="mother")
    before = door.get(reverse("ask_partner", args=[told.thread])).content.decode()
    assert "They are told only this" in before and "Nadia Khan" in before  # said before it is sent
    page = partner_page(door, ask(door, told, asked_of="Elm", kind=kind))
    assert "Amira Khan" in page and ("Nadia Khan" in page) == is_told
    written = Entry.objects.filter(act="told_partner")
    assert {entry.person_id for entry in written} == ({amira.pk, mother.pk} if is_told else {amira.pk})
    assert all(entry.about["to"] == "Elm" and entry.about["shown"] for entry in written)
    assert "They were told: Amira Khan" in door.get(reverse("message", args=[told.thread])).content.decode()


@pytest.mark.parametrize(("kind", "is_told"), [("midwifery", True), ("police", False)])
def test_a_midwife_is_told_who_expects_the_baby_and_when(door, told, worker, amira, someone, kind, is_told):
    mother = someone("Nadia", "Khan", sex="F")
    people.relate(amira, mother, by=worker, kind="mother")
    due = timezone.localdate() + timedelta(days=60)
    (baby,) = pregnancy.expect(mother=mother, expected_on=due, family_name="Khan", by=worker)
    assert "expects a baby" not in door.get(reverse("ask_partner", args=[told.thread])).content.decode()
    people.relate(amira, baby, by=worker, kind="sibling")  # which opens the baby’s record to the asker
    said = f"expects a baby on {long_date(due)}"
    assert said in door.get(reverse("ask_partner", args=[told.thread])).content.decode()
    page = partner_page(door, ask(door, told, asked_of="Elm", kind=kind))
    assert "Nadia Khan" in page and (said in page) == is_told


def test_it_is_said_where_no_adult_can_be_named_to_a_partner_who_looks_by_one(door, told):
    page = door.get(reverse("ask_partner", args=[told.thread])).content.decode()
    assert "no name of theirs is told" in page


def test_who_answered_stands_beside_the_answer(door, told):
    page = door.get(ask(door, told, asked_of="Elm", kind="gp")["Location"]).content.decode()
    address = re.search(r"/partners/[\w-]{20,}/", page)[0]
    said = {"answered_by": "Mo Midwife, team leader", "known_since": "Since spring"}
    assert Client().post(address, said).status_code == 302
    assert "Mo Midwife, team leader" in door.get(reverse("message", args=[told.thread])).content.decode()


def test_a_mother_kept_from_the_asker_and_a_hidden_home_are_told_to_nobody(
    door, worker, manager, amira, someone
):
    mother = someone("Nadia", "Khan", sex="F")
    people.relate(amira, mother, by=worker, kind="mother")
    Restriction.objects.create(person=mother, kind="police", reason="Operation")
    message = frontdoor.write_message(
        children=[Named(person=amira)], what_was_said="Cold.", way="phone", source="6", by=worker,
        home="12 Elm Road", is_home_hidden=True,
    )  # fmt: skip
    page = partner_page(door, ask(door, message, asked_of="Police", kind="police"))
    assert "Amira Khan" in page and "Nadia" not in page and "Elm Road" not in page


def test_the_partner_reads_when_the_answer_is_needed_and_why_and_not_only_when_the_page_ends(door, told):
    (line,) = [one for one in clocks_about("frontdoor.message", [told.thread], timezone.now())
               if one.clock == "FD-03"]  # fmt: skip
    page = partner_page(door, ask(door, told, asked_of="Elm", kind="gp"))
    assert f"We need it by {long_date(line.due_on)}" in page and "has to decide what happens" in page
    assert "This page stays open until" in page


@pytest.fixture
def shown_link(door, worker, amira, twin):
    """A question about Amira and her twin, and the address by which a school answers it."""
    message = frontdoor.write_message(
        children=[Named(person=amira), Named(person=twin)], what_was_said="Cold.", way="phone", source="6",
        by=worker,
    )  # fmt: skip
    page = door.get(ask(door, message, asked_of="Elm School", kind="school")["Location"]).content.decode()
    return Ask.current.get(), re.search(r"/partners/[\w-]{20,}/", page)[0]


@pytest.mark.parametrize("page", ["ask_given", "chase_partner", "partner_rang"])
def test_nobody_goes_on_with_a_question_about_somebody_kept_from_them(door, shown_link, twin, page):
    asked, _ = shown_link
    Restriction.objects.create(person=twin, kind="police", reason="Operation")
    links = OneTimeLink.objects.count()
    for answer in (
        door.get(reverse(page, args=[asked.thread])),
        door.post(reverse(page, args=[asked.thread]), {"how": "by mail", "seen": "{}"}),
    ):
        assert answer.status_code == 403 and "A custodian holds this message" in answer.content.decode()
    assert OneTimeLink.objects.count() == links


@pytest.mark.parametrize("kind", ["police", "sealed_adoption"])
def test_a_partner_reads_nothing_more_of_a_child_who_was_kept_after_the_link_was_made(shown_link, twin, kind):
    _, address = shown_link
    assert "Amira" in Client().get(address).content.decode()
    Restriction.objects.create(person=twin, kind=kind, reason="Kept")
    said = {"answered_by": "Head", "is_family_known": "yes", "known_since": "Since reception", "seen": "{}"}
    for answer in (Client().get(address), Client().post(address, said)):
        page = answer.content.decode()
        assert answer.status_code == 410 and "Khan" not in page and "taken back" in page
    assert "Since reception" in page  # theirs to keep, and to say by phone
    assert Ask.current.get().answered_at is None
