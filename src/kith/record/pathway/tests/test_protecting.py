"""Protecting across rooms: two facts at night, one discussion for all, a plan begun and ended in its day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from kith.record.access.models import KeptApart, Message
from kith.record.assessment.models import Assessment, ChildInNeedPlan
from kith.record.assessment.services import authorise_assessment
from kith.record.frontdoor.models import Referral
from kith.record.frontdoor.services import receive_referral
from kith.record.owed.queries import owed_for
from kith.record.pathway import protecting
from kith.record.pathway import services as pathway
from kith.record.pathway.urgent import start_urgently
from kith.record.people.models import Allocation
from kith.record.people.permissions import powers
from kith.record.planning.models import PlanKind
from kith.record.planning.queries import open_plan
from kith.record.planning.queries import shown as lines_of
from kith.record.planning.services import add_action, do_action, set_goal
from kith.record.protection import services
from kith.record.protection.models import (
    EnquiryFinding,
    HarmSuspectedOf,
    InitialConference,
    PlanReview,
    ProtectionPlan,
    Section47Enquiry,
    StrategyDiscussion,
)
from kith.record.protection.policies import AlreadyOpen
from kith.record.protection.queries import conference_parts, invited_to
from kith.record.protection.services import Asked, Decided, Found
from kith.record.refusals import NotAllowed
from kith.record.said import NotSaid
from kith.record.tests.practice import MONDAY, acts_about, refused

HARM = "He held her by the throat."
NIGHT = datetime(2026, 3, 29, 1, 40, tzinfo=UTC)  # 02:40 in London, an hour after summer time began
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
CONFERENCE = datetime(2026, 3, 18, 10, 0, tzinfo=UTC)
IN_EIGHT_WEEKS = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(weeks=8)
FAR_AHEAD = IN_EIGHT_WEEKS + timedelta(days=-IN_EIGHT_WEEKS.weekday() % 7)  # a Monday
REVIEW = datetime(2026, 6, 10, 10, 0, tzinfo=UTC)
PEOPLE = [Asked("Ada", agency="la_csc"), Asked("PC Bell", agency="police"), Asked("Bea", agency="gp")]


def referred(children, worker, on=MONDAY):
    receive_referral(
        children=children, on=on, source="6", primary_need="N1", is_no_further_action=False, by=worker
    )


def owed_about(child):
    return {line.owed.what for line in owed_for([child.pk], datetime.now(UTC))}


def test_a_night_start_for_three_children_in_three_states_refuses_none(amira, twin, undated, worker, manager):
    referred([amira, twin], worker)
    [going_on] = pathway.start_section_47(children=[amira], on=MONDAY, by=worker)
    protecting.begin_enquiry(
        children=[amira, twin, undated], suspected_harm=HARM, at=NIGHT, by=worker, kinds=["PHY"]
    )
    day = date(2026, 3, 29)
    begun = {one.person_id: one for one in Section47Enquiry.current.all()}
    assert begun[amira.pk] == going_on  # it got the news
    assert begun[twin.pk].started_on == begun[undated.pk].started_on == day
    assert Referral.current.get(person=undated).received_on == day
    assert HarmSuspectedOf.current.count() == 3
    for child in (amira, twin, undated):  # CIN census 2991Q: an assessment beside each enquiry
        assert Assessment.current.filter(person=child).count() == 1
        assert {"strategy_discussion", "managers_agreement"} <= owed_about(child)
        assert "suspect_harm" in acts_about(child)
    assert Message.objects.filter(to=manager).exists()


def test_children_with_a_case_need_no_message_and_owe_only_the_discussion(amira, twin, worker, manager):
    referred([amira, twin], worker)
    protecting.begin_enquiry(children=[amira, twin], suspected_harm=HARM, at=NOON, by=worker)
    assert owed_about(amira) == {"strategy_discussion", "single_or_joint"}
    assert Message.objects.get().to == manager  # at once; not the worker who did it


def test_what_help_came_before_is_kept_as_it_was_known(amira, worker):
    referred([amira], worker)
    protecting.begin_enquiry(children=[amira], suspected_harm=HARM, at=NOON, by=worker)
    first = HarmSuspectedOf.current.get().help_before
    pathway.start_child_in_need_plan(children=[amira], on=MONDAY, by=worker)
    assert HarmSuspectedOf.current.get().help_before == first


@pytest.mark.parametrize("role", sorted(powers()["enquire"].roles))
def test_whoever_enquires_may_begin_where_a_brother_has_no_case(amira, undated, worker, staff, team, role):
    referred([amira], worker)
    begun = protecting.begin_enquiry(
        children=[amira, undated], suspected_harm=HARM, at=NOON, by=staff(role, team=team, manages=team)
    )
    assert {one.pk for one in begun} == {amira.pk, undated.pk} and Section47Enquiry.current.count() == 2


def test_who_may_not_begin(amira, stranger):
    with pytest.raises(NotAllowed):
        protecting.begin_enquiry(children=[amira], suspected_harm=HARM, by=stranger)


def discuss(children, worker, **more):
    given = {
        "held_at": NOON, "decision": "enquire_with_police", "discussed": "Both seen today",
        "took_part": [{"agency": "police", "who": "PC Bell"}, {"agency": "gp", "who": "Dr Rao"}],
    }  # fmt: skip
    return protecting.hold_strategy_discussion(children=children, by=worker, **{**given, **more})


def test_a_discussion_that_decides_to_enquire_begins_the_enquiry_of_who_has_none(amira, twin, worker):
    referred([amira, twin], worker)
    [going_on] = pathway.start_section_47(children=[amira], on=MONDAY, by=worker)
    held = discuss([amira, twin], worker)
    begun = {one.person_id: one for one in Section47Enquiry.current.all()}
    assert begun[amira.pk].thread == going_on.thread
    assert begun[twin.pk].strategy_thread == held.thread
    assert begun[twin.pk].is_joint is True
    assert "strategy_discussion" not in owed_about(twin)


def test_a_discussion_that_decides_nothing_begins_nothing(amira, worker):
    referred([amira], worker)
    discuss([amira], worker, decision="no_enquiry")
    assert not Section47Enquiry.current.exists() and StrategyDiscussion.current.count() == 1


def test_a_discussion_settles_what_was_owed_of_an_urgent_start(amira, undated, worker):
    protecting.begin_enquiry(children=[amira, undated], suspected_harm=HARM, at=NOON, by=worker)
    discuss([amira, undated], worker)
    assert not {"strategy_discussion", "single_or_joint"} & owed_about(undated)


def conclude(children, worker, found, place=lambda: {"planned_for": FAR_AHEAD}, **more):
    referred(children, worker)
    enquiries = pathway.start_section_47(children=children, on=MONDAY, by=worker)
    return protecting.conclude_and_convene(
        enquiries=enquiries, found={child.pk: one for child, one in zip(children, found, strict=True)},
        place=place, people=PEOPLE, by=worker, **more,
    )  # fmt: skip


def test_what_was_found_decides_whom_the_conference_is_about(amira, twin, worker):
    found = [Found("continuing", "He hit her"), Found("not_borne_out", "A fall", "", MONDAY)]
    conference = conclude([amira, twin], worker, found)
    assert [part.person for part in conference_parts(conference.thread)] == [amira]
    assert (conference.kind, conference.is_date_only_held) == ("initial", False)
    assert "family_told" in owed_about(amira) and "family_told" not in owed_about(twin)


def test_a_date_is_only_held_while_all_are_enquired_about_still(amira, unborn, worker):
    conference = conclude([amira, unborn], worker, [None, None], family_not_told_because="He reads her post")
    assert conference.is_date_only_held and conference.kind == "initial"
    assert "family_told" not in owed_about(amira) and not EnquiryFinding.current.exists()


def test_a_conference_about_nobody_born_is_one_before_birth(unborn, worker):
    assert conclude([unborn], worker, [Found("continuing", "He hit her")]).kind == "pre_birth"


def test_harm_that_goes_on_needs_a_day_and_no_harm_needs_none(amira, twin, worker):
    with refused(NotSaid, "A harm that goes on needs a conference"), transaction.atomic():
        conclude([amira], worker, [Found("continuing", "He hit her")], place=None)
    assert not EnquiryFinding.current.exists()  # nothing of it was written
    assert conclude([twin], worker, [Found("not_borne_out", "A fall", "", MONDAY)], place=None) is None


@pytest.fixture
def conference(amira, twin, worker, chair):
    referred([amira, twin], worker)
    pathway.start_section_47(children=[amira, twin], on=MONDAY, by=worker)
    return arranged([amira, twin], worker, chair, CONFERENCE, "initial")


def arranged(children, worker, chair, at, kind):
    conference = services.convene_conference(
        children=children, kind=kind, planned_for=at, now=datetime(2026, 3, 3, 9, tzinfo=UTC),
        by=worker, people=PEOPLE,
    )  # fmt: skip
    came = {one.thread: "there" for one in invited_to(conference.thread)}
    services.record_attendance(conference=conference, came=came, by=chair)
    return conference


def decide(conference, chair, decisions, at=CONFERENCE, **more):
    return protecting.decide_at_conference(
        conference=conference, held_at=at, decisions=decisions, by=chair, quorum=2, **more
    )


def test_one_child_has_a_plan_and_the_other_none(conference, amira, twin, worker, chair):
    pathway.start_child_in_need_plan(children=[amira], on=MONDAY, by=worker)
    decide(
        conference, chair,
        {amira.pk: Decided("plan", "He hit her", "PHY"), twin.pk: Decided("no_plan", "Safe with Nan")},
        visits_every={amira.pk: 5},
    )  # fmt: skip
    plan = ProtectionPlan.current.get()
    assert (plan.person, plan.initial_category, plan.previous_plans) == (amira, "PHY", 0)
    assert plan.visits_every == 5
    made = {one.person_id: one for one in InitialConference.current.all()}
    assert made[amira.pk].is_plan_made is True and made[twin.pk].is_plan_made is False
    assert {one.conference_thread for one in made.values()} == {conference.thread}
    assert ChildInNeedPlan.current.get().ended_on == CONFERENCE.date()  # CIN census 4017
    assert {"previous_plans", "plan_in_full"} <= owed_about(amira)
    assert open_plan(amira.pk, PlanKind.PROTECTION) and not open_plan(twin.pk, PlanKind.PROTECTION)


def test_no_need_plan_begins_beside_a_protection_plan(conference, amira, twin, worker, chair):
    # CIN census 4001 and 4016
    both = {child.pk: Decided("plan", "He hit them", "PHY") for child in (amira, twin)}
    decide(conference, chair, both)
    with refused(AlreadyOpen, "a protection plan already"):
        pathway.start_child_in_need_plan(children=[twin], on=date(2026, 4, 1), by=worker)


def test_a_review_ends_one_plan_steps_down_the_same_day_and_keeps_the_other(
    conference, amira, twin, worker, chair
):
    decide(conference, chair, {child.pk: Decided("plan", "Hit", "PHY") for child in (amira, twin)})
    plan = open_plan(amira.pk, PlanKind.PROTECTION)
    goal = set_goal(plan=plan, what="Nobody hits anybody", by=worker)
    add_action(plan=plan, goal=goal, what="See them weekly", owner=worker, by=worker)
    done = add_action(plan=plan, goal=goal, what="Ring the school", owner=worker, by=worker)
    do_action(action=done, on=plan.started_on, by=worker)
    add_action(plan=plan, what="A bed for him", only_for=twin, owner_in_words="Mum", by=worker)
    review = arranged([amira, twin], worker, chair, REVIEW, "review")
    decide(
        review, chair,
        {
            amira.pk: Decided("end", "He is gone", end_reason="safer"),
            twin.pk: Decided("continue", "Not yet", "EMO"),
        },
        at=REVIEW, steps_down=[amira.pk, twin.pk],
    )  # fmt: skip
    plans = {one.person_id: one for one in ProtectionPlan.current.all()}
    assert (plans[amira.pk].ended_on, plans[amira.pk].end_reason) == (REVIEW.date(), "safer")
    assert (plans[twin.pk].ended_on, plans[twin.pk].latest_category) == (None, "EMO")
    assert PlanReview.current.count() == 2
    need = ChildInNeedPlan.current.get()
    assert (need.person, need.started_on) == (amira, REVIEW.date())  # and none beside the twin's plan
    [over] = lines_of(open_plan(amira.pk, PlanKind.CHILD_IN_NEED), [amira.pk, twin.pk]).goals
    assert over.goal.what == "Nobody hits anybody"  # and what was done, or is the twin's alone, stays
    assert [(one.what, one.owner) for one in over.actions] == [("See them weekly", worker)]
    assert open_plan(twin.pk, PlanKind.PROTECTION)


def test_a_plan_moving_in_begins_at_our_conference(amira, worker, chair):
    referred([amira], worker)
    services.take_transfer_in(children=[amira], from_authority="Leeds", notified_on=MONDAY, by=worker)
    conference = arranged([amira], worker, chair, CONFERENCE, "transfer_in")
    decide(conference, chair, {amira.pk: Decided("plan", "As in Leeds", "NEG")})
    held = InitialConference.current.get()
    assert (held.enquiry_thread, held.is_plan_made) == (None, True)  # CIN census 2884: it is the referral's
    assert acts_about(amira).count("end_transfer_in") == 1


def test_a_refused_decision_leaves_nothing_behind(conference, amira, twin, chair):
    with pytest.raises(Exception, match="No choice was made"):
        decide(conference, chair, {amira.pk: Decided("plan", "Hit", "PHY"), twin.pk: Decided("plan", "Hit")})
    assert not ProtectionPlan.current.exists() and not InitialConference.current.exists()


def test_earlier_plans_here_are_counted(conference, amira, twin, chair):
    ProtectionPlan.objects.create(
        person=amira, started_on=date(2020, 1, 6), ended_on=date(2020, 9, 1), initial_category="NEG"
    )
    decide(conference, chair, {child.pk: Decided("plan", "Hit", "PHY") for child in (amira, twin)})
    counted = {one.person_id: one.previous_plans for one in ProtectionPlan.current.filter(ended_on=None)}
    assert counted == {amira.pk: 1, twin.pk: 0}


def test_the_chair_known_only_as_chair_may_decide(conference, amira, twin, chair):
    Allocation.objects.create(person=amira, worker=chair, role="cp_chair", started_on=MONDAY)
    decide(conference, chair, {child.pk: Decided("plan", "Hit", "PHY") for child in (amira, twin)})
    assert ProtectionPlan.current.count() == 2


@pytest.mark.parametrize("is_urgent", [False, True], ids=["by a worker", "as an urgent message"])
def test_more_that_is_told_while_an_enquiry_goes_on_begins_no_assessment_anew(
    is_urgent, amira, worker, manager
):
    today = timezone.localdate()
    receive_referral(
        children=[amira], on=today, source="6", primary_need="N1", is_no_further_action=False, by=manager
    )
    protecting.begin_enquiry(children=[amira], suspected_harm="Hit.", by=worker)
    authorise_assessment(assessment=Assessment.current.get(), on=today, factors=["4A"], by=manager)
    if is_urgent:
        start_urgently(children=[amira], suspected_harm="Hit again.", by=manager)
    else:
        protecting.begin_enquiry(children=[amira], suspected_harm="Hit again.", by=worker)
    assert Section47Enquiry.current.count() == Assessment.current.count() == 1


def test_of_an_enquiry_nobody_is_told_from_whom_the_child_is_kept(amira, twin, worker, manager):
    KeptApart.objects.create(user=worker, person=amira, because="Her neighbour", started_by=manager)
    protecting.tell_at_once([amira], manager, "Look")
    assert not Message.objects.filter(to=worker).exists()
    protecting.tell_at_once([amira, twin], manager, "Look")
    assert Message.objects.get(to=worker).link == reverse("story", args=[twin.pk])
