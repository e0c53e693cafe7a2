"""What we were told, on a child's page and beside an assessment: short, and a way to the whole of it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kith.record.access.models import Restriction
from kith.record.frontdoor import services as frontdoor
from kith.record.frontdoor.queries import concerned_by, messages_about
from kith.record.frontdoor.services import Named, receive_referral
from kith.record.once import reading
from kith.record.pathway import assessed
from kith.record.pathway.deciding_contacts import ForChild, decide_contact
from kith.record.people.models import Role
from kith.record.people.permissions import can
from kith.record.people.queries import remembering_roles
from kith.record.sharing import services as sharing
from kith.web.front_door.told import LONGEST, first_line, told_about

pytestmark = pytest.mark.django_db
SAID = "Amira was cold, and Zeb took her lunch."


def page(user, name, *args):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(reverse(name, args=args))


def write(by, *children, said=SAID, days=1, source="2A"):
    return frontdoor.write_message(
        children=[Named(person=child) for child in children], what_was_said=said, way="phone",
        source=source, received_at=timezone.now() - timedelta(days=days), by=by,
    )  # fmt: skip


def decide(message, manager, decision="advice", children=None):
    return decide_contact(
        message=message, decision=decision, threshold="2", reason="Enough was known to say so.",
        consent_position="agree", lawful_basis="help", by=manager, children=children or {},
    )  # fmt: skip


def answered(message, worker, child, **said):
    asked = sharing.ask_partner(
        about=message, asked_of="Brook School", kind="school", why="A worry.", power="Help", shown=[],
        children=[child], by=worker,
    )  # fmt: skip
    return sharing.write_answer(ask=asked.ask, answered_by="A. Head", by=worker, is_family_known=True, **said)


@pytest.fixture
def zeb(someone):
    """A child of another worker's, whose record Amira's worker may not open."""
    return someone("Zeb", "Marsh", date_of_birth=timezone.localdate() - timedelta(days=3000))


def test_the_named_worker_reads_each_message_and_answer_with_a_way_to_the_whole(worker, manager, amira):
    old = write(worker, amira, said="Shouting at night.\nAnd the night before.", days=9)
    decide(old, manager)
    new = write(worker, amira, said="<script>alert(1)</script>", days=1)
    answered(new, worker, amira, worries_and_strengths="Tired in class.\nMore of it.")
    shown = page(worker, "story", amira.pk).content.decode()
    part = shown[shown.index('id="told-title"') :]
    assert part.index(reverse("message", args=[new.thread])) < part.index("Shouting at night.")
    assert "Advice, or a service that can help." in part and "Waits for a decision." in part
    assert "Brook School" in part and "Tired in class." in part and "More of it" not in part
    assert "And the night before" not in part and "<script>alert" not in part
    assert f"{reverse('message', args=[new.thread])}#partners" in part
    whole = page(worker, "message", new.thread)
    assert whole.status_code == 200 and 'id="partners"' in whole.content.decode()


def test_a_stranger_and_whoever_takes_no_messages_read_none_of_it(staff, worker, manager, stranger, amira):
    decide(write(worker, amira), manager)  # while it waits, whoever takes messages may open her record
    refused = page(stranger, "story", amira.pk)
    assert refused.status_code == 403 and "Amira was cold" not in refused.content.decode()
    chair = staff(Role.REVIEWING_OFFICER, name="Cleo Chair")
    assert told_about(worker, [amira.pk]) and told_about(chair, [amira.pk]) == []


def test_the_name_of_a_child_whose_record_is_closed_is_held_back(worker, manager, amira, zeb):
    message = write(worker, amira, zeb)
    answered(message, worker, amira, danger_and_doing="ZEB waits for Amira.")
    decide(message, manager)
    (told,) = told_about(worker, [amira.pk])
    assert told.line == "Amira was cold, and (name held back) took her lunch."
    assert told.answers[0].line == "(name held back) waits for Amira."
    assert "Zeb" not in page(worker, "story", amira.pk).content.decode()


def test_a_message_that_names_somebody_kept_from_the_reader_is_left_out(worker, manager, amira, zeb):
    write(worker, amira, zeb)
    assert told_about(worker, [amira.pk])
    Restriction.objects.create(person=zeb, kind="police", reason="Operation", custodian=manager)
    assert told_about(worker, [amira.pk]) == []
    assert "Amira was cold" not in page(worker, "story", amira.pk).content.decode()


def test_what_was_decided_for_a_brother_never_stands_with_his_sister(worker, manager, amira, twin):
    message = write(worker, amira, twin, said="Both were at home.")
    theirs = rows_of(message)[twin.pk]
    decide(message, manager, children={theirs: ForChild("nothing", "His own reason.", "", "")})
    assert told_about(worker, [amira.pk])[0].decided == "Advice, or a service that can help"
    assert told_about(worker, [twin.pk])[0].decided == "Nothing more to do"


def rows_of(message):
    return {row.person_id: row.thread for row in concerned_by([message.thread])[message.thread]}


def test_it_stands_beside_the_boxes_of_the_assessment_for_each_child_alone(worker, manager, amira, twin):
    write(worker, amira, said="Of Amira alone.")
    write(worker, twin, said="Of her twin alone.")
    today = timezone.localdate()
    receive_referral(
        children=[amira, twin],
        on=today,
        source="2A",
        primary_need="N1",
        is_no_further_action=False,
        by=worker,
    )
    family = assessed.assess_together(children=[amira, twin], on=today, by=worker)
    both = page(worker, "write_family", family.thread).content.decode()
    assert "Of Amira alone." in both and "Of her twin alone." in both
    hers = page(worker, "write_child", family.thread, amira.pk).content.decode()
    assert "Of Amira alone." in hers and "Of her twin alone." not in hers


def questions(worker, amira):
    """How many the section alone asks on a page that has asked who may what, and which messages there are."""
    with reading(), remembering_roles():
        can("receive_referrals", worker)
        messages_about([amira.pk])
        with CaptureQueriesContext(connection) as asked:
            told_about(worker, [amira.pk], {})
        return len(asked)


def test_it_asks_two_questions_at_most_and_none_where_there_is_no_message(worker, manager, amira):
    assert questions(worker, amira) == 0
    for number in range(4):
        message = write(worker, amira, said=f"Message {number}", days=number + 1)
        answered(message, worker, amira, known_since="For a year.")
        decide(message, manager)
    assert questions(worker, amira) == 2


def test_a_first_line_is_cut_at_a_word_after_names_are_held_back():
    long = "word " * 80
    assert first_line(f"\n\n{long}").endswith("word …") and len(first_line(long)) <= LONGEST + 2
    assert first_line("x" * 500).startswith("xxx") and first_line("   \n ") == ""
