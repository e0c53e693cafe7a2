"""The day of a conference: what the chair reads, decides for each child, and writes of who came."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kith.record.access.models import KeptApart, Restriction
from kith.record.audit.models import Entry
from kith.record.drafts import services as drafts
from kith.record.drafts.queries import restore
from kith.record.people.queries import shown
from kith.record.planning.models import PlanKind
from kith.record.planning.queries import open_plan
from kith.record.planning.queries import shown as lines_of
from kith.record.protection.models import Conference, ConferenceOf, EnquiryFinding, Invited, ProtectionPlan
from kith.record.protection.queries import invited_to
from kith.record.visits.services import Saw, write_visit
from kith.web.protecting.forms.chairing import chair_form
from kith.web.protecting.tests.steps import BACKEND, another_chair, arranged, decided, go

pytestmark = pytest.mark.django_db


def test_the_chair_reads_whom_each_conference_is_about_and_when_two_are_at_once(
    client, as_worker, family, chair
):
    first = arranged(as_worker, family)
    client.force_login(chair, backend=BACKEND)
    pages = [reverse("chairing"), reverse("my_work")]
    for page in pages:
        text = client.get(page).content.decode()
        assert all(f"{name} Okoro (" in text for name in ("Ada", "Ben", "Chi"))
        assert "Booked twice" not in text
    other = Conference.objects.create(
        kind="review", planned_for=first.planned_for + timedelta(minutes=45), chair=chair
    )
    for child in (family.unborn, family.cousin):  # whose record a restriction keeps from the chair
        ConferenceOf.objects.create(person=child, matter_thread=other.thread)
    for page in pages:
        text = client.get(page).content.decode()
        assert text.count("Booked twice") == 2 and "Dele" not in text
        assert "Baby Okoro, a child who is kept from you" in text


def test_the_chair_reads_reports_findings_and_childrens_words_beside_the_outline(
    client, as_worker, family, chair
):
    conference = arranged(as_worker, family)
    first = invited_to(conference.thread)[0]
    Invited.current.filter(thread=first.thread).update(report="He is cared for at school")
    EnquiryFinding.current.update(why="Bruises of three ages")
    write_visit(
        at=timezone.now(), how="in_person", what_happened="At school", by=family.worker,
        saw=[Saw(family.ada, seen="alone", own_words="I like Nan")],
    )  # fmt: skip
    client.force_login(chair, backend=BACKEND)
    text = client.get(reverse("chair_conference", args=[conference.thread])).content.decode()
    for said in ("He is cared for at school", "Bruises of three ages", "I like Nan"):
        assert said in text.partition("What is known")[2]


def test_the_chair_decides_for_each_child(client, as_worker, family, chair):
    conference = arranged(as_worker, family)
    page = decided(client, conference, family, chair)
    assert page.redirect_chain[-1][0] == reverse("chairing")
    assert {plan.person_id for plan in ProtectionPlan.current.all()} == {family.ada.pk, family.ben.pk}
    client.force_login(family.worker, backend=BACKEND)
    record = client.get(
        reverse("conference_record", args=[family.ada.pk, conference.thread])
    ).content.decode()
    assert f"Because {family.ada.pk}" in record and f"Because {family.ben.pk}" not in record
    page = client.get(reverse("protection_plan", args=[family.ada.pk])).content.decode()
    assert "Physical abuse" in page and "Write the core group" in page
    sent = go(client, "conference_sent", conference.thread, to=[str(invited_to(conference.thread)[0].thread)])
    assert "Sent to 1" in sent.content.decode()


def test_a_plan_without_its_kind_of_harm_is_refused_and_nothing_is_lost(client, as_worker, family, chair):
    conference = arranged(as_worker, family)
    page = decided(client, conference, family, chair, **{f"each-{family.ada.pk}-category": ""})
    assert page.status_code == 422
    assert f"Because {family.ada.pk}" in page.content.decode()
    missing = page.context["form"].errors[f"each-{family.ada.pk}-category"]
    assert missing == ["Choose the main kind of harm for Ada, who has a plan"]
    assert not ProtectionPlan.current.exists()


def test_a_review_says_beside_the_child_that_why_the_plan_ends_was_left_out(family):
    kind = chair_form(True, family.today, timezone.now(), [])
    children = [*shown([family.ada.pk, family.ben.pk]).values()]
    form = kind({f"each-{family.ben.pk}-decision": "end"}, children=children)
    assert form.errors[f"each-{family.ben.pk}-end_reason"] == ["Choose why the plan of Ben ends"]
    assert f"each-{family.ada.pk}-end_reason" not in form.errors


def test_nobody_asks_how_a_child_not_yet_born_took_part(family):
    kind = chair_form(False, family.today, timezone.now(), [])
    form = kind(children=[*shown([family.ada.pk, family.unborn.pk]).values()])
    assert f"each-{family.ada.pk}-participation" in form.fields
    assert f"each-{family.unborn.pk}-participation" not in form.fields


def test_the_workers_manager_may_not_chair(client, as_worker, family, chair):
    conference = arranged(as_worker, family)
    page = decided(client, conference, family, family.manager)
    assert page.status_code in {403, 422} and not ProtectionPlan.current.exists()


def test_saving_who_came_keeps_what_was_typed_of_the_decision(client, as_worker, family, chair):
    conference = arranged(as_worker, family)
    client.force_login(chair, backend=BACKEND)
    draft = client.get(reverse("chair_conference", args=[conference.thread])).context["draft"]
    body = {
        "fields": {f"each-{family.ada.pk}-because": ["Typed before saving who came"]}, "revision": 0,
        "key": draft.key, "tab": "a", "saves_of_tab": 1, "owner": draft.owner, "take_mine": False,
    }  # fmt: skip
    address = reverse("save_draft", args=["conference-day", conference.thread])
    assert client.post(address, json.dumps(body), content_type="application/json").status_code == 200
    came = {f"came-{invited_to(conference.thread)[0].thread}": "there"}
    page = go(client, "conference_came", conference.thread, **came)
    assert "Typed before saving who came" in page.content.decode()
    assert page.context["draft"].revision == client.get(address).json()["revision"] == 1


def test_without_scripts_recording_who_came_keeps_the_decision_that_was_typed(
    client, as_worker, family, chair
):
    conference = arranged(as_worker, family)
    client.force_login(chair, backend=BACKEND)
    draft = client.get(reverse("chair_conference", args=[conference.thread])).context["draft"]
    first, second = invited_to(conference.thread)[:2]
    typed = {
        "draft_key": draft.key, "draft_revision": "0", f"each-{family.ada.pk}-because": "Typed and not sent",
        f"each-{family.ada.pk}-decision": "plan", f"came-{first.thread}": "there",
    }  # fmt: skip
    page = go(client, "conference_came", conference.thread, **typed)
    assert "Typed and not sent" in page.content.decode()
    assert page.context["form"][f"each-{family.ada.pk}-decision"].value() == "plan"
    assert Invited.current.get(thread=first.thread).came == "there"
    typed = {**typed, "draft_revision": "1", f"out-{second.thread}": "He hit her"}
    page = go(client, "keep_out", conference.thread, second.thread, **typed)
    assert "Typed and not sent" in page.content.decode()
    assert Invited.current.get(thread=second.thread).kept_out_because == "He hit her"


def outlined(number, **line):
    return {f"outline-{number}-{name}": value for name, value in line.items()}


def test_the_outline_of_a_plan_is_goals_and_actions_on_the_work_of_who_does_them(
    client, as_worker, family, chair
):
    conference = arranged(as_worker, family)
    soon = timezone.localdate() + timedelta(days=3)
    day, goal = f"{soon.day}/{soon.month}/{soon.year}", "Nobody hits anybody"
    outline = {
        **outlined(0, goal=goal, what="See them all weekly", who=family.worker.name.upper(), due_on=day),
        **outlined(1, goal=goal, what="Go to the course", who="Dad"),
        "safe_meanwhile": "They sleep at Nan’s", "if_nothing_changes": "We ask a lawyer",
    }  # fmt: skip
    page = decided(client, conference, family, chair, **{**outline, "outline-1-who": ""})
    assert page.status_code == 422 and "Say who will do this" in page.content.decode()
    assert "Nobody hits anybody" in page.content.decode()
    decided(client, conference, family, chair, **outline)
    plan = open_plan(family.ada.pk, PlanKind.PROTECTION)
    [shown_goal] = lines_of(plan, [family.ada.pk]).goals
    assert shown_goal.goal.what == goal
    assert [(one.whose, one.owner) for one in shown_goal.actions] == [
        (family.worker.name, family.worker), ("Dad", None),
    ]  # fmt: skip
    client.force_login(family.worker, backend=BACKEND)
    assert "See them all weekly" in client.get(reverse("my_work")).content.decode()
    for name, about in (("protection_plan", family.ada.pk), ("plan", plan.thread)):
        text = client.get(reverse(name, args=[about])).content.decode()
        assert "They sleep at Nan’s" in text and "We ask a lawyer" in text, name
    go(client, "plan_change", plan.thread, safe_meanwhile="They sleep at home", if_nothing_changes="")
    assert open_plan(family.ada.pk, PlanKind.PROTECTION).safe_meanwhile == "They sleep at home"


def test_an_outline_with_no_plan_to_stand_in_is_refused_and_kept(client, as_worker, family, chair):
    conference = arranged(as_worker, family)
    none = {f"each-{child.pk}-decision": "no_plan" for child in (family.ada, family.ben, family.chi)}
    page = decided(client, conference, family, chair, **none, safe_meanwhile="They sleep at Nan’s")
    assert page.status_code == 422 and "no child has a plan to write it in" in page.content.decode()
    assert "They sleep at Nan’s" in page.content.decode()


def test_who_came_unasked_is_written_down_once_with_the_decision_or_before_it(
    client, as_worker, family, chair
):
    conference = arranged(as_worker, family)
    client.force_login(chair, backend=BACKEND)
    unasked = {"unasked_name": "Nell Nurse", "unasked_job": "School nurse", "unasked_agency": "school"}
    go(client, "conference_came", conference.thread, **unasked)
    go(client, "conference_came", conference.thread, **unasked)
    nurse = Invited.current.get(name="Nell Nurse")
    assert (nurse.came, nurse.agency) == ("there", "school")
    decided(client, conference, family, chair, unasked_name="PC Late", unasked_agency="police")
    assert Conference.current.get().state == "held"
    assert Invited.current.get(name="PC Late").came == "there"


def test_a_draft_about_a_child_kept_from_the_chair_does_not_come_back(as_worker, family, chair):
    conference = arranged(as_worker, family)
    drafts.save_draft(
        by=chair, form="conference-day", about=str(conference.thread), fields={"said": ["About Ada"]},
        revision=0, key="k1", children=[family.ada.pk],
    )  # fmt: skip
    asked = {"by": chair, "form": "conference-day", "about": str(conference.thread)}
    assert restore(**asked, power="chair_conferences") and restore(**asked) is None
    Restriction.objects.create(
        person=family.ada, kind="high_profile", reason="Kept close", custodian=family.manager,
        placed_by=family.manager,
    )  # fmt: skip
    assert restore(**asked, power="chair_conferences") is None


def test_who_chaired_is_asked_and_stands_in_the_record(client, as_worker, family, chair):
    conference, other = arranged(as_worker, family), another_chair()
    page = decided(client, conference, family, chair, held_by="")
    assert page.status_code == 422 and "Choose who chaired" in page.content.decode()
    decided(client, conference, family, chair, held_by=str(other.pk))
    assert Conference.current.get().chair == other
    client.force_login(family.worker, backend=BACKEND)
    record = client.get(reverse("conference_record", args=[family.ada.pk, conference.thread]))
    assert "Chair: Ann Other" in record.content.decode()


def test_a_conference_held_on_another_day_than_planned_is_said_to_be(client, as_worker, family, chair):
    conference = arranged(as_worker, family)
    page = decided(client, conference, family, chair, is_other_day="")
    assert page.status_code == 422 and "It was planned for" in page.content.decode()
    assert Conference.current.get().state == "planned"


def test_a_chair_reads_the_conference_they_held_and_the_record_while_its_plan_lasts(
    client, as_worker, family, chair
):
    conference = arranged(as_worker, family)
    decided(client, conference, family, chair)
    page = reverse("conference", args=[conference.thread])
    listed = client.get(reverse("chairing")).content.decode()
    assert page in listed and "Ada Okoro" in listed
    assert client.get(page).status_code == 200
    for child in (family.ada, family.chi):  # the one without a plan too, until the record went out
        assert client.get(reverse("conference_record", args=[child.pk, conference.thread])).status_code == 200
    looked = Entry.objects.filter(actor_id=chair.pk, act="record_opened", person_id=family.ada.pk).latest(
        "pk"
    )
    assert looked.about["because"] == "chairs their conference"
    sent = go(client, "conference_sent", conference.thread, what="record", to=_first_asked(conference))
    assert sent.status_code == 200
    assert client.get(reverse("story", args=[family.ada.pk])).status_code == 200
    assert client.get(reverse("story", args=[family.chi.pk])).status_code == 403
    today = timezone.localdate()
    ProtectionPlan.objects.update(started_on=today - timedelta(days=9), ended_on=today)
    assert client.get(page).status_code == 403
    assert client.get(reverse("story", args=[family.ada.pk])).status_code == 403
    assert page not in client.get(reverse("chairing")).content.decode()


def test_no_chair_reads_a_conference_that_another_held_nor_a_child_kept_from_them(
    client, as_worker, family, chair
):
    conference = arranged(as_worker, family)
    decided(client, conference, family, chair)
    KeptApart.objects.create(
        user=chair, person=family.ada, because="Lives next door", started_by=family.manager
    )
    assert client.get(reverse("story", args=[family.ada.pk])).status_code == 403
    client.force_login(another_chair(), backend=BACKEND)
    assert client.get(reverse("conference", args=[conference.thread])).status_code == 403


def _first_asked(conference):
    return [str(invited_to(conference.thread)[0].thread)]
