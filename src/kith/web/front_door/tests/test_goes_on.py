"""A decision to protect goes on to the page of protection: what is known filled in, and nothing judged."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kith.record.access.models import Restriction
from kith.record.frontdoor import services as frontdoor
from kith.record.frontdoor.models import Decision, Message
from kith.record.frontdoor.services import Named
from kith.record.owed.models import Owed
from kith.record.people.models import Role
from kith.record.protection.models import StrategyDiscussion, TransferIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(staff):
    """A manager who works with none of the children."""
    client = Client()
    who = staff(Role.SENIOR_MANAGER, name="Hope Head")
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def told(worker, amira):
    """A message of a hospital about Amira and a girl nobody has on record."""
    frontdoor.write_message(
        children=[Named(person=amira), Named("Sana", "Khan", is_new=True, sex="F")],
        what_was_said="A bruise on her back.", way="phone", source="3F", teller_name="Dr Bell", by=worker,
    )  # fmt: skip
    return Message.current.get()


def decide(client, message, decision, **changes):
    data = {
        "decision": decision, "threshold": "4", "reason": "Hurt.", "consent_position": "not_told_risk",
        "lawful_basis": "protect", "seen": "{}", **changes,
    }  # fmt: skip
    return client.post(reverse("decide", args=[message.thread]), data)


def test_a_strategy_discussion_is_gone_on_to_with_the_children_ticked_and_the_words_beside(head, told, amira):
    answer = decide(head, told, "strategy")
    assert answer["Location"] == reverse("strategy_discussion", args=[amira.pk])
    page = head.get(answer["Location"]).content.decode()  # the record is theirs until it is written down
    assert "A bruise on her back." in page and "Dr Bell" in page
    ticked = re.findall(r'<input[^>]*name="(\w+)"[^>]*checked', page)
    assert ticked == ["about", "about"]  # both children, though nobody has tied them; no judgement
    data = {
        "took_part": ["police", "nhs_provider"], "discussed": "See her today.", "decision": "no_further",
        "about": re.findall(r'name="about" value="(\d+)"', page), "seen": "{}",
    }  # fmt: skip
    data["decision"] = StrategyDiscussion.Decision.values[-1]
    assert head.post(answer["Location"], data).status_code == 302
    assert not Owed.current.filter(what="strategy_discussion", done_at=None).exists()
    assert head.get(answer["Location"]).status_code == 403  # and it closes again


def test_where_the_child_sleeps_shows_with_the_decision(head, told, amira, manager):
    answer = decide(head, told, "strategy")
    page = head.get(answer["Location"]).content.decode()
    data = {
        "took_part": ["police"], "discussed": "See her today.", "decision": "enquire_alone",
        "about": re.findall(r'name="about" value="(\d+)"', page), "seen": "{}",
        f"tonight-{amira.pk}-sleeps_where": "With her aunt", f"tonight-{amira.pk}-is_safe_tonight": "yes",
    }  # fmt: skip
    assert head.post(answer["Location"], data).status_code == 302
    of_team = Client()
    of_team.force_login(manager, backend="django.contrib.auth.backends.ModelBackend")
    decision = Decision.current.get(message_thread=told.thread)
    for address in (reverse("decided", args=[decision.thread]), reverse("message", args=[told.thread])):
        assert "With her aunt" in of_team.get(address).content.decode(), address
        shown_to_head = head.get(address).content.decode()
        assert "With her aunt" not in shown_to_head, address  # whose record is closed to them


def test_the_reply_is_not_forgotten_and_stands_on_my_work(head, told):
    decide(head, told, "strategy")
    assert reverse("reply", args=[told.thread]) in head.get("/").content.decode()


def test_one_child_alone_decided_to_be_protected_leads_there_too(head, told, amira):
    rows = {f"each-{row.thread}-decision": "strategy" for row in rows_of(told) if row.person == amira}
    answer = decide(head, told, "advice", **rows)
    assert answer["Location"] == reverse("strategy_discussion", args=[amira.pk])
    page = head.get(answer["Location"]).content.decode()
    assert "Sana" not in re.sub(r"<blockquote.*?</blockquote>", "", page)


def rows_of(message):
    from kith.record.frontdoor.queries import concerned_by

    return concerned_by([message.thread])[message.thread]


def test_a_plan_that_moved_here_is_written_down_with_who_wrote_and_when(head, worker, amira):
    message = frontdoor.write_message(
        children=[Named(person=amira)], what_was_said="They moved to you.", way="letter", source="5C",
        teller_organisation="Eastshire", by=worker,
    )  # fmt: skip
    answer = decide(head, message, "transfer_in")
    assert answer["Location"] == reverse("transfer_in", args=[amira.pk])
    page = head.get(answer["Location"]).content.decode()
    assert 'value="Eastshire"' in page and "They moved to you." in page
    assert re.findall(r'<input[^>]*name="(\w+)"[^>]*checked', page) == ["children"]
    today = timezone.localdate()
    day = f"{today.day}/{today.month}/{today.year}"
    data = {"children": str(amira.pk), "from_authority": "Eastshire", "notified_on": day, "seen": "{}"}
    assert head.post(answer["Location"], data).status_code == 302
    assert TransferIn.current.get().from_authority == "Eastshire"
    assert not Owed.current.filter(what="their_plan", done_at=None).exists()


def test_what_was_said_stays_hidden_where_one_child_is_kept_from_the_reader(head, told, amira):
    answer = decide(head, told, "strategy")
    sana = rows_of(told)[1].person
    Restriction.objects.create(person=sana, kind="police", reason="Operation")
    page = head.get(answer["Location"]).content.decode()
    assert "A bruise on her back." not in page and str(sana.pk) not in page
