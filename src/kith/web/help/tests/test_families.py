"""The page of a family that is helped: all that is written of it, and who reads none of it."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from kith.record.access.services import place_restriction
from kith.record.help import queries, services
from kith.record.pathway import help_steps
from kith.record.protection.models import ProtectionPlan
from kith.record.visits.services import Saw, write_visit
from kith.web.help.tests.pages import read, sent

pytestmark = pytest.mark.django_db


def test_the_familys_page_shows_all_of_it_and_each_childs_own(client, okoros, helper, family):
    today = timezone.localdate().strftime("%d/%m/%Y")
    sent(client, helper, "help_describe", family.thread, going_well="They laugh", is_hard="Nights")
    sent(client, helper, "help_childs_view", okoros.ada.pk, on=today, own_words="I share with Ben")
    sent(client, helper, "help_need", family.thread, kind="housing", only_for="all", in_words="Two more beds")
    sent(client, helper, "help_team", family.thread, name="Bea Teacher", does_what="Breakfast club")
    sent(client, helper, "help_agreement", family.thread, who="Emeka", answer="no", how="phone", on=today)
    sent(
        client, helper, "help_meeting", family.thread, kind="decision_making", is_offered="yes",
        offered_to="Grace", how="visit", on=today,
    )  # fmt: skip
    meeting = queries.written_of(family, []).meetings[0]
    sent(client, helper, "help_meeting_reply", meeting.thread, reply="yes", on=today, prepared_by="Ivy")
    sent(
        client, helper, "help_meeting_held", meeting.thread, on=today, familys_plan="Nan has them on Fridays",
        had_private_time="yes", not_agreed="Joe drives", not_agreed_because="No licence",
    )  # fmt: skip
    sent(client, helper, "help_review", family.thread, on=today, what_changed="They sleep")
    need = queries.written_of(family, []).needs[0]
    sent(client, helper, "help_match_need", need.thread, met_by="Elm Road furniture", has_helped="yes")
    page = read(client, helper, "help_family", family.thread).content.decode()
    for said in (
        "They laugh", "Nights", "I share with Ben", "Two more beds", "Elm Road furniture", "it helped",
        "Bea Teacher", "Does not agree", "Nan has them on Fridays", "Joe drives", "No licence", "They sleep",
    ):  # fmt: skip
        assert said in page, said


def test_two_who_write_of_one_family_see_both_side_by_side_and_lose_nothing(client, okoros, helper, family):
    client.force_login(okoros.worker)
    form = client.get(reverse("help_describe", args=[family.thread])).context["form"]
    seen = form["seen"].value()
    services.describe_family(help=family, going_well="They sing", by=helper)
    clash = client.post(
        reverse("help_describe", args=[family.thread]), {"seen": seen, "going_well": "They laugh"}
    )
    assert clash.status_code == 409
    assert "They sing" in clash.content.decode() and "They laugh" in clash.content.decode()
    assert queries.help_of(family.thread).going_well == "They sing"


def test_a_form_sent_twice_is_written_once(client, helper, family):
    form = read(client, helper, "help_need", family.thread).context["draft"]
    said = {"draft_key": form.key, "kind": "food", "only_for": "all"}
    for _ in range(2):
        assert sent(client, helper, "help_need", family.thread, **said).status_code == 302
    assert len(queries.written_of(family, []).needs) == 1


def test_where_one_child_is_kept_from_the_reader_nothing_of_all_is_shown(client, okoros, helper, family):
    services.describe_family(help=family, going_well="They laugh", by=helper)
    place_restriction(
        okoros.ben, by=okoros.manager, kind="hidden_address", reason="Hidden", custodian=okoros.custodian
    )
    page = read(client, helper, "help_family", family.thread).content.decode()
    assert "kept from you" in page and "Ada Okoro" in page
    assert "They laugh" not in page and "Ben" not in page


def test_who_does_not_work_with_the_family_sees_none_of_it(client, okoros, helper, stranger, family):
    services.lead_named(help=family, worker=helper, on=timezone.localdate(), by=okoros.manager)
    for name in ("help_family", "help_describe", "help_close", "help_step_up", "help_plan"):
        assert read(client, stranger, name, family.thread).status_code == 403, name


def test_hostile_words_never_run(client, helper, family):
    typed = "<script>alert(1)</script>{{ 7|add:7 }}"
    sent(client, helper, "help_describe", family.thread, going_well=typed)
    page = read(client, helper, "help_family", family.thread).content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;" in page


def test_the_childs_page_tells_of_the_help_and_the_plan(client, okoros, helper, family):
    services.agree_plan(
        help=family, goal="All sleep", action="A bed", owner_in_words="Grace", due_on=None, by=helper
    )
    page = read(client, helper, "story", okoros.ada.pk).content.decode()
    assert "Nobody leads yet" in page and "Family help plan" in page


def test_somebody_of_the_family_is_asked_how_the_help_felt_by_a_link(client, okoros, helper, family):
    page = sent(client, helper, "help_felt", family.thread, asked_of="Grace, their mum").content.decode()
    link = re.search(r"/felt/[\w-]+/", page).group()
    client.logout()
    assert "The help you had" in client.get(link).content.decode()


def test_from_a_child_to_the_help_leads_only_who_may_open_the_child(client, okoros, helper, stranger, family):
    services.lead_named(help=family, worker=helper, on=timezone.localdate(), by=okoros.manager)
    for who, child in ((stranger, okoros.ada.pk), (helper, okoros.cousin.pk), (helper, 1), (helper, "word")):
        assert read(client, who, "help_of_child", child=child).status_code == 404


def test_the_familys_page_tells_of_protection_and_of_what_each_child_said_elsewhere(
    client, okoros, helper, family
):
    today = timezone.localdate()
    help_steps.name_lead(help=family, worker=helper, on=today, by=okoros.manager)
    before = read(client, helper, "help_family", family.thread).content.decode()
    assert before.count("No words of theirs yet") == 2 and "Child protection plan" not in before
    ProtectionPlan.objects.create(person=okoros.ada, started_on=today, initial_category="NEG")
    write_visit(
        saw=[Saw(okoros.ada, "alone", own_words="I like toast")], at=timezone.now(), how="in_person",
        what_happened="Tea", by=okoros.worker,
    )  # fmt: skip
    page = read(client, helper, "help_family", family.thread).content.decode()
    assert "Child protection plan: Ada Okoro" in page and "I like toast" in page and "at a visit" in page
    assert page.count("No words of theirs yet") == 1
    assert re.search(r"Ada Okoro</a>, \d+", page)


def test_nobody_is_asked_what_a_child_not_yet_born_says(client, okoros, helper):
    begun = services.begin_help(
        people=[okoros.ada, okoros.unborn], basis="voluntary", agreed_by="Grace", agreed_how="phone",
        by=helper,
    )  # fmt: skip
    page = read(client, helper, "help_family", begun.thread).content.decode()
    assert "Write what Ada Okoro says" in page and "The baby is born" in page
    assert "Write what Baby Okoro says" not in page and page.count("No words of theirs yet") == 1
