"""One family's help: chosen by them, each child apart, and ended without a reason owed."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kith.record.access import permissions as access
from kith.record.access.services import place_restriction
from kith.record.audit.models import Entry
from kith.record.chronology.policies import NoChildren, WrongCode, WrongDate
from kith.record.clocks.queries import clocks_for
from kith.record.extract.queries import extract
from kith.record.help import permissions, queries, services
from kith.record.help.models import Agreement, ChildsView, FamilyHelp, HelpEpisode, StepUp
from kith.record.help.policies import (
    AlreadyDecided,
    AlreadyHelped,
    AlreadyLeft,
    HelpEnded,
    NobodyAgreed,
    NotAChild,
)
from kith.record.people.models import Role
from kith.record.people.services import add_identifier
from kith.record.planning import queries as planning
from kith.record.planning import services as planning_services
from kith.record.refusals import NotAllowed
from kith.record.said import NotSaid
from kith.record.tests.practice import acts_about, refused, told_of, worked_with
from kith.record.versions import VersionClash
from kith.standards.dates import birthday

TODAY = timezone.localdate


@pytest.fixture
def plan(family, helper):
    return services.agree_plan(
        help=family, goal="Everybody sleeps", action="Get a bed", owner_in_words="Mum", due_on=None, by=helper
    )


def test_each_child_has_a_time_of_help_of_their_own(family, amira, twin, asked):
    assert queries.people_helped(family) == [amira, twin]
    for child in (amira, twin):
        assert told_of(child)[-1] == (TODAY(), "help_started", "Family help began")
        assert acts_about(child) == ["begin_help"]
    assert queries.request_of(asked.thread).family_thread == family.thread
    assert family.what_would_help == asked.what_would_help  # nothing typed again


def test_an_unborn_child_may_be_helped(helper, unborn):
    begun = services.begin_help(
        people=[unborn], basis="voluntary", agreed_by="Her mum", agreed_how="visit", by=helper
    )
    assert queries.family_of(unborn.pk, TODAY()) == begun


def test_help_that_was_accepted_before_it_is_written_down_begins_on_its_own_day(helper, amira):
    accepted = timezone.now() - timedelta(days=20)
    given = {"people": [amira], "basis": "voluntary", "agreed_by": "Mum", "agreed_how": "phone"}
    begun = services.begin_help(**given, accepted_at=accepted, by=helper)
    day = timezone.localdate(accepted)
    assert told_of(amira)[-1] == (day, "help_started", "Family help began")
    plan = services.agree_plan(
        help=begun, goal="Sleep", action="Get a bed", due_on=None, on=day, owner_in_words="Mum", by=helper
    )
    assert plan.started_on == day


@pytest.mark.parametrize(
    ("changes", "kind", "words"),
    [
        ({"accepted_at": timezone.now() + timedelta(days=9)}, NotSaid, "not come yet"),
        ({"people": []}, NoChildren, "No child"),
        ({"basis": ""}, NotSaid, "under section 17"),  # never taken for voluntary
        ({"agreed_by": " "}, NotSaid, "Who was asked"),
        ({"need": "castle"}, WrongCode, "what the family needs"),
    ],
)
def test_when_help_may_not_begin(helper, amira, changes, kind, words):
    given = {"people": [amira], "basis": "voluntary", "agreed_by": "Mum", "agreed_how": "phone"}
    with refused(kind, words):
        services.begin_help(**{**given, **changes}, by=helper)
    assert not FamilyHelp.objects.exists()


@pytest.mark.parametrize("days", [0, 1])  # the 18th birthday, and the day before it
def test_help_is_begun_for_children_and_no_grown_person(someone, helper, days):
    born = birthday(TODAY(), TODAY().year - 18) + timedelta(days=days)
    given = {"people": [someone("Lou", "Khan", date_of_birth=born)], "agreed_by": "Mum", "by": helper}
    if days:
        assert services.begin_help(**given, basis="voluntary", agreed_how="phone")
        return
    with refused(NotAChild, "18 or older"):
        services.begin_help(**given, basis="voluntary", agreed_how="phone")


def test_a_child_is_helped_by_one_family_at_a_time(family, helper, amira):
    with refused(AlreadyHelped, "family help already"):
        services.begin_help(people=[amira], basis="voluntary", agreed_by="Mum", agreed_how="phone", by=helper)


def test_until_somebody_leads_whoever_answers_families_may_open_the_record(staff, someone, helper):
    child = someone("Noor", "Okoro")
    duty = staff(Role.DUTY_WORKER)
    assert not access.can_open(duty, child)
    help = services.begin_help(
        people=[child], basis="voluntary", agreed_by="Mum", agreed_how="phone", by=helper
    )
    assert access.can_open(duty, child)
    manager = staff(Role.TEAM_MANAGER)
    services.lead_named(help=help, worker=helper, on=TODAY(), by=manager)
    assert not access.can_open(duty, child)


def test_naming_who_leads_meets_the_clock_and_later_changes_leave_it_met(
    family, helper, manager, amira, staff
):
    assert {line.clock: line.status for line in clocks_for(amira, TODAY())}["FH-01"] == "due"
    led = services.lead_named(help=family, worker=helper, on=TODAY(), by=manager)
    assert {line.clock: line.status for line in clocks_for(amira, TODAY())}["FH-01"] == "met"
    other = staff(Role.FAMILY_HELP_LEAD)
    again = services.lead_named(help=led, worker=other, on=TODAY(), by=manager)
    assert (again.lead, again.lead_named_on) == (other, TODAY())
    assert {episode.worker for episode in queries.episodes_of_family(family.thread)} == {other}
    with pytest.raises(NotAllowed):
        services.lead_named(help=again, worker=helper, on=TODAY(), by=helper)


@pytest.mark.parametrize(
    ("accepted", "due_on"),
    [
        (date(2026, 3, 31), date(2026, 4, 9)),  # Easter inside
        (date(2026, 12, 24), date(2027, 1, 5)),  # Christmas and New Year inside
        (date(2026, 5, 1), date(2026, 5, 11)),  # the early May holiday inside
    ],
)
def test_a_lead_is_named_within_five_working_days(family, amira, accepted, due_on):
    at = timezone.make_aware(timezone.datetime(accepted.year, accepted.month, accepted.day, 11))
    FamilyHelp.objects.filter(pk=family.pk).update(accepted_at=at)
    HelpEpisode.objects.update(started_on=accepted)
    (line,) = [line for line in clocks_for(amira, accepted) if line.clock == "FH-01"]
    assert line.due_on == due_on


@pytest.mark.parametrize(
    ("agreed", "due_on"),
    [
        (date(2026, 11, 13), date(2026, 12, 25)),  # a limit in weeks may end on a holiday
        (date(2026, 2, 20), date(2026, 4, 3)),  # and on Good Friday, over the change of the clocks
        (date(2026, 12, 1), date(2027, 1, 12)),  # over the year
    ],
)
def test_a_plan_is_looked_at_again_six_weeks_after_it_was_agreed(plan, amira, agreed, due_on):
    type(plan).objects.filter(pk=plan.pk).update(started_on=agreed)
    HelpEpisode.objects.update(started_on=agreed)
    (line,) = [line for line in clocks_for(amira, agreed) if line.clock == "FH-02"]
    assert line.due_on == due_on


def test_the_day_agreed_with_the_family_comes_first_where_it_is_sooner(plan, family, helper, amira):
    def due_on():
        return [one.due_on for one in clocks_for(amira, TODAY()) if one.clock == "FH-02" and one.is_open]

    soon, later = TODAY() + timedelta(days=14), TODAY() + timedelta(weeks=9)
    plan = planning_services.change_plan(plan=plan, review_on=soon, by=helper)
    assert due_on() == [soon]
    planning_services.change_plan(plan=plan, review_on=later, by=helper)
    assert due_on() == [TODAY() + timedelta(weeks=6)]


def test_a_review_meets_the_clock_and_the_next_counts_from_it(plan, family, helper, amira):
    services.review_help(help=family, on=TODAY(), what_changed="They sleep", by=helper)
    lines = [line for line in clocks_for(amira, TODAY()) if line.clock == "FH-02"]
    assert TODAY() + timedelta(weeks=6) in {line.due_on for line in lines if line.is_open}


def test_a_review_says_what_changed_and_moves_the_plans_next_day(plan, family, helper):
    with refused(NotSaid, "What changed"):
        services.review_help(help=family, on=TODAY(), what_changed=" ", by=helper)
    next_on = TODAY() + timedelta(weeks=4)
    services.review_help(help=family, on=TODAY(), what_changed="Sleep", next_on=next_on, by=helper)
    assert planning.plan_of(plan.thread).review_on == next_on


def test_a_plan_needs_one_goal_one_action_and_somebody_who_agrees(family, helper, plan, amira, twin):
    shown = planning.shown(plan, [amira.pk, twin.pk])
    assert [(one.goal.what, one.actions[0].whose) for one in shown.goals] == [("Everybody sleeps", "Mum")]


def test_without_agreement_there_is_no_plan(family, helper):
    Agreement.objects.update(answer="withdrawn")
    with refused(NobodyAgreed, "Nobody of the family"):
        services.agree_plan(help=family, goal="g", action="a", owner_in_words="Mum", due_on=None, by=helper)


def test_what_a_child_says_is_theirs_alone(family, helper, amira, twin):
    services.write_childs_view(
        help=family, person=amira, on=TODAY(), own_words="Dad shouts", may_family_read="no", by=helper
    )
    assert queries.views_of(family, [twin.pk]) == {twin.pk: []}
    (said,) = queries.views_of(family, [amira.pk])[amira.pk]
    assert said.own_words == "Dad shouts"
    assert "write_childs_view" not in acts_about(twin)
    with refused(NotSaid, "What the child said"):
        services.write_childs_view(help=family, person=twin, on=TODAY(), by=helper)


def test_a_need_of_one_child_shows_on_no_brothers_page(family, helper, amira, twin):
    services.add_need(help=family, kind="disability", only_for=amira, in_words="Hearing", by=helper)
    services.add_need(help=family, kind="debt", by=helper)
    assert [need.kind for need in queries.written_of(family, [twin.pk]).needs] == ["debt"]
    assert [need.kind for need in queries.written_of(family, [amira.pk]).needs] == ["disability", "debt"]


def test_a_need_is_matched_with_help_and_whether_it_helped(family, helper):
    need = services.add_need(help=family, kind="food", by=helper)
    matched = services.match_need(need=need, met_by="Elm Road food bank", was_taken_up=True, by=helper)
    assert (matched.offered_on, matched.has_helped) == (TODAY(), None)  # nobody has said whether it helped
    with pytest.raises(VersionClash):
        services.match_need(need=need, met_by="Other", expected=need.pk, by=helper)


def test_the_team_around_the_family_comes_and_goes(family, helper):
    member = services.add_team_member(help=family, name="Bea Teacher", does_what="Breakfast club", by=helper)
    services.end_team_member(member=member, on=TODAY(), by=helper)
    assert [one.ended_on for one in queries.written_of(family, []).team] == [TODAY()]


def test_a_meeting_is_offered_answered_and_held_with_what_was_not_agreed_and_why(family, helper):
    meeting = services.offer_meeting(
        help=family, kind="decision_making", offered_to="Sal", on=TODAY(), how="visit", by=helper
    )
    meeting = services.answer_meeting(
        meeting=meeting, reply="yes", on=TODAY(), prepared_by="Ivy, who is independent", by=helper
    )
    held = {"who_came": "Nan, Sal, Uncle Joe", "had_private_time": True, "agreed": "Nan has them on Fridays"}
    with refused(NotSaid, "Why part of the plan"):
        services.hold_meeting(
            meeting=meeting, on=TODAY(), familys_plan="Fridays at Nan's", not_agreed="Joe drives", by=helper,
            **held,
        )  # fmt: skip
    with refused(NotSaid, "family’s plan"):
        services.hold_meeting(meeting=meeting, on=TODAY(), familys_plan="", by=helper, **held)
    done = services.hold_meeting(
        meeting=meeting, on=TODAY(), familys_plan="Fridays at Nan's", not_agreed="Joe drives",
        not_agreed_because="He has no licence", by=helper, **held,
    )  # fmt: skip
    assert (done.held_on, done.had_private_time) == (TODAY(), True)
    with refused(WrongDate, "before the offer"):
        services.answer_meeting(meeting=done, reply="no", on=TODAY() - timedelta(1), by=helper)


def test_a_meeting_that_is_not_offered_has_its_reason(family, helper):
    with refused(NotSaid, "Why it is not offered"):
        services.not_offer_meeting(help=family, kind="decision_making", because="", by=helper)
    said = services.not_offer_meeting(
        help=family, kind="decision_making", because="Her father may not know where she is", by=helper
    )
    assert said.offered_on is None


def test_a_family_that_stops_owes_no_reason_and_nothing_escalates(plan, family, helper, amira, twin):
    services.close_help(help=family, on=TODAY(), reason="family_stopped", by=helper)
    assert not StepUp.objects.exists()
    assert told_of(amira)[-1][1:] == ("help_ended", "Family help ended: the family chose to stop")
    assert {part.ended_on for part in queries.episodes_of_family(family.thread)} == {TODAY()}
    assert planning.open_plan(twin.pk, "family_help") is None
    with refused(HelpEnded, "ended on"):
        services.add_need(help=family, kind="food", by=helper)
    assert [line for line in clocks_for(amira, TODAY()) if line.clock.startswith("FH")] == []


def test_help_under_section_17_is_ended_by_a_manager(helper, manager, amira):
    help = services.begin_help(
        people=[amira], basis="section_17", agreed_by="Mum", agreed_how="phone", by=helper
    )
    with pytest.raises(NotAllowed):
        services.close_help(help=help, on=TODAY(), reason="helped", by=helper)
    assert services.close_help(help=help, on=TODAY(), reason="helped", by=manager).ended_on == TODAY()


def test_a_child_joins_the_help_of_their_family(family, helper, unborn):
    services.add_child(help=family, person=unborn, on=TODAY(), by=helper)
    assert unborn in queries.people_helped(family)
    with refused(AlreadyHelped, "already"):
        services.add_child(help=family, person=unborn, on=TODAY(), by=helper)


def test_asking_for_more_is_about_the_children_named_and_says_whether_the_family_was_told(
    family, helper, amira, twin
):
    with refused(NotSaid, "was not told"):
        services.ask_step_up(
            help=family, people=[amira], what_has_changed="A burn", was_family_told=False, by=helper
        )
    step = services.ask_step_up(
        help=family, people=[amira], what_has_changed="A burn", was_family_told=True, by=helper
    )
    assert queries.ids_stepped_up([step.thread]) == {step.thread: [amira.pk]}
    assert told_of(twin)[-1][1] == "help_started"
    assert {line.clock for line in clocks_for(twin, TODAY())} == {"FH-01"}
    assert "FD-04" in {line.clock for line in clocks_for(amira, TODAY())}


def test_a_step_up_is_decided_by_a_manager_who_did_not_ask(family, helper, manager, staff, team, amira):
    own = services.ask_step_up(
        help=family, people=[amira], what_has_changed="A burn", was_family_told=True, by=manager
    )
    decided = {"decision": "stay", "because": "It was the oven"}
    with refused(NotAllowed, "somebody else decides"):
        services.step_up_decided(step=own, by=manager, **decided)
    with pytest.raises(NotAllowed):
        services.step_up_decided(step=own, by=helper, **decided)
    other = staff(Role.TEAM_MANAGER, manages=team)
    with refused(NotSaid, "Why"):
        services.step_up_decided(step=own, decision="stay", because="", by=other)
    services.step_up_decided(step=own, by=other, **decided)
    with refused(AlreadyDecided, "decided before"):
        services.step_up_decided(step=own, by=other, **decided)


def test_a_step_up_that_is_taken_back_stops_its_clock(family, helper, amira):
    step = services.ask_step_up(
        help=family, people=[amira], what_has_changed="A burn", was_family_told=True, by=helper
    )
    services.withdraw_step_up(step=step, because="It was paint", by=helper)
    assert "FD-04" not in {line.clock for line in clocks_for(amira, TODAY()) if line.is_open}
    assert queries.steps_undecided() == []


def test_two_who_write_of_a_family_at_once_see_the_clash(family, helper, manager):
    services.describe_family(help=family, going_well="They laugh", expected=family.pk, by=helper)
    with pytest.raises(VersionClash) as clash:
        services.describe_family(help=family, going_well="They sing", expected=family.pk, by=manager)
    assert clash.value.changed == {"going_well": ("", "They laugh")}


def test_who_may_not(family, stranger, analyst, helper, manager, amira):
    services.lead_named(help=family, worker=helper, on=TODAY(), by=manager)
    for user in (stranger, analyst):
        with pytest.raises(NotAllowed):
            services.describe_family(help=family, going_well="x", by=user)
        assert not permissions.can_help(user, [amira])
    with pytest.raises(NotAllowed):
        services.begin_help(
            people=[amira], basis="voluntary", agreed_by="Mum", agreed_how="phone", by=analyst
        )


def test_a_child_who_is_kept_from_you_keeps_the_familys_words_too(family, helper, twin, manager, staff):
    place_restriction(
        twin, by=manager, kind="staff_family", reason="A colleague's", custodian=staff(Role.CUSTODIAN)
    )
    with refused(NotAllowed, "kept from you"):
        services.describe_family(help=family, going_well="x", by=helper)


def test_help_before_is_told_newest_first_for_whoever_decides(family, helper, amira, someone, worker, team):
    other = worked_with(someone("New", "Child"), worker, team)
    services.close_help(help=family, on=TODAY(), reason="helped", by=helper)
    again = services.begin_help(
        people=[amira], basis="voluntary", agreed_by="Mum", agreed_how="phone", by=helper
    )
    found = queries.help_before([amira.pk, other.pk])
    assert [one.family_thread for one in found[amira.pk]] == [family.thread, again.thread]
    assert found[other.pk] == []


def test_each_childs_help_is_in_the_dataset_without_a_word_of_it(family, helper, manager, amira):
    add_identifier(amira, by=manager, kind="child_id", value="K1", authority="299", source="test")
    services.lead_named(help=family, worker=helper, on=TODAY(), by=manager)
    rows = extract()["ssd_early_help_episodes"].to_dicts()
    row = next(row for row in rows if row["earl_person_id"] == str(amira.pk))
    assert (row["earl_episode_start_date"], row["earl_episode_reason"]) == (TODAY(), "housing")
    assert row["earl_episode_worker_id"] == f"K{helper.pk}"
    assert ChildsView.objects.count() == 0


def test_the_audit_tells_who_began_what(family, helper):
    acts = list(Entry.objects.filter(actor_id=helper.pk).order_by("id").values_list("act", flat=True))
    assert acts == [
        "accept_family_help", "begin_help", "begin_help", "write_agreement", "answer_request"
    ]  # fmt: skip


def test_somebodys_part_in_the_team_ends_once_on_a_day_that_can_be(family, helper, manager, stranger):
    services.lead_named(help=family, worker=helper, on=TODAY(), by=manager)
    bea = services.add_team_member(help=family, name="Bea", by=helper)
    for on in (TODAY() - timedelta(days=1), TODAY() + timedelta(days=1), date(1900, 1, 1)):
        with pytest.raises(WrongDate):
            services.end_team_member(member=bea, on=on, by=helper)
    with pytest.raises(NotAllowed):
        services.end_team_member(member=bea, on=TODAY(), by=stranger)
    left = services.end_team_member(member=bea, on=TODAY(), by=helper)
    assert left.ended_on == TODAY()
    with refused(AlreadyLeft, "Bea left the team"):
        services.end_team_member(member=bea, on=TODAY(), by=helper)
