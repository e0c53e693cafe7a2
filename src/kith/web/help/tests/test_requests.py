"""A request for help: who waits, what was tried, and what becomes of it."""

import pytest
from django.urls import reverse

from kith.record.audit.models import Entry
from kith.record.frontdoor.models import Concerned, Message
from kith.record.help import queries
from kith.record.help.models import HelpRequest
from kith.record.people.models import Role
from kith.web.help.tests.pages import NO_BED, read, sent
from kith.web.tests.families import user

pytestmark = pytest.mark.django_db


def test_who_waits_is_in_the_list_and_in_my_work_with_by_when(client, helper, asked):
    for page in (read(client, helper, "family_help"), read(client, helper, "my_work")):
        assert "Grace" in page.content.decode()
    assert "Due" in read(client, helper, "family_help").content.decode()


def test_a_request_is_read_by_those_who_answer_and_each_reading_is_written_down(client, helper, asked):
    assert NO_BED in read(client, helper, "help_request", asked.thread).content.decode()
    assert Entry.objects.filter(act="help_request_read", actor_id=helper.pk).count() == 1
    analyst = user("Ann Analyst", Role.ANALYST)
    assert read(client, analyst, "help_request", asked.thread).status_code == 403


def test_one_of_us_writes_down_what_a_family_asks_on_the_phone(client, helper):
    answer = sent(
        client, helper, "write_help_request", None,
        what_would_help="A rest", how_and_when_safe="Ring at noon", way="phone",
    )  # fmt: skip
    made = HelpRequest.current.get()
    assert answer["Location"] == reverse("help_request", args=[made.thread])
    assert made.recorded_by == helper


def test_a_partner_asks_for_a_family_and_nobody_rings_until_it_knows(client, helper):
    said = {"what_would_help": "A rest", "way": "partner", "asked_by": "Bea, Elm Road School"}
    assert sent(client, helper, "write_help_request", None, **said).status_code == 422
    sent(client, helper, "write_help_request", None, **said, does_family_know="no")
    made = HelpRequest.current.get()
    assert "Nobody rings them" in read(client, helper, "help_request", made.thread).content.decode()
    tried = {"got_through": "no", "way": "phone", "is_safe_way": "unsaid"}
    refused = sent(client, helper, "help_reply", made.thread, **tried, said="typed before")
    assert refused.status_code == 422
    assert "typed before" in refused.content.decode()
    sent(client, helper, "help_knows", made.thread, how_and_when_safe="Ring at noon")
    assert sent(client, helper, "help_reply", made.thread, **tried).status_code == 302


def test_what_was_tried_and_what_became_of_it_is_read_on_the_request(client, helper, asked):
    tried = {"is_safe_way": "yes"}
    sent(client, helper, "help_reply", asked.thread, got_through="no", way="phone", **tried)
    sent(
        client, helper, "help_reply", asked.thread, got_through="yes", way="text", said="A bed comes Friday",
        **tried,
    )  # fmt: skip
    sent(client, helper, "help_answer", asked.thread, answer="other_service", in_words="Elm Road furniture")
    page = read(client, helper, "help_request", asked.thread).content.decode()
    for said in ("nobody answered", "A bed comes Friday", "Help from another service", "Elm Road furniture"):
        assert said in page


def test_only_a_manager_ends_a_request_at_the_front_door_and_nothing_is_typed_again(
    client, okoros, helper, asked
):
    shown = read(client, helper, "help_request", asked.thread).content.decode()
    assert reverse("help_front_door", args=[asked.thread]) not in shown
    assert read(client, helper, "help_front_door", asked.thread).status_code == 403
    said = {"reason": "A bruise", "children": "Ada, 9\na baby", "is_family_told": "no"}
    assert sent(client, okoros.manager, "help_front_door", asked.thread, **said).status_code == 422
    sent(client, okoros.manager, "help_front_door", asked.thread, **said, why_not_told="He reads her phone")
    assert NO_BED in Message.current.get().what_was_said
    assert queries.request_of(asked.thread).answer == "contact"


def test_whoever_answers_makes_a_request_a_contact_and_the_help_goes_on(client, okoros, helper, asked):
    sent(client, helper, "help_reply", asked.thread, got_through="yes", way="text", said="He hit the wall",
         is_safe_way="yes")  # fmt: skip
    shown = read(client, helper, "help_request", asked.thread).content.decode()
    assert "Make this a contact" in shown
    said = {"reason": "A bruise", "children": "Ada, 9\na baby", "is_family_told": "no", "danger": "now"}
    assert sent(client, helper, "help_contact", asked.thread, **said).status_code == 422
    said["why_not_told"] = "He reads her phone"
    assert sent(client, helper, "help_contact", asked.thread, **said).status_code == 302
    message = Message.current.get()
    carried = (NO_BED, "Text after 6", "He hit the wall", "A bruise", "He reads her phone")
    assert all(words in message.what_was_said for words in carried)
    assert (message.teller_name, message.teller_way_back) == ("Grace", "Text after 6")
    assert message.received_at == asked.asked_at and message.managers_told_at
    rows = Concerned.current.filter(message_thread=message.thread).order_by("place")
    assert [(row.called, row.age_said, row.match) for row in rows] == [("Ada", "9", ""), ("a baby", "", "")]
    after = read(client, helper, "help_request", asked.thread).content.decode()
    assert reverse("message", args=[message.thread]) in after and "it waits for a decision" in after
    assert "They accept family help" in after and "Make this a contact</a>" not in after
    assert queries.request_of(asked.thread) in queries.requests_waiting()
    assert sent(client, helper, "help_contact", asked.thread, **said).status_code == 302  # sent twice: one
    assert Message.current.count() == 1


def test_a_family_that_is_helped_becomes_a_contact_about_its_own_children(client, okoros, helper, family):
    asked = HelpRequest.current.get()
    shown = read(client, helper, "help_contact", asked.thread).content.decode()
    assert "Ada Okoro" in shown and "checked" not in shown
    said = {"reason": "A bruise", "people": [okoros.ada.pk], "is_family_told": "yes"}
    assert sent(client, helper, "help_contact", asked.thread, **said, danger="").status_code == 302
    message = Message.current.get()
    assert [row.person for row in Concerned.current.filter(message_thread=message.thread)] == [okoros.ada]
    assert message.received_at > asked.asked_at  # it was answered before: what is new came now
    assert queries.help_of(family.thread).ended_on is None


def test_who_answers_no_families_makes_no_contact_of_a_request(client, okoros, asked):
    for role in (Role.LEAD_PROTECTION_PRACTITIONER, Role.REVIEWING_OFFICER):
        reader = user(f"Reader {role}", role)
        assert read(client, reader, "help_contact", asked.thread).status_code == 403
        assert sent(client, reader, "help_contact", asked.thread, reason="x").status_code == 403


def test_a_family_is_reached_as_it_said_or_somebody_says_why_not(client, helper, asked):
    page = read(client, helper, "help_reply", asked.thread).content.decode()
    warning = page.index("How they said it is safe to reach them")
    assert warning < page.index('name="way"') and "Text after 6" in page[warning : warning + 200]
    tried = {"got_through": "no", "way": "letter"}
    assert sent(client, helper, "help_reply", asked.thread, **tried).status_code == 422
    assert sent(client, helper, "help_reply", asked.thread, is_safe_way="no", **tried).status_code == 422
    why = {"is_safe_way": "no", "against_safe_way_because": "The phone is dead"}
    assert sent(client, helper, "help_reply", asked.thread, **why, **tried).status_code == 302
    assert "The phone is dead" in read(client, helper, "help_request", asked.thread).content.decode()
