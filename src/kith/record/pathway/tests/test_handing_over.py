"""Children given to a worker, and handed over: the work goes with them, and nothing is typed again."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from kith.record.access.models import Message
from kith.record.care.models import PeriodOfCare
from kith.record.frontdoor import services as frontdoor
from kith.record.help import services as help
from kith.record.help.queries import episodes_of, help_of
from kith.record.owed import queries as owed_queries
from kith.record.owed import services as owed
from kith.record.owed.models import Owed
from kith.record.owed.policies import NotOwed
from kith.record.pathway import handing_over
from kith.record.pathway.services import allocate_worker
from kith.record.people import services as people
from kith.record.people import staff as staffing
from kith.record.people.models import Allocation, Role
from kith.record.people.staff import unallocated_team
from kith.record.planning import services as planning
from kith.record.protection import services as protection
from kith.record.protection.queries import invited_to
from kith.record.protection.services import Asked
from kith.record.refusals import NotAllowed, NotPossible
from kith.record.tests.practice import acts_about, refused
from kith.record.versions import VersionClash
from kith.record.workload import queries
from kith.record.workload import services as workload
from kith.record.workload.models import Handover

TODAY = timezone.localdate()


@pytest.fixture
def dan(staff, team):
    return staff(Role.SOCIAL_WORKER, team=team, name="Dan Next")


@pytest.fixture
def referral(amira, worker):
    (made,) = frontdoor.receive_referral(
        children=[amira], on=TODAY - timedelta(days=40), source="1A", primary_need="N1",
        is_no_further_action=False, by=worker,
    )  # fmt: skip
    return made


def owed_of(worker):
    """What a worker owes, by what it is."""
    return {line.owed.what: line for line in owed_queries.owed_by(worker, timezone.now())}


def workers_of(child):
    held = Allocation.current.filter(person=child, ended_on=None).exclude(worker=None)
    return [one.worker for one in held]


def test_children_are_given_together_and_leave_the_unallocated(someone, manager, dan, team):
    child = someone("Noor", "Khan", date_of_birth=date(2018, 1, 1))
    Allocation.objects.create(person=child, team=unallocated_team(), role="", started_on=TODAY)
    Allocation.objects.create(person=child, team=team, role="social_worker", started_on=TODAY)
    handing_over.give_children(children=[child], worker=dan, on=TODAY, by=manager)
    assert workers_of(child) == [dan]
    assert not Allocation.current.filter(person=child, team__is_unallocated=True, ended_on=None).exists()
    assert "worker_allocated" in acts_about(child)
    assert Message.objects.get(to=dan).text.startswith("One child has been allocated to you by Mo Manager")


@pytest.mark.parametrize(("role", "all_of_them", "leads"), [
    ("family_help_lead", True, True),
    ("family_help_lead", False, False),  # whom else it is for has another worker: a manager says who leads
    ("social_worker", True, False),
])  # fmt: skip
def test_a_help_lead_who_is_given_a_whole_family_leads_its_help(
    amira, twin, manager, staff, team, role, all_of_them, leads
):
    """The manager says it once, and the worker finds no question that is not theirs to answer."""
    kit = staff(Role(role), team=team, name="Kit Lead")
    begun = help.begin_help(
        people=[amira, twin], basis="voluntary", agreed_by="Their mum", agreed_how="phone", by=manager
    )
    given = [amira, twin] if all_of_them else [amira]
    handing_over.give_children(
        children=given, worker=kit, on=TODAY, by=manager, role=role, apart_because="Asked for"
    )
    family = help_of(begun.thread)
    assert (family.lead, family.lead_named_on) == ((kit, TODAY) if leads else (None, None))


def test_a_help_lead_who_becomes_the_social_worker_has_that_role_alone_from_the_day(
    someone, manager, staff, team
):
    child = someone("Noor", "Khan", date_of_birth=date(2018, 1, 1))
    kit = staff(Role.FAMILY_HELP_LEAD, Role.SOCIAL_WORKER, team=team, name="Kit Lead")
    before = TODAY - timedelta(days=20)
    allocate_worker(child=child, on=before, worker=kit, by=manager, role="family_help_lead")
    allocate_worker(child=child, on=TODAY, worker=kit, by=manager)
    held = Allocation.current.filter(person=child, worker=kit).order_by("started_on")
    assert [(one.role, one.started_on, one.ended_on) for one in held] == [
        ("family_help_lead", before, TODAY), ("social_worker", TODAY, None)
    ]  # fmt: skip


def test_the_worker_of_a_record_that_was_merged_hands_over_too(someone, amira, manager, worker, dan):
    double = someone("Amirah", "Khan", date_of_birth=date(2015, 3, 2))
    staffing.allocate(double, by=manager, worker=worker, started_on=TODAY)
    people.merge(amira, double, by=manager, reason="One girl")
    handing_over.give_children(children=[amira], worker=dan, on=TODAY, by=manager)
    assert workers_of(double) == [] and workers_of(amira) == [dan]
    assert handing_over.works_with(worker, amira, TODAY) == []


def test_given_to_the_same_worker_again_nothing_changes(amira, manager, worker):
    assert handing_over.give_children(children=[amira], worker=worker, on=TODAY, by=manager) == []
    assert workers_of(amira) == [worker]


def test_what_was_owed_and_taken_on_goes_with_the_child_and_its_day_stays(
    amira, twin, worker, dan, manager, referral
):
    left = owed.owe(what="family_told", fact=referral, persons=[amira.pk], by=worker, owed_by=worker)
    plan = planning.start_plan(kind="child_in_need", people=[amira], on=TODAY, by=worker, basis="section_17")
    action = planning.add_action(plan=plan, what="Ring the school", owner=worker, by=worker)
    due = owed_queries.owed_by(worker, timezone.now())[0].due_on
    handing_over.hand_over(children=[amira], before=worker, to=dan, on=TODAY, by=worker)
    assert owed_of(dan)["family_told"].owed.thread == left.thread
    assert owed_of(dan)["family_told"].due_on == due
    assert owed_queries.owed_by(worker, timezone.now()) == []
    assert type(action).current.get(thread=action.thread).owner == dan
    assert workers_of(amira) == [dan]
    assert workers_of(twin) == [worker]  # a brother who was not handed over stays


def test_what_is_owed_of_two_is_parted_when_one_is_handed_over(amira, twin, worker, dan, referral):
    both = [amira.pk, twin.pk]
    left = owed.owe(what="family_told", fact=referral, persons=both, by=worker, owed_by=worker)
    handing_over.hand_over(children=[amira], before=worker, to=dan, on=TODAY, by=worker)
    hers, his = owed_of(dan)["family_told"], owed_of(worker)["family_told"]
    assert (hers.person_ids, his.person_ids) == ((amira.pk,), (twin.pk,))
    assert his.owed.thread == left.thread and hers.due_on == his.due_on
    assert "handed_on" in acts_about(amira) and "handed_on" not in acts_about(twin)
    handing_over.hand_over(children=[twin], before=worker, to=dan, on=TODAY, by=worker)
    assert owed_queries.owed_by(worker, timezone.now()) == []
    done = owed.settle(what="family_told", of=referral, done=referral, by=dan)
    assert len(done) == 2  # the fact that was missing settles it for each


def test_what_is_owed_of_two_goes_as_one_when_both_go(amira, twin, worker, dan, referral):
    both = [amira.pk, twin.pk]
    left = owed.owe(what="family_told", fact=referral, persons=both, by=worker, owed_by=worker)
    handing_over.hand_over(children=[amira, twin], before=worker, to=dan, on=TODAY, by=worker)
    assert owed_of(dan)["family_told"].owed.thread == left.thread
    assert owed_of(dan)["family_told"].person_ids == tuple(both)


def test_what_a_plan_asks_for_all_of_them_stays_while_one_stays(amira, twin, worker, dan, referral):
    frontdoor.receive_referral(
        children=[twin], on=TODAY - timedelta(days=40), source="1A", primary_need="N1",
        is_no_further_action=False, by=worker,
    )  # fmt: skip
    plan = planning.start_plan(
        kind="child_in_need", people=[amira, twin], on=TODAY, by=worker, basis="section_17"
    )
    given = {"plan": plan, "owner": worker, "by": worker}
    all_of_them = planning.add_action(what="Ring the school", **given)
    hers = planning.add_action(what="Find a club for her", only_for=amira, **given)

    def owner(action):
        return type(action).current.get(thread=action.thread).owner

    handing_over.hand_over(children=[amira], before=worker, to=dan, on=TODAY, by=worker)
    assert (owner(all_of_them), owner(hers)) == (worker, dan)
    handing_over.hand_over(children=[twin], before=worker, to=dan, on=TODAY, by=worker)
    assert owner(all_of_them) == dan


def conference_of(children, worker):
    day = TODAY + timedelta(days=14)
    day -= timedelta(days=max(day.weekday() - 4, 0))  # no conference on a weekend
    return protection.convene_conference(
        children=children, kind="initial", by=worker, now=timezone.now(), family_told_by=worker.name,
        planned_for=datetime.combine(day, time(10), tzinfo=timezone.get_current_timezone()),
        people=[Asked(worker.name, job="Social worker", agency="la_csc", user=worker)],
    )  # fmt: skip


def asked_to(conference):
    return [one.user for one in invited_to(conference.thread)]


def test_the_next_worker_is_asked_to_the_conference_to_come(amira, worker, dan, manager, referral):
    conference = conference_of([amira], worker)
    handing_over.hand_over(children=[amira], before=worker, to=dan, on=TODAY, by=worker)
    assert asked_to(conference) == [dan]
    assert [one.name for one in invited_to(conference.thread)] == ["Dan Next"]
    assert type(conference).current.get(thread=conference.thread).family_told_by == "Dan Next"
    assert "hand_on_invitation" in acts_about(amira)
    handing_over.give_children(
        children=[amira], worker=worker, on=TODAY, by=manager
    )  # a manager gives her back
    assert asked_to(conference) == [worker]


def test_both_workers_are_asked_where_a_brother_stays(amira, twin, worker, dan, referral):
    conference = conference_of([amira, twin], worker)
    handing_over.hand_over(children=[amira], before=worker, to=dan, on=TODAY, by=worker)
    assert asked_to(conference) == [worker, dan]
    assert type(conference).current.get(thread=conference.thread).family_told_by == "Ada Osei"


def test_a_report_that_was_sent_stays_its_writers(amira, worker, dan, referral):
    conference = conference_of([amira], worker)
    (mine,) = invited_to(conference.thread)
    protection.say_of_invited(invited=mine, report_received_on=TODAY, by=worker)
    handing_over.hand_over(children=[amira], before=worker, to=dan, on=TODAY, by=worker)
    assert asked_to(conference) == [worker, dan]


def test_a_conference_that_was_held_is_left_as_it_was(amira, worker, dan, referral):
    conference = conference_of([amira], worker)
    protection.call_off_conference(conference=conference, because="Safe at her nan’s", by=worker)
    handing_over.hand_over(children=[amira], before=worker, to=dan, on=TODAY, by=worker)
    assert asked_to(conference) == [worker]


def test_whoever_takes_over_leads_the_familys_help(amira, twin, worker, dan, manager):
    begun = help.begin_help(
        people=[amira, twin], basis="voluntary", agreed_by="Mum", agreed_how="visit", by=worker
    )
    help.lead_named(help=begun, worker=worker, on=TODAY, by=manager)
    handing_over.hand_over(children=[amira], before=worker, to=dan, on=TODAY, by=worker)
    assert help_of(begun.thread).lead == worker  # she still has a brother of hers
    theirs = {one.person: one.worker for one in episodes_of([amira.pk, twin.pk])}
    assert theirs == {amira: dan, twin: worker}
    handing_over.hand_over(children=[twin], before=worker, to=dan, on=TODAY, by=worker)
    assert help_of(begun.thread).lead == dan


def test_that_the_family_is_told_and_a_goodbye_are_owed_until_somebody_says_so(amira, twin, worker, dan):
    handing_over.hand_over(children=[amira, twin], before=worker, to=dan, on=TODAY, by=worker)
    told, goodbye = (owed_of(dan)[what] for what in (handing_over.TOLD, handing_over.GOODBYE))
    assert told.person_ids == goodbye.person_ids == (amira.pk, twin.pk)
    handing_over.say_family_is_told(left=told.owed, told_by=" Ada ", on=TODAY, by=dan)
    handing_over.say_goodbye_is_held(left=goodbye.owed, on=TODAY, by=dan)
    assert owed_of(dan) == {}
    for child in (amira, twin):
        (one,) = queries.handovers_of([child.pk])
        assert (one.family_told_by, one.family_told_on, one.goodbye_held_on) == ("Ada", TODAY, TODAY)
    with refused(NotOwed, "no longer owed"):  # sent twice
        now = Owed.current.get(thread=told.owed.thread)
        handing_over.say_family_is_told(left=now, told_by="Ada", on=TODAY, by=dan)


def test_what_was_said_of_the_family_is_not_owed(amira, worker, dan):
    family = handing_over.OfFamily("Ada", TODAY, TODAY + timedelta(days=5))
    handing_over.hand_over(children=[amira], before=worker, to=dan, on=TODAY, by=worker, family=family)
    assert list(owed_of(dan)) == [handing_over.GOODBYE]
    assert owed_of(dan)[handing_over.GOODBYE].due_on == TODAY + timedelta(days=5)
    gone_by = handing_over.OfFamily("Dan", None, TODAY - timedelta(days=1))
    handing_over.hand_over(children=[amira], before=dan, to=worker, on=TODAY, by=dan, family=gone_by)
    assert owed_of(worker).keys() == {handing_over.GOODBYE}  # the first handover’s, which came back with her
    (_, last) = sorted(queries.handovers_of([amira.pk]), key=lambda one: one.pk)
    assert (last.family_told_on, last.goodbye_held_on) == (TODAY, TODAY - timedelta(days=1))


@pytest.mark.parametrize(
    ("family", "words"),
    [
        (handing_over.OfFamily("", TODAY), "Nobody said who told"),
        (handing_over.OfFamily("Ada", TODAY + timedelta(days=1)), "has not come"),
        (handing_over.OfFamily("Ada", date(1900, 1, 1)), "three months before"),
        (handing_over.OfFamily(goodbye_on=date(1900, 1, 1)), "three months before"),
        (handing_over.OfFamily(goodbye_on=TODAY + timedelta(days=93)), "three months away"),
    ],
)
def test_what_is_said_of_the_family_can_be(amira, worker, dan, family, words):
    with refused(NotPossible, words):
        handing_over.hand_over(children=[amira], before=worker, to=dan, on=TODAY, by=worker, family=family)
    assert workers_of(amira) == [worker]


def test_only_who_owes_it_says_that_the_family_was_told(amira, worker, dan, stranger, manager):
    handing_over.hand_over(children=[amira], before=worker, to=dan, on=TODAY, by=worker)
    told, goodbye = (owed_of(dan)[what].owed for what in (handing_over.TOLD, handing_over.GOODBYE))
    with refused(NotAllowed, "owed by somebody else"):
        handing_over.say_family_is_told(left=told, told_by="Sam", on=TODAY, by=stranger)
    with refused(NotAllowed, "owed by somebody else"):
        handing_over.say_goodbye_is_held(left=goodbye, on=TODAY, by=stranger)
    handing_over.say_family_is_told(left=told, told_by="Ada", on=TODAY, by=manager)
    with pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.create(
            person=amira, handed_by=worker, taken_by=dan, from_on=TODAY, family_told_on=TODAY
        )


def test_three_lines_go_with_each_child_alone_and_the_next_worker_says_they_read_them(
    amira, twin, worker, dan
):
    lines = {amira.pk: {"what_matters": "Cats"}, twin.pk: {"what_matters": "Buses"}}
    handing_over.hand_over(children=[amira, twin], before=worker, to=dan, on=TODAY, by=worker, lines=lines)
    assert [one.what_matters for one in queries.handovers_of([amira.pk])] == ["Cats"]
    assert [one.what_matters for one in queries.handovers_of([twin.pk])] == ["Buses"]
    first, _ = queries.to_read(dan)
    read = workload.say_it_is_read(handover=first, by=dan)
    assert workload.say_it_is_read(handover=read, by=dan) == read  # pressed twice
    assert len(queries.to_read(dan)) == 1
    with refused(NotAllowed, "somebody else"):
        workload.say_it_is_read(handover=queries.to_read(dan)[0], by=worker)
    assert Message.objects.get(to=dan).text.startswith("2 children have been handed to you by Ada Osei")


def test_what_was_handed_on_again_is_no_longer_for_the_one_between_to_read(
    amira, worker, dan, manager, staff
):
    next_one = staff(Role.SOCIAL_WORKER, name="Eve Next")
    handing_over.hand_over(children=[amira], before=worker, to=dan, on=TODAY, by=manager)
    handing_over.hand_over(children=[amira], before=dan, to=next_one, on=TODAY, by=manager)
    assert queries.to_read(dan) == []
    assert [one.handed_by for one in queries.to_read(next_one)] == [dan]


def test_sent_twice_the_second_says_that_they_are_handed_over(amira, worker, dan, manager):
    handing_over.hand_over(children=[amira], before=worker, to=dan, on=TODAY, by=manager)
    with refused(handing_over.NotTheirs, "is not Ada Osei’s"):
        handing_over.hand_over(children=[amira], before=worker, to=dan, on=TODAY, by=manager)
    assert Handover.objects.count() == 1


def test_of_two_who_hand_over_at_once_one_is_told(amira, worker, dan, manager):
    (held,) = handing_over.works_with(worker, amira, TODAY)
    staffing.hand_over(held, by=manager, to=dan, on=TODAY)
    with pytest.raises(VersionClash):
        staffing.hand_over(held, by=manager, to=manager, on=TODAY)


@pytest.mark.parametrize("reason", ["", "NONSENSE"])
def test_a_change_of_social_worker_in_care_says_why(amira, worker, dan, manager, referral, reason):
    PeriodOfCare.objects.create(person=amira, started_on=TODAY - timedelta(days=3))
    with pytest.raises(NotPossible):
        handing_over.hand_over(
            children=[amira], before=worker, to=dan, on=TODAY, by=worker, change_reason=reason
        )
    assert workers_of(amira) == [worker]
    handing_over.hand_over(
        children=[amira], before=worker, to=dan, on=TODAY, by=worker, change_reason="MANAGE"
    )
    assert Allocation.current.get(person=amira, worker=dan).change_reason == "MANAGE"


def test_nobody_hands_over_to_themselves_or_to_who_has_the_child(amira, worker, dan, manager):
    with refused(handing_over.NotTheirs, "already"):
        handing_over.hand_over(children=[amira], before=worker, to=worker, on=TODAY, by=worker)
    with pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.create(person=amira, handed_by=dan, taken_by=dan, from_on=TODAY)


@pytest.mark.parametrize("days", [-93, 93])
def test_a_day_months_away_is_a_slip(amira, worker, dan, days):
    with refused(NotPossible, "three months"):
        handing_over.hand_over(
            children=[amira], before=worker, to=dan, on=TODAY + timedelta(days=days), by=worker
        )


def test_who_may_not(amira, worker, dan, stranger, manager):
    """A worker hands over their own, and a manager anybody's; who does not work with the child, nobody's."""
    with pytest.raises(NotAllowed):
        handing_over.hand_over(children=[amira], before=worker, to=dan, on=TODAY, by=dan)
    with pytest.raises(NotAllowed):
        handing_over.hand_over(children=[amira], before=worker, to=stranger, on=TODAY, by=stranger)
    with pytest.raises(NotAllowed):
        handing_over.give_children(children=[amira], worker=dan, on=TODAY, by=worker)
    assert workers_of(amira) == [worker]
