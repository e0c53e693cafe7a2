"""The pages of a protection plan: its core groups, reviews and legal looks, and what it leads to."""

import pytest
from django.urls import reverse
from django.utils import timezone

from kith.record.access.models import Message
from kith.record.clocks.queries import clocks_for
from kith.record.help.models import FamilyHelp
from kith.record.help.services import begin_help
from kith.record.owed.queries import owed_for
from kith.record.pathway.help_steps import begin_with_family
from kith.record.people.models import Role
from kith.record.people.services import correct_details
from kith.record.planning.models import PlanKind
from kith.record.planning.queries import open_plan
from kith.record.planning.services import add_action, set_goal, start_plan
from kith.record.protection.models import Conference, CoreGroup, LegalPlanningLook, PlanReview, ProtectionPlan
from kith.record.protection.queries import invited_to
from kith.web.protecting.tests.steps import BACKEND, arranged, decided, go, merged, people_of, text_of_plan
from kith.web.tests.families import HOSTILE, user

pytestmark = pytest.mark.django_db


def test_a_core_group_is_written_once_for_all(client, as_worker, family, chair):
    decided(client, arranged(as_worker, family), family, chair)
    client.force_login(family.worker, backend=BACKEND)
    plan = open_plan(family.ada.pk, PlanKind.PROTECTION)
    add_action(plan=plan, what="Ring the nursery", owner=family.worker, by=family.worker)
    text = client.get(reverse("core_group", args=[family.ada.pk])).content.decode()
    assert "Ring the nursery" in text and "Grace Okoro" in text.partition("Who belongs to it")[2]
    page = go(
        client, "core_group", family.ada.pk, on=f"{timezone.localdate():%d/%m/%Y}", who_came="Mum, nurse",
        what_changed="He left", **{f"each-{family.ada.pk}-decided": "A bed"},
    )  # fmt: skip
    assert "A bed" in page.content.decode() and CoreGroup.current.count() == 1
    assert "A bed" not in client.get(reverse("protection_plan", args=[family.ben.pk])).content.decode()


def test_who_came_to_a_core_group_is_ticked_among_its_people_and_those_of_the_last(
    client, as_worker, family, chair
):
    decided(client, arranged(as_worker, family), family, chair)
    client.force_login(family.worker, backend=BACKEND)
    said = {"on": f"{timezone.localdate():%d/%m/%Y}", "what_changed": "He left"}
    bare = go(client, "core_group", family.ada.pk, **said)
    assert bare.status_code == 422 and "Tick or name who came" in bare.content.decode()
    form = client.get(reverse("core_group", args=[family.ada.pk])).context["form"]
    mother = next(value for value, _ in form.fields["came"].choices if value.startswith("Grace Okoro"))
    assert not form["came"].value()
    go(client, "core_group", family.ada.pk, came=[mother], who_came="Nell, nurse", **said)
    assert CoreGroup.current.get().who_came == f"{mother}; Nell, nurse"
    form = client.get(reverse("core_group", args=[family.ada.pk])).context["form"]
    offered = [value for value, _ in form.fields["came"].choices]
    assert "Nell, nurse" in offered and offered.count(mother) == 1


def test_the_acts_of_a_plan_find_it_on_the_record_a_childs_was_merged_into(client, as_worker, family, chair):
    decided(client, arranged(as_worker, family), family, chair)
    kept = merged(family)
    client.force_login(family.worker, backend=BACKEND)
    go(
        client, "core_group", kept.pk, on=f"{timezone.localdate():%d/%m/%Y}", who_came="Mum, nurse",
        what_changed="He left", **{f"each-{kept.pk}-decided": "A bed"},
    )  # fmt: skip
    assert "A bed" in client.get(reverse("protection_plan", args=[kept.pk])).content.decode()
    assert client.get(reverse("mother_unwell", args=[kept.pk])).status_code == 200


def test_a_mother_unwell_after_the_birth_gives_the_first_meeting_longer(as_worker, family):
    baby, today = family.unborn, timezone.localdate()
    page = go(as_worker, "mother_unwell", baby.pk, is_unwell="yes")
    assert "This child has no protection plan" in page.content.decode()
    plan = ProtectionPlan.objects.create(person=baby, started_on=family.ago(9), initial_category="NEG")
    assert reverse("mother_unwell", args=[baby.pk]) not in text_of_plan(as_worker, baby)
    correct_details(
        baby, by=family.worker, because="Born", date_of_birth=family.ago(1), expected_date_of_birth=None
    )
    assert reverse("mother_unwell", args=[baby.pk]) in text_of_plan(as_worker, baby)
    assert go(as_worker, "mother_unwell", baby.pk).status_code == 422  # nothing is chosen beforehand
    seen = as_worker.get(reverse("mother_unwell", args=[baby.pk])).context["form"]["seen"].value()
    go(as_worker, "mother_unwell", baby.pk, is_unwell="yes", seen=seen)
    assert ProtectionPlan.current.get(thread=plan.thread).is_mother_unwell is True
    [line] = [one for one in clocks_for(baby, today) if one.clock in {"CP-10", "CP-10b"}]
    assert line.clock == "CP-10b"
    assert go(as_worker, "mother_unwell", baby.pk, is_unwell="no", seen=seen).status_code == 409


def test_a_review_sets_how_often_a_child_is_seen_and_the_plan_says_it(client, as_worker, family, chair):
    decided(client, arranged(as_worker, family), family, chair)
    ProtectionPlan.current.update(started_on=family.ago(5))
    client.force_login(family.worker, backend=BACKEND)
    page = client.get(reverse("arrange_review", args=[family.ada.pk]))
    slot = page.context["form"].fields["slot"].choices[0][0]
    go(client, "arrange_review", family.ada.pk, slot=slot, people=people_of(page))
    review = Conference.current.get(kind="review")
    client.force_login(chair, backend=BACKEND)
    go(client, "conference_came", review.thread, **{f"came-{invited_to(review.thread)[0].thread}": "there"})
    answers = {"went_on_because": "All but one ill", "chair": str(chair.pk), "is_other_day": "on"}
    for child, days in ((family.ada, "5"), (family.ben, "")):
        answers |= {f"each-{child.pk}-decision": "continue", f"each-{child.pk}-because": "Still cold",
                    f"each-{child.pk}-category": "PHY", f"each-{child.pk}-visits_every": days}  # fmt: skip
    page = go(
        client, "chair_conference", review.thread, **{**answers, f"each-{family.ada.pk}-visits_every": "21"}
    )
    assert page.status_code == 422 and PlanReview.current.count() == 0
    go(client, "chair_conference", review.thread, **answers)
    found = {one.person_id: one.visits_every for one in ProtectionPlan.current.all()}
    assert found == {family.ada.pk: 5, family.ben.pk: None}
    client.force_login(family.worker, backend=BACKEND)
    assert "Seen every 5 working days" in text_of_plan(client, family.ada)
    text = client.get(reverse("story", args=[family.ada.pk])).content.decode()
    assert "(as this plan says)" in text


def test_a_review_may_lead_to_family_help_which_is_owed_or_its_lead_told(client, as_worker, family, chair):
    decided(client, arranged(as_worker, family), family, chair)
    ProtectionPlan.current.update(started_on=family.ago(5))
    client.force_login(family.worker, backend=BACKEND)
    page = client.get(reverse("arrange_review", args=[family.ada.pk]))
    slot = page.context["form"].fields["slot"].choices[0][0]
    go(client, "arrange_review", family.ada.pk, slot=slot, people=people_of(page))
    review = Conference.current.get(kind="review")
    lead = user("Lea Leads", Role.FAMILY_HELP_LEAD)
    helped = begin_help(
        people=[family.ben], basis="voluntary", agreed_by="Grace", agreed_how="in_person", by=family.manager
    )
    FamilyHelp.current.filter(thread=helped.thread).update(lead=lead)
    client.force_login(chair, backend=BACKEND)
    go(client, "conference_came", review.thread, **{f"came-{invited_to(review.thread)[0].thread}": "there"})
    answers = {"went_on_because": "All but one ill", "chair": str(chair.pk), "is_other_day": "on"}
    for child in (family.ada, family.ben):
        own = {"decision": "end", "because": "Safer", "end_reason": "safer", "steps_down": "family_help"}
        answers |= {f"each-{child.pk}-{name}": said for name, said in own.items()}
    go(client, "chair_conference", review.thread, **answers)
    assert not ProtectionPlan.current.filter(ended_on=None).exists()
    owed = {
        pk: {line.owed.what for line in owed_for([pk], timezone.now())}
        for pk in (family.ada.pk, family.ben.pk)
    }
    assert "family_help" in owed[family.ada.pk] and "family_help" not in owed[family.ben.pk]
    assert Message.objects.filter(to=lead, text__contains="the family help you lead goes on").exists()
    client.force_login(family.worker, backend=BACKEND)
    begin = reverse("help_begin_for", args=[family.ada.pk])
    assert begin in client.get(reverse("story", args=[family.ada.pk])).content.decode()
    assert begin in text_of_plan(client, family.ada)
    begin_with_family(
        known=[family.ada.pk], new_children=[], by=family.worker, basis="voluntary", agreed_by="Grace",
        agreed_how="in_person",
    )  # fmt: skip
    assert "family_help" not in {line.owed.what for line in owed_for([family.ada.pk], timezone.now())}


def test_a_legal_planning_look_is_written_for_each_child_and_stands_on_the_plan(as_worker, family):
    for child in (family.ada, family.ben):
        ProtectionPlan.objects.create(person=child, started_on=family.ago(470), initial_category="NEG")
    story = as_worker.get(reverse("story", args=[family.ada.pk])).content.decode()
    assert "Legal planning look: the plan lasts 15 months" in story
    assert reverse("legal_look", args=[family.ada.pk]) in story
    form = as_worker.get(reverse("legal_look", args=[family.ada.pk])).context["form"]
    assert not form[f"each-{family.ada.pk}-decision"].value()  # no judgement is chosen beforehand
    answers = {"on": f"{timezone.localdate():%d/%m/%Y}", "who": "Lena Law"}
    for child, decision in ((family.ada, "plan_goes_on"), (family.ben, "pre_proceedings")):
        answers |= {
            f"each-{child.pk}-decision": decision,
            f"each-{child.pk}-because": f"{HOSTILE} {child.pk}",
        }
    page = go(as_worker, "legal_look", family.ada.pk, **{**answers, f"each-{family.ben.pk}-decision": ""})
    assert page.status_code == 422 and "Lena Law" in page.content.decode()
    text = go(as_worker, "legal_look", family.ada.pk, **answers).content.decode()
    assert "The plan goes on" in text and HOSTILE not in text
    assert f" {family.ada.pk}" in text and "Begin pre-proceedings" not in text
    assert {one.decision for one in LegalPlanningLook.current.all()} == {"plan_goes_on", "pre_proceedings"}
    story = as_worker.get(reverse("story", args=[family.ada.pk])).content.decode()
    assert "Write the legal planning look" not in story


def test_the_plan_page_leads_to_changing_and_to_a_copy_that_a_family_may_keep(
    client, as_worker, family, chair
):
    decided(client, arranged(as_worker, family), family, chair)
    client.force_login(family.worker, backend=BACKEND)
    written = open_plan(family.ada.pk, PlanKind.PROTECTION)
    for child, what in ((family.ada, "Ada has a bed"), (family.ben, "Ben goes to school")):
        set_goal(plan=written, what=what, only_for=child, by=family.worker)
    page = text_of_plan(client, family.ada)
    copy = reverse("letter", args=[family.ada.pk, "plan", written.thread])
    assert copy in page and reverse("plan", args=[written.thread]) in page
    paper = client.get(copy).content.decode()  # asks for whom it is before anything is made
    assert "For whom is it?" in paper and "Ada has a bed" in paper and "Ben goes to school" not in paper


def test_the_plan_page_leads_to_the_help_that_runs_beside_it_and_after_it(client, as_worker, family, chair):
    conference = arranged(as_worker, family)
    decided(client, conference, family, chair)
    client.force_login(family.worker, backend=BACKEND)
    page = reverse("protection_plan", args=[family.ada.pk])
    assert "Help beside the plan" not in client.get(page).content.decode()
    help = begin_help(
        people=[family.ada], basis="voluntary", agreed_by="Grace", agreed_how="phone", by=family.worker
    )
    text = client.get(page).content.decode()
    assert "Help beside the plan" in text and reverse("help_family", args=[help.thread]) in text
    begun = start_plan(kind="child_in_need", basis="section_17", people=[family.ada],
                       on=family.today, by=family.worker)  # fmt: skip
    assert reverse("plan", args=[begun.thread]) in client.get(page).content.decode()
    assert "Start a child in need plan" not in client.get(page).content.decode()


def test_after_a_core_group_the_plan_does_not_wait_for_the_first_one(client, as_worker, family, chair):
    decided(client, arranged(as_worker, family), family, chair)
    client.force_login(family.worker, backend=BACKEND)
    written = open_plan(family.ada.pk, PlanKind.PROTECTION)
    assert "The first core group turns" in text_of_plan(client, family.ada)
    go(client, "core_group", family.ada.pk, on=f"{family.today:%d/%m/%Y}", who_came="Mum",
       what_changed="The children sleep well")  # fmt: skip
    text = text_of_plan(client, family.ada)
    assert "The first core group turns" not in text
    assert reverse("plan", args=[written.thread]) in text and "Add goals and actions" in text
    # nothing stands in the plan: the full plan is still owed, and the plan is where it is written
    assert "plan_in_full" in {line.owed.what for line in owed_for([family.ada.pk], timezone.now())}
    assert reverse("plan", args=[written.thread]) in client.get(reverse("my_work")).content.decode()
    assert (
        "Nothing stands in the plan yet"
        in client.get(reverse("core_group", args=[family.ada.pk])).content.decode()
    )
    go(client, "plan_add_goal", written.thread, what="Warm and fed each day", only_for="all")
    assert "plan_in_full" not in {line.owed.what for line in owed_for([family.ada.pk], timezone.now())}
