"""A plan: made for several, changed line by line, with each one's own lines for them alone."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.record.access.services import place_restriction
from kith.record.chronology.policies import NoChildren, WrongDate
from kith.record.people.models import Role
from kith.record.people.services import merge
from kith.record.planning import permissions, queries, services
from kith.record.planning.models import Goal, Plan, PlanAction, Planned
from kith.record.planning.policies import NotOnThisPlan, NotWaiting, PlanEnded
from kith.record.refusals import NotAllowed
from kith.record.said import NotSaid
from kith.record.tests.practice import MONDAY, acts_about, refused, told_of
from kith.record.versions import VersionClash, history

TUESDAY = date(2026, 3, 3)


@pytest.fixture
def plan(worker, amira, twin):
    return services.start_plan(
        kind="family_help", basis="voluntary", people=[amira, twin], on=MONDAY, by=worker, agreed_with="Mum"
    )


@pytest.fixture
def goal(plan, worker):
    return services.set_goal(plan=plan, what="Everybody sleeps at night", by=worker)


@pytest.fixture
def action(plan, goal, worker):
    return services.add_action(plan=plan, goal=goal, what="Get a second bed", owner=worker, by=worker)


def said(plan, *people):
    told = queries.shown(plan, [person.pk for person in people])
    return [
        (one.goal.what if one.goal else None, [action.what for action in one.actions]) for one in told.goals
    ]


def test_a_plan_is_for_each_person_it_names_and_stands_in_each_story(plan, amira, twin):
    assert queries.people_on(plan) == [amira, twin]
    assert queries.plans_of([amira.pk, twin.pk]) == {amira.pk: [plan], twin.pk: [plan]}
    for child in (amira, twin):
        assert told_of(child) == [(MONDAY, "help_plan_started", "A family help plan was agreed")]
        assert acts_about(child) == ["start_plan"]


def test_goals_and_actions_are_read_in_the_order_they_were_set(plan, goal, action, worker, amira, twin):
    services.add_action(plan=plan, what="Ring the school", owner_in_words="Mum", by=worker)
    assert said(plan, amira, twin) == [
        ("Everybody sleeps at night", ["Get a second bed"]),
        (None, ["Ring the school"]),
    ]


def test_a_childs_own_lines_never_show_on_a_brothers_copy(plan, goal, worker, amira, twin):
    own = services.set_goal(plan=plan, what="Amira sees her dad", only_for=amira, by=worker)
    services.add_action(plan=plan, goal=own, what="Write to her dad", owner=worker, by=worker)
    services.add_action(
        plan=plan, goal=goal, what="Talk about the nightmares", only_for=amira, owner=worker, by=worker
    )
    assert said(plan, twin) == [("Everybody sleeps at night", [])]
    assert said(plan, amira) == [
        ("Everybody sleeps at night", ["Talk about the nightmares"]),
        ("Amira sees her dad", ["Write to her dad"]),
    ]
    assert acts_about(twin) == ["start_plan", "set_goal"]  # nor does her brother's audit tell of them


def test_own_lines_stay_ones_own_when_two_records_prove_to_be_one(plan, worker, amira, twin, someone, staff):
    services.set_goal(plan=plan, what="Amira sees her dad", only_for=amira, by=worker)
    kept = someone("Amira", "Kahn")
    merge(kept, amira, by=staff(Role.TEAM_MANAGER), reason="The same child, spelt twice")
    assert queries.people_on(plan) == [kept, twin]
    assert said(plan, kept) == [("Amira sees her dad", [])]
    assert said(plan, twin) == []


def test_a_plan_may_be_for_a_child_not_yet_born(worker, unborn):
    plan = services.start_plan(kind="family_help", basis="voluntary", people=[unborn], on=MONDAY, by=worker)
    assert queries.open_plan(unborn.pk, "family_help") == plan


def test_a_person_may_join_a_plan_later_and_once(plan, worker, unborn):
    joined = services.add_to_plan(plan=plan, person=unborn, on=TUESDAY, by=worker)
    assert services.add_to_plan(plan=plan, person=unborn, on=TUESDAY, by=worker) == joined
    assert unborn in queries.people_on(plan)
    assert acts_about(unborn) == ["add_to_plan"]


def test_a_line_changes_and_keeps_what_it_was(plan, action, worker, amira, twin):
    newer = services.change_action(action=action, by=worker, what="Get a bunk bed", due_on=TUESDAY)
    assert [one.what for one in history(newer)] == ["Get a bunk bed", "Get a second bed"]
    assert acts_about(amira)[-1] == acts_about(twin)[-1] == "change_action"


def test_an_action_that_changes_hands_leaves_the_work_of_whoever_had_it(plan, action, worker, manager):
    nans = services.change_action(action=action, by=worker, owner_in_words="Nan")
    assert (nans.owner, nans.owner_in_words, nans.whose) == (None, "Nan", "Nan")
    assert queries.actions_taken_on(worker) == []
    theirs = services.change_action(action=nans, by=worker, owner=manager)
    assert (theirs.owner, theirs.owner_in_words) == (manager, "")
    assert [one.action for one in queries.actions_taken_on(manager)] == [theirs]


def test_one_does_an_action_and_not_somebody_kept_from_the_children(
    plan, action, worker, manager, staff, amira
):
    for who, refusal in (
        ({"owner": worker, "owner_in_words": "Nan"}, "named too"),
        ({"owner": None}, "Nobody"),
    ):
        with refused(NotSaid, refusal):
            services.change_action(action=action, by=worker, **who)
    place_restriction(
        amira, by=manager, kind="staff_family", reason="A colleague’s child", allowed=[worker],
        custodian=staff(Role.CUSTODIAN),
    )  # fmt: skip
    with refused(NotAllowed, "may not open this record"):
        services.change_action(action=action, by=worker, owner=staff(Role.SOCIAL_WORKER))
    assert PlanAction.current.get() == action


@pytest.mark.parametrize("past", ["ended_on", "kind", "done_on", "reached_on", "recorded_by", "plan_thread"])
def test_a_change_sets_only_what_it_is_for(plan, goal, action, worker, past):
    for what, line in (("plan", plan), ("goal", goal), ("action", action)):
        with pytest.raises(TypeError, match=past):
            getattr(services, f"change_{what}")(**{what: line, past: TUESDAY}, by=worker)


def test_two_who_change_one_line_see_the_clash_and_nothing_of_the_first_is_lost(action, worker):
    services.change_action(action=action, by=worker, what="Get a bunk bed")
    with pytest.raises(VersionClash) as clash:
        services.change_action(action=action, by=worker, what="Borrow a cot", expected=action.pk)
    assert clash.value.changed == {"what": ("Get a second bed", "Get a bunk bed")}
    assert PlanAction.current.get().what == "Get a bunk bed"


def test_two_who_change_two_lines_do_not_meet(plan, goal, action, worker):
    other = services.add_action(plan=plan, what="Ring the school", owner_in_words="Mum", by=worker)
    services.change_action(action=action, by=worker, what="Get a bunk bed", expected=action.pk)
    services.change_action(action=other, by=worker, what="Write to the school", expected=other.pk)
    assert {one.what for one in PlanAction.current.all()} == {"Get a bunk bed", "Write to the school"}


def test_what_is_done_or_given_up_is_no_longer_due(plan, worker, manager):
    due = {"due_on": TUESDAY, "owner": worker, "by": worker, "plan": plan}
    done, dropped, waits, later = (
        services.add_action(what=what, **{**due, **more})
        for what, more in [
            ("Done", {}),
            ("Given up", {}),
            ("Waits", {}),
            ("Later", {"due_on": date(2026, 4, 1)}),
        ]
    )
    services.do_action(action=done, on=TUESDAY, by=worker)
    services.give_up_action(action=dropped, because="They moved", by=worker)
    found = queries.actions_due_for(worker, date(2026, 3, 4), until=date(2026, 3, 11))
    assert [(one.action, one.is_overdue(date(2026, 3, 4))) for one in found] == [(waits, True)]
    assert not found[0].is_overdue(TUESDAY)  # on its day it is due, not late
    assert [one.action for one in queries.actions_due_for(worker, TUESDAY)] == [waits, later]
    assert queries.actions_due_for(manager, TUESDAY) == []
    assert [one.action for one in queries.actions_overdue_in([plan.thread], date(2026, 3, 4))] == [waits]


def test_a_childs_own_action_is_due_for_that_child(plan, worker, amira, twin):
    services.add_action(plan=plan, what="Own", only_for=amira, owner=worker, due_on=TUESDAY, by=worker)
    services.add_action(plan=plan, what="All", owner=worker, due_on=TUESDAY, by=worker)
    found = queries.actions_due_for(worker, TUESDAY)
    assert [one.person_ids for one in found] == [[amira.pk], [amira.pk, twin.pk]]


def test_more_that_is_taken_on_or_done_asks_the_database_no_more(
    plan, worker, amira, twin, django_assert_num_queries
):
    def take_on(number):
        for place in range(number):
            for child in (amira, twin):
                made = services.add_action(
                    plan=plan, what=f"Ring {place}", only_for=child, owner=worker, by=worker
                )
            services.do_action(action=made, on=MONDAY, by=worker)

    take_on(1)
    with CaptureQueriesContext(connection) as of_one:
        assert len(queries.actions_taken_on(worker)) == 1
    take_on(6)
    with django_assert_num_queries(len(of_one)):
        assert len(queries.actions_taken_on(worker)) == 7


def test_a_goal_is_reached_or_set_aside_with_a_reason(plan, goal, worker):
    assert services.reach_goal(goal=goal, on=TUESDAY, by=worker).reached_on == TUESDAY
    other = services.set_goal(plan=plan, what="A garden", by=worker)
    with refused(NotSaid, "set aside was not said"):
        services.set_goal_aside(goal=other, because=" ", by=worker)
    aside = services.set_goal_aside(goal=other, because="They moved to a flat", by=worker)
    assert aside.set_aside_because == "They moved to a flat"


def test_an_ended_plan_stays_to_be_read_and_takes_nothing_more(plan, action, worker, amira, twin):
    ended = services.end_plan(plan=plan, on=TUESDAY, reason="Things are good now", by=worker)
    assert (TUESDAY, "help_plan_ended", "The family help plan ended") in told_of(amira)
    assert [part.ended_on for part in Planned.current.all()] == [TUESDAY, TUESDAY]
    assert queries.open_plan(amira.pk, "family_help") is None
    assert queries.plans_of([amira.pk])[amira.pk] == [ended]
    assert queries.actions_due_for(worker, TUESDAY) == []
    for change in (
        lambda: services.set_goal(plan=ended, what="More", by=worker),
        lambda: services.do_action(action=action, on=TUESDAY, by=worker),
        lambda: services.end_plan(plan=plan, on=TUESDAY, reason="Again", by=worker),
    ):
        with refused(PlanEnded, "ended on"):
            change()


def test_a_plan_that_its_own_room_tells_of_gives_no_second_line(worker, amira):
    services.start_plan(kind="child_in_need", people=[amira], on=MONDAY, by=worker)
    assert told_of(amira) == []


@pytest.mark.parametrize(
    ("changes", "kind", "words"),
    [
        ({"basis": ""}, NotSaid, "chose this help"),  # never taken for voluntary: it decides the census
        ({"people": []}, NoChildren, "No child"),
        ({"on": date(2226, 1, 1)}, WrongDate, "has not come"),
        ({"review_on": date(2062, 4, 1)}, WrongDate, "years ahead"),
    ],
)
def test_when_a_plan_may_not_begin(worker, amira, changes, kind, words):
    given = {"kind": "family_help", "basis": "voluntary", "people": [amira], "on": MONDAY, "by": worker}
    with refused(kind, words):
        services.start_plan(**{**given, **changes})
    assert not Plan.objects.exists()


def test_an_action_says_what_and_who(plan, worker):
    with refused(NotSaid, "action was not said"):
        services.add_action(plan=plan, what=" ", owner=worker, by=worker)
    with refused(NotSaid, "Nobody is named"):
        services.add_action(plan=plan, what="Ring", owner_in_words="  ", by=worker)
    with refused(WrongDate, "years ahead"):
        services.add_action(plan=plan, what="Ring", owner=worker, due_on=date(3026, 1, 1), by=worker)


def test_nothing_is_to_be_done_by_a_day_before_the_plan_began(plan, goal, action, worker):
    slip = date(2020, 3, 3)
    with refused(WrongDate, "before this plan began"):
        services.add_action(plan=plan, goal=goal, what="A bed", owner=worker, due_on=slip, by=worker)
    with refused(WrongDate, "Check the year"):
        services.change_action(action=action, due_on=slip, by=worker)
    PlanAction.current.filter(thread=action.thread).update(due_on=slip)  # came with it from another plan
    action = PlanAction.current.get(thread=action.thread)
    assert services.change_action(action=action, what="Two beds", due_on=slip, by=worker).due_on == slip
    assert (
        services.add_action(
            plan=plan, goal=goal, what="A lamp", owner=worker, due_on=MONDAY, by=worker
        ).due_on
        == MONDAY
    )


def test_a_line_is_for_somebody_on_the_plan_and_under_a_goal_of_it(plan, worker, unborn, amira):
    with refused(NotOnThisPlan, "not for that person"):
        services.set_goal(plan=plan, what="A cot", only_for=unborn, by=worker)
    other = services.start_plan(kind="child_in_need", people=[amira], on=MONDAY, by=worker)
    elsewhere = services.set_goal(plan=other, what="School", by=worker)
    with refused(NotOnThisPlan, "another plan"):
        services.add_action(plan=plan, goal=elsewhere, what="Ring", owner=worker, by=worker)


def test_nothing_is_done_before_the_plan_began(action, worker):
    with refused(WrongDate, "before the plan"):
        services.do_action(action=action, on=date(2026, 3, 1), by=worker)


def test_who_may_not(plan, action, stranger, analyst, amira, twin):
    for user in (stranger, analyst):
        with pytest.raises(NotAllowed):
            services.change_action(action=action, what="Other", by=user)
        assert not permissions.can_plan(user, "family_help", [amira])
        assert not permissions.can_change(user, "family_help", [amira, twin])


def test_the_chair_writes_the_outline_of_a_protection_plan_and_no_other(chair, amira):
    plan = services.start_plan(kind="protection", people=[amira], on=MONDAY, by=chair)
    services.set_goal(plan=plan, what="Amira is safe at home", by=chair)
    with pytest.raises(NotAllowed):
        services.start_plan(kind="family_help", basis="voluntary", people=[amira], on=MONDAY, by=chair)


def test_where_one_child_is_kept_from_you_the_words_for_all_are_too(
    plan, worker, manager, staff, amira, twin
):
    place_restriction(
        twin, by=manager, kind="staff_family", reason="A colleague's child", custodian=staff(Role.CUSTODIAN)
    )
    with refused(NotAllowed, "kept from you"):
        services.set_goal(plan=plan, what="For all", by=worker)
    own = services.set_goal(plan=plan, what="Hers", only_for=amira, by=worker)
    assert Goal.current.get() == own


def test_hostile_words_are_kept_as_typed(plan, worker, amira):
    typed = "<script>alert(1)</script> '; drop table plan; -- \u202e مرحبا 👶🏽"
    services.set_goal(plan=plan, what=typed, by=worker)
    assert said(plan, amira) == [(typed, [])]


def test_a_goal_set_aside_takes_along_what_was_chosen_and_can_be_taken_up_again(plan, goal, action, worker):
    stays = services.add_action(plan=plan, goal=goal, what="Curtains", owner_in_words="Nan", by=worker)
    aside = services.set_goal_aside(goal=goal, because="They moved", actions=[action], by=worker)
    done = {one.what: one.not_needed_because for one in PlanAction.current.all()}
    assert done == {"Get a second bed": "They moved", "Curtains": ""}
    with refused(NotWaiting, "set aside: They moved"):
        services.reach_goal(goal=aside, on=MONDAY, by=worker)
    again = services.take_up_goal(goal=aside, by=worker)
    assert (again.set_aside_because, stays.is_open) == ("", True)
    assert len(history(again)) == 3  # nothing of it is lost


def test_a_goal_takes_along_no_action_of_another(plan, goal, worker):
    other = services.add_action(plan=plan, what="Ring the school", owner_in_words="Mum", by=worker)
    with refused(NotOnThisPlan, "not done for this goal"):
        services.set_goal_aside(goal=goal, because="They moved", actions=[other], by=worker)
    assert not Goal.current.get().set_aside_because


def test_what_was_done_with_is_not_done_with_twice_and_can_be_put_back(action, worker):
    done = services.do_action(action=action, on=MONDAY, by=worker)
    for act, said in ((services.do_action, {"on": MONDAY}), (services.give_up_action, {"because": "Moved"})):
        with refused(NotWaiting, "was done on"):
            act(action=done, by=worker, **said)
    assert services.take_up_action(action=done, by=worker).is_open


def test_a_stranger_does_none_of_it(plan, goal, action, stranger, someone):
    for act, said in (
        (services.take_up_goal, {"goal": goal}),
        (services.take_up_action, {"action": action}),
        (services.set_goal_aside, {"goal": goal, "because": "No"}),
        (services.add_to_plan, {"plan": plan, "person": someone("Bo", "Khan"), "on": TUESDAY}),
    ):
        with pytest.raises(NotAllowed):
            act(by=stranger, **said)


def test_who_works_with_the_family_adds_a_child_nobody_works_with_yet(plan, worker, someone):
    baby = someone("Bo", "Khan")
    services.add_to_plan(plan=plan, person=baby, on=TUESDAY, by=worker)
    assert baby in queries.people_on(plan)
