"""Help across rooms: a new family put on record, who leads, more help and less, nothing typed twice."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from kith.record.access import permissions as access
from kith.record.access import services as access_services
from kith.record.access.models import Message as MessageTo
from kith.record.assessment.models import ChildInNeedPlan
from kith.record.centres.models import UnmetNeed
from kith.record.frontdoor.models import Concerned, Message
from kith.record.frontdoor.services import receive_referral
from kith.record.help import queries
from kith.record.help import services as help_room
from kith.record.help.models import FamilyHelp, StepUp
from kith.record.help.policies import AlreadyAnswered
from kith.record.owed import services as owed
from kith.record.owed.models import Owed
from kith.record.pathway import help_over, help_steps
from kith.record.pathway.help_basis import NoCaseForSection17
from kith.record.pathway.services import start_assessment
from kith.record.people.models import Allocation, Person, Role
from kith.record.planning import queries as plans
from kith.record.planning import services as planning
from kith.record.refusals import NotAllowed
from kith.record.tests.practice import refused, told_of

TODAY = timezone.localdate
AGREED = {"basis": "voluntary", "agreed_by": "Sal, their mum", "agreed_how": "phone"}


@pytest.fixture
def helper(staff, team):
    return staff(Role.FAMILY_HELP_LEAD, team=team, name="Fay Helper")


@pytest.fixture
def asked(db):
    return help_room.ask_for_help(
        what_would_help="A bed", how_and_when_safe="Text after 6", name="Sal", anything_else="He shouts"
    )


@pytest.fixture
def family(helper, amira, twin, asked):
    return help_room.begin_help(people=[amira, twin], request=asked, by=helper, **AGREED)


@pytest.fixture
def step(family, helper, amira):
    return help_room.ask_step_up(
        help=family, people=[amira], what_has_changed="A burn", was_family_told=True, by=helper
    )


def test_children_who_are_new_are_put_on_record_as_help_begins(helper, amira):
    new = {"given_names": "Baby", "family_name": "Khan", "expected_date_of_birth": TODAY(), "sex": "U"}
    help = help_steps.begin_with_family(known=[amira.pk], new_children=[new], by=helper, **AGREED)
    assert len(queries.people_helped(help)) == 2
    assert Person.objects.count() == 2


def test_nobody_is_put_on_record_where_help_is_refused(helper, amira, family):
    people = Person.objects.count()
    with pytest.raises(Exception, match="family help already"):
        help_steps.begin_with_family(
            known=[amira.pk], new_children=[{"given_names": "New"}], by=helper, **AGREED
        )
    assert Person.objects.count() == people


def test_help_is_under_section_17_only_where_a_case_is_open(helper, manager, amira):
    given = {"known": [amira.pk], "new_children": [], "by": helper, **AGREED, "basis": "section_17"}
    with refused(NoCaseForSection17, "case open"):
        help_steps.begin_with_family(**given)
    receive_referral(
        children=[amira], on=TODAY(), source="1A", by=manager, is_no_further_action=False, primary_need="N1"
    )
    help = help_steps.begin_with_family(**given)
    help_steps.agree_help_plan(
        help=help, goal="Sleep", action="A bed", owner_in_words="Mum", due_on=None, by=helper
    )
    assert ChildInNeedPlan.current.get().person == amira  # the census is told, and nothing is typed twice


def test_a_child_in_need_plan_begins_with_the_plan_that_is_one(helper, manager, amira):
    before = TODAY() - timedelta(days=3)
    receive_referral(
        children=[amira], on=before, source="1A", primary_need="N1", is_no_further_action=False, by=manager
    )
    help = help_steps.begin_with_family(
        known=[amira.pk], new_children=[], by=helper, basis="section_17", agreed_by="Mum", agreed_how="phone",
        accepted_at=timezone.now() - timedelta(days=4),
    )  # fmt: skip
    help_steps.agree_help_plan(
        help=help, goal="Sleep", action="A bed", owner_in_words="Mum", due_on=None, on=before, by=helper
    )
    assert ChildInNeedPlan.current.get().started_on == before


def test_the_front_door_reads_since_when_there_was_help_by_the_days_of_london(step, family, manager):
    FamilyHelp.current.update(accepted_at=datetime(2026, 7, 1, 23, 30, tzinfo=UTC))
    help_steps.decide_step_up(step=step, decision="step_up", because="More", by=manager)
    assert "Family help since 02/07/2026" in Message.current.get().what_was_said


def test_a_voluntary_plan_is_no_child_in_need_plan(family, helper):
    help_steps.agree_help_plan(
        help=family, goal="Sleep", action="A bed", owner_in_words="Mum", due_on=None, by=helper
    )
    assert not ChildInNeedPlan.objects.exists()


def test_who_leads_is_each_childs_worker_until_help_ends(family, helper, manager, amira, twin):
    led = help_steps.name_lead(help=family, worker=helper, on=TODAY(), by=manager)
    ours = Allocation.current.filter(worker=helper, role="family_help_lead", ended_on=None)
    assert {one.person for one in ours} == {amira, twin}
    help_steps.end_family_help(help=led, on=TODAY(), reason="helped", by=helper)
    assert not ours.all().exists()
    assert Allocation.current.filter(person=amira, role="social_worker", ended_on=None).exists()


def test_when_help_ends_a_child_with_no_other_worker_waits_for_one_should_a_case_come(
    helper, manager, amira, someone, staff
):
    child = someone("Noor", "Okoro")
    begun = help_room.begin_help(people=[amira, child], by=helper, **AGREED)
    led = help_steps.name_lead(help=begun, worker=helper, on=TODAY(), by=manager)
    help_steps.end_family_help(help=led, on=TODAY(), reason="helped", by=helper)
    unallocated = Allocation.current.filter(team__is_unallocated=True, ended_on=None)
    assert [one.person for one in unallocated] == [child]  # Amira has her social worker
    receive_referral(
        children=[child], on=TODAY(), source="1A", by=manager, is_no_further_action=False, primary_need="N1"
    )
    assert access.can_open(staff(Role.DUTY_WORKER), child)


def test_the_worker_they_have_is_offered_first(family, manager, helper, worker, amira):
    help_steps.name_lead(help=family, worker=helper, on=TODAY(), by=manager)
    assert help_steps.workers_to_offer([amira.pk], TODAY()) == [worker, helper]


def test_a_request_goes_to_the_front_door_in_the_familys_own_words(asked, manager, helper):
    given = {"request": asked, "reason": "A child may be hurt", "children": ["Amira, 7", "a baby"]}
    with pytest.raises(NotAllowed):
        help_steps.tell_front_door_of_request(is_family_told=True, by=helper, **given)
    message = help_steps.tell_front_door_of_request(
        is_family_told=False, why_not_told="He reads her phone", by=manager, **given
    )
    for typed in (asked.what_would_help, asked.anything_else, "A child may be hurt"):
        assert typed in message.what_was_said
    assert (message.received_at, message.help_request_thread) == (asked.asked_at, asked.thread)
    rows = Concerned.current.filter(message_thread=message.thread).order_by("place")
    assert [row.said_as for row in rows] == ["Amira, 7", "a baby"]
    answered = queries.request_of(asked.thread)
    assert (answered.answer, answered.told_thread) == ("contact", message.thread)
    with refused(AlreadyAnswered, "answered before"):
        help_steps.tell_front_door_of_request(is_family_told=True, by=manager, **given)
    assert Message.current.count() == 1


def test_stepping_up_tells_the_front_door_with_the_help_there_was(step, family, helper, manager, amira, twin):
    need = help_room.add_need(help=family, kind="food", by=helper)
    help_room.match_need(need=need, met_by="Elm Road food bank", by=helper)
    own = help_room.add_need(help=family, kind="health", only_for=twin, by=helper)
    help_room.match_need(need=own, met_by="The speech clinic", by=helper)
    help_steps.decide_step_up(step=step, decision="step_up", because="It is not safe", by=manager)
    message = Message.current.get()
    for typed in ("A burn", "It is not safe", "Elm Road food bank"):
        assert typed in message.what_was_said
    assert "speech clinic" not in message.what_was_said  # her twin's own, and the step up is not about him
    assert (message.way, message.source) == ("step_up", "5D")
    assert [row.person for row in Concerned.current.all()] == [amira]
    assert queries.matter_of(StepUp, step.thread).told_thread == message.thread


def test_staying_with_family_help_tells_nobody(step, manager):
    help_steps.decide_step_up(step=step, decision="stay", because="It was the oven", by=manager)
    assert not Message.objects.exists()


def test_a_family_that_stops_takes_what_was_asked_for_with_it(step, family, helper):
    help_steps.end_family_help(help=family, on=TODAY(), reason="family_stopped", by=helper)
    assert queries.matter_of(StepUp, step.thread).withdrawn_because == "Family help ended"
    assert queries.steps_undecided() == []
    assert not Message.objects.exists()


def test_stepping_down_takes_the_goals_that_are_left_and_the_worker(manager, worker, amira, twin):
    plan = planning.start_plan(kind="child_in_need", people=[amira, twin], on=TODAY(), by=worker)
    left = planning.set_goal(plan=plan, what="They sleep", by=worker)
    planning.add_action(plan=plan, goal=left, what="A bed", owner_in_words="Mum", by=worker)
    done = planning.add_action(plan=plan, goal=left, what="A lamp", owner_in_words="Mum", by=worker)
    planning.do_action(action=done, on=TODAY(), by=worker)
    reached = planning.set_goal(plan=plan, what="They eat", by=worker)
    planning.reach_goal(goal=reached, on=TODAY(), by=worker)
    own = planning.set_goal(plan=plan, what="She swims", only_for=amira, by=worker)
    help = help_steps.step_down_to_help(
        people=[amira, twin], agreed_by="Mum", agreed_how="visit", lead=worker, by=manager
    )
    made = plans.open_plan(amira.pk, "family_help")
    shown = plans.shown(made, [amira.pk, twin.pk])
    assert [(each.goal.what, [one.what for one in each.actions]) for each in shown.goals] == [
        (left.what, ["A bed"]),
        (own.what, []),
    ]
    assert [each.goal.what for each in plans.shown(made, [twin.pk]).goals] == ["They sleep"]
    assert queries.help_of(help.thread).lead == worker
    assert told_of(amira)[-1][1] in {"help_started", "worker_started", "help_plan_started"}


def test_what_could_not_be_given_is_kept_as_that_and_once(asked, helper):
    help_steps.answer_family(request=asked, answer="cannot_help", in_words="A house", by=helper)
    [need] = UnmetNeed.current.all()
    assert (need.what, need.request_thread) == ("A house", asked.thread)
    other = help_room.ask_for_help(what_would_help="Food", how_and_when_safe="Ring")
    help_steps.answer_family(request=other, answer="advice", by=helper)
    assert UnmetNeed.current.count() == 1


def test_what_nothing_meets_is_kept_for_those_who_plan_and_tells_no_name(
    family, helper, manager, amira, stranger
):
    help_steps.name_lead(help=family, worker=helper, on=TODAY(), by=manager)
    need = help_room.add_need(help=family, kind="housing", in_words="A house for Sal", by=helper)
    given = {"need": need, "what": "A house with four bedrooms", "district": "NB1"}
    with pytest.raises(NotAllowed):
        help_steps.keep_as_unmet(by=stranger, **given)
    marked = help_steps.keep_as_unmet(by=helper, **given)
    kept = UnmetNeed.current.get()
    assert marked.nothing_found_on == TODAY()
    assert (kept.kind, kept.district, kept.what) == ("housing", "NB1", "A house with four bedrooms")
    assert kept.ages == "10, 10"  # Amira and her twin
    help_steps.keep_as_unmet(**{**given, "need": marked}, by=helper)  # pressed twice
    assert UnmetNeed.current.count() == 1
    found = help_room.match_need(
        need=queries.matter_of(type(need), need.thread), met_by="Elm Road", by=helper
    )
    assert found.nothing_found_on is None


def test_what_the_lead_owed_goes_to_whoever_goes_on_when_help_ends(family, helper, manager, worker, amira):
    led = help_steps.name_lead(help=family, worker=helper, on=TODAY(), by=manager)
    left = owed.owe(what="not_seen", fact=led, persons=[amira.pk], by=helper, owed_by=helper)
    help_steps.end_family_help(help=led, on=TODAY(), reason="helped", by=helper)
    assert Owed.current.get(thread=left.thread).owed_by == worker


def test_a_case_that_goes_on_without_a_worker_is_told_to_the_manager_who_owes_what_is_left(
    helper, manager, worker, someone, team
):
    child = someone("Noor", "Okoro")
    begun = help_room.begin_help(people=[child], by=helper, **AGREED)
    led = help_steps.name_lead(help=begun, worker=helper, on=TODAY(), by=manager)
    receive_referral(
        children=[child], on=TODAY(), source="1A", by=manager, is_no_further_action=False, primary_need="N1"
    )
    start_assessment(children=[child], on=TODAY(), by=manager)
    left = owed.owe(what="not_seen", fact=led, persons=[child.pk], by=helper, owed_by=helper)
    [said] = help_over.what_goes_on(led, TODAY())
    assert (said.to, said.waits, said.is_assessed) == (manager, True, True)
    help_steps.end_family_help(help=led, on=TODAY(), reason="helped", by=helper)
    assert Owed.current.get(thread=left.thread).owed_by == manager
    assert access.can_open(manager, child) and not access.can_open(helper, child)
    assert [one.to for one in MessageTo.objects.filter(text=help_over.NOBODY_LEFT)] == [manager]


def test_what_the_lead_owed_ends_with_the_help_where_nothing_else_is_open(helper, manager, someone):
    child = someone("Noor", "Okoro")
    begun = help_room.begin_help(people=[child], by=helper, **AGREED)
    led = help_steps.name_lead(help=begun, worker=helper, on=TODAY(), by=manager)
    left = owed.owe(what="not_seen", fact=led, persons=[child.pk], by=helper, owed_by=helper)
    theirs = owed.owe(what="pass_on", fact=led, persons=[child.pk], by=manager, owed_by=manager)
    help_steps.end_family_help(help=led, on=TODAY(), reason="helped", by=helper)
    assert Owed.current.get(thread=left.thread).not_needed_because == help_over.BECAUSE
    assert Owed.current.get(thread=theirs.thread).is_open


@pytest.fixture
def waiting(helper, manager, someone):
    """Help led by Fay for a child whose case is open, with nobody else; and what she owes for them."""
    child = someone("Noor", "Okoro")
    begun = help_room.begin_help(people=[child], by=helper, **AGREED)
    led = help_steps.name_lead(help=begun, worker=helper, on=TODAY(), by=manager)
    receive_referral(
        children=[child], on=TODAY(), source="1A", by=manager, is_no_further_action=False, primary_need="N1"
    )
    return child, led, owed.owe(what="not_seen", fact=led, persons=[child.pk], by=helper, owed_by=helper)


def test_nothing_goes_to_a_manager_whom_the_child_is_kept_from(waiting, helper, manager, staff, team):
    (child, led, left), other_manager = waiting, staff(Role.TEAM_MANAGER, manages=team)
    access_services.keep_apart(manager, child, by=other_manager, because="His own niece")
    help_steps.end_family_help(help=led, on=TODAY(), reason="helped", by=helper)
    assert Owed.current.get(thread=left.thread).owed_by == other_manager
    assert [one.to for one in MessageTo.objects.filter(text=help_over.NOBODY_LEFT)] == [other_manager]


def test_what_is_owed_of_an_open_case_stays_owed_where_no_manager_may_be_told(
    waiting, helper, manager, staff
):
    child, led, left = waiting
    access_services.keep_apart(manager, child, by=staff(Role.TEAM_MANAGER), because="His own niece")
    help_steps.end_family_help(help=led, on=TODAY(), reason="helped", by=helper)
    assert Owed.current.get(thread=left.thread).is_open
    assert not MessageTo.objects.filter(text=help_over.NOBODY_LEFT).exists()
