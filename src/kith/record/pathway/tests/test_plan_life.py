"""A plan's life across rooms: a child who joins has all the family has, and an end ends what hangs on it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kith.record.assessment.models import ChildInNeedPlan
from kith.record.chronology.policies import NoCaseOpen, WrongDate
from kith.record.frontdoor.services import receive_referral
from kith.record.help import queries as help_queries
from kith.record.help import services as help_room
from kith.record.help.policies import AlreadyHelped, HelpEnded
from kith.record.pathway import help_steps, plan_life
from kith.record.pathway.help_basis import NoCaseForSection17
from kith.record.pathway.need_plans import begin_need_plan
from kith.record.pathway.plan_life import NotChangedHere
from kith.record.people import family as families
from kith.record.people.models import Allocation, Role
from kith.record.planning import queries
from kith.record.planning import services as planning
from kith.record.planning.policies import PlanEnded
from kith.record.refusals import NotAllowed
from kith.record.said import NotSaid
from kith.record.tests.practice import refused, told_of
from kith.record.versions import VersionClash

TODAY = timezone.localdate
AGREED = {"basis": "voluntary", "agreed_by": "Sal, their mum", "agreed_how": "phone"}
FIRST = {"goal": "All sleep", "action": "Get a bed", "owner_in_words": "Mum", "due_on": None}


@pytest.fixture
def helper(staff, team):
    return staff(Role.FAMILY_HELP_LEAD, team=team, name="Fay Helper")


@pytest.fixture
def family(helper, manager, amira):
    begun = help_room.begin_help(people=[amira], by=helper, **AGREED)
    return help_steps.name_lead(help=begun, worker=helper, on=TODAY(), by=manager)


@pytest.fixture
def plan(family, helper):
    return help_steps.agree_help_plan(help=family, by=helper, **FIRST)


@pytest.fixture
def cases(manager, amira, twin):
    return receive_referral(
        children=[amira, twin], on=TODAY(), source="1A", by=manager, is_no_further_action=False,
        primary_need="N1",
    )  # fmt: skip


def who_leads(child):
    return [
        one.worker for one in Allocation.current.filter(person=child, ended_on=None, role="family_help_lead")
    ]


def test_a_baby_who_joins_has_the_help_the_plan_and_the_worker_of_the_family(plan, family, helper, amira):
    baby = plan_life.put_child_beside(
        beside=amira, tie="half_sibling", by=helper,
        details={"given_names": "Baby", "family_name": "Khan", "sex": "U", "expected_date_of_birth": TODAY()},
    )  # fmt: skip
    plan_life.join_family_help(help=family, person=baby, on=TODAY(), by=helper)
    assert help_queries.people_helped(family) == [amira, baby]
    assert queries.people_on(plan) == [amira, baby]
    assert who_leads(baby) == [helper]
    assert baby.pk in families.household_children(amira, TODAY())
    assert not Allocation.current.filter(person=baby, team__is_unallocated=True, ended_on=None).exists()
    assert [kind for _, kind, _ in told_of(baby)][-2:] == ["help_started", "help_plan_started"]


def test_on_the_plan_page_a_child_joins_the_help_too(plan, family, helper, amira, twin):
    plan_life.join_plan(plan=plan, person=twin, on=TODAY(), by=helper)
    assert help_queries.people_helped(family) == [amira, twin]
    with refused(AlreadyHelped, "family help already"):
        plan_life.join_plan(plan=plan, person=twin, on=TODAY(), by=helper)
    assert who_leads(twin) == [helper]


@pytest.mark.parametrize(
    ("on", "kind"),
    [(date(1900, 1, 1), WrongDate), (date(2090, 1, 1), WrongDate)],
)
def test_a_child_joins_on_a_day_that_can_be(family, helper, twin, undated, on, kind):
    for child in (twin, undated):
        with pytest.raises(kind):
            plan_life.join_family_help(help=family, person=child, on=on, by=helper)


def test_under_section_17_who_joins_needs_a_case_and_the_census_is_told(
    helper, manager, amira, twin, undated, cases
):
    help = help_steps.begin_with_family(
        known=[amira.pk], new_children=[], by=helper, **{**AGREED, "basis": "section_17"}
    )
    help_steps.agree_help_plan(help=help, by=helper, **FIRST)
    with pytest.raises(NoCaseForSection17):
        plan_life.join_family_help(help=help, person=undated, on=TODAY(), by=helper)
    plan_life.join_family_help(help=help, person=twin, on=TODAY(), by=helper)
    assert {one.person for one in ChildInNeedPlan.current.all()} == {amira, twin}


def test_nobody_joins_help_that_is_over(family, helper, twin):
    help_steps.end_family_help(help=family, on=TODAY(), reason="helped", by=helper)
    with pytest.raises(HelpEnded):
        plan_life.join_family_help(help=family, person=twin, on=TODAY(), by=helper)


def test_a_brother_joins_a_child_in_need_plan_and_a_return_is_told_of_his_own(
    worker, amira, twin, undated, cases
):
    plan = begin_need_plan(children=[amira], on=TODAY(), by=worker)
    plan_life.join_plan(plan=plan, person=twin, on=TODAY(), by=worker)
    assert {one.person for one in ChildInNeedPlan.current.all()} == {amira, twin}
    assert queries.people_on(plan) == [amira, twin]
    with pytest.raises(NoCaseOpen):
        plan_life.join_plan(plan=plan, person=undated, on=TODAY(), by=worker)
    assert queries.people_on(plan) == [amira, twin]  # all of it happens, or nothing


def test_a_child_in_need_plan_ends_with_what_a_return_is_told(worker, stranger, amira, twin, cases):
    plan = begin_need_plan(children=[amira, twin], on=TODAY(), by=worker)
    given = {"plan": plan, "on": TODAY(), "reason": "They sleep"}
    with pytest.raises(NotAllowed):
        plan_life.end_plan(by=stranger, **given)
    with refused(NotSaid, "Why the plan ends"):
        plan_life.end_plan(by=worker, **{**given, "reason": " "})
    with refused(WrongDate, "not come yet"):
        plan_life.end_plan(by=worker, **{**given, "on": TODAY() + timedelta(days=1)})
    ended = plan_life.end_plan(by=worker, **given)
    assert (ended.ended_on, ended.end_reason) == (TODAY(), "They sleep")
    assert {one.ended_on for one in ChildInNeedPlan.current.all()} == {TODAY()}
    with refused(PlanEnded, "This plan ended"):
        plan_life.end_plan(by=worker, **given)


def test_two_who_end_a_plan_at_once_end_it_once(worker, plan, helper):
    planning.change_plan(plan=plan, agreed_with="Mum", by=helper)
    with pytest.raises(VersionClash):
        plan_life.end_plan(plan=plan, on=TODAY(), reason="They sleep", by=helper, expected=plan.pk)
    assert queries.plan_of(plan.thread).ended_on is None


def test_a_plan_under_section_17_is_ended_by_a_manager_with_what_the_census_is_told(
    helper, manager, amira, cases
):
    help = help_steps.begin_with_family(
        known=[amira.pk], new_children=[], by=helper, **{**AGREED, "basis": "section_17"}
    )
    plan = help_steps.agree_help_plan(help=help, by=helper, **FIRST)
    assert not plan_life.can_end(helper, plan) and plan_life.can_end(manager, plan)
    with pytest.raises(NotAllowed):
        plan_life.end_plan(plan=plan, on=TODAY(), reason="Better", by=helper)
    plan_life.end_plan(plan=plan, on=TODAY(), reason="Better", by=manager)
    assert ChildInNeedPlan.current.get().ended_on == TODAY()


def test_when_help_under_section_17_ends_no_child_in_need_plan_stays_open(helper, manager, amira, cases):
    help = help_steps.begin_with_family(
        known=[amira.pk], new_children=[], by=helper, **{**AGREED, "basis": "section_17"}
    )
    help_steps.agree_help_plan(help=help, by=helper, **FIRST)
    help_steps.end_family_help(help=help, on=TODAY(), reason="helped", by=manager)
    assert ChildInNeedPlan.current.get().ended_on == TODAY()


def test_a_plan_of_their_own_keeps_what_the_census_is_told_when_the_familys_ends(
    helper, manager, worker, amira, cases
):
    begin_need_plan(children=[amira], on=TODAY(), by=worker)
    help = help_steps.begin_with_family(
        known=[amira.pk], new_children=[], by=helper, **{**AGREED, "basis": "section_17"}
    )
    plan = help_steps.agree_help_plan(help=help, by=helper, **FIRST)
    plan_life.end_plan(plan=plan, on=TODAY(), reason="Better", by=manager)
    assert ChildInNeedPlan.current.get().ended_on is None


def test_a_conference_decides_on_a_protection_plan_and_no_button(worker, amira, twin):
    plan = planning.start_plan(kind="protection", people=[amira], on=TODAY(), by=worker)
    assert not plan_life.can_end(worker, plan)
    with refused(NotChangedHere, "review conference"):
        plan_life.end_plan(plan=plan, on=TODAY(), reason="Safe", by=worker)
    with refused(NotChangedHere, "conference decides"):
        plan_life.join_plan(plan=plan, person=twin, on=TODAY(), by=worker)
