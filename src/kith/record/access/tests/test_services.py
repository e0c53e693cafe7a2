"""Broken glass, restrictions, and who is told."""

from datetime import date, datetime, timedelta
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from kith.record.access import permissions, queries, services
from kith.record.access.models import BreakGlass, KeptApart, Message, RestrictedMatch
from kith.record.audit import journal
from kith.record.audit.models import Entry
from kith.record.people.models import Allocation, Person, Role, Team
from kith.record.refusals import NotAllowed, NotPossible

pytestmark = pytest.mark.django_db

REASON = "Police rang: she is at the station tonight"
FRIDAY_NIGHT = datetime(2026, 4, 2, 23, 0, tzinfo=ZoneInfo("Europe/London"))  # before Easter (a Thursday)


@pytest.fixture
def north(db):
    return Team.objects.create(name="North")


@pytest.fixture
def manager(staff, north):
    return staff(Role.TEAM_MANAGER, manages=north, name="Mo Manager")


@pytest.fixture
def child(someone, north, manager):
    person = someone("Amira", "Khan")
    Allocation.objects.create(person=person, team=north, started_on=date(2020, 1, 1))
    return person


@pytest.fixture
def night(staff):
    return staff(Role.OUT_OF_HOURS, name="Nia Night")


@pytest.mark.parametrize("reason", ["", "   ", "x", "because"])
def test_glass_needs_a_reason_that_can_be_reviewed(child, night, reason):
    with pytest.raises(NotPossible, match="needs a reason"):
        services.break_glass(child, by=night, reason=reason, hours=2)
    assert not permissions.can_open(night, child)


@pytest.mark.parametrize("hours", [0, -1, 13, 1000])
def test_glass_is_broken_for_1_to_12_hours(child, night, hours):
    with pytest.raises(NotPossible, match="1 to 12 hours"):
        services.break_glass(child, by=night, reason=REASON, hours=hours)


def test_glass_ends_by_itself(child, night):
    glass = services.break_glass(child, by=night, reason=REASON, hours=12)
    assert permissions.reason_known(night, child) == "opened with a reason"
    with mock.patch.object(timezone, "now", return_value=glass.ends_at):
        assert not permissions.can_open(night, child)


def test_glass_can_be_given_back_early_by_the_one_who_broke_it(child, night, manager):
    glass = services.break_glass(child, by=night, reason=REASON, hours=12)
    with pytest.raises(NotAllowed):
        services.give_back(glass, by=manager)
    services.give_back(glass, by=night)
    assert not permissions.can_open(night, child)


def test_the_manager_is_told_at_once(child, night, manager):
    services.break_glass(child, by=night, reason=REASON, hours=1)
    message = Message.objects.get()
    assert message.to == manager
    assert "Nia Night opened a record" in message.text and REASON in message.text


def test_a_manager_who_breaks_glass_is_not_the_one_told(child, staff, manager, north):
    senior = staff(Role.SENIOR_MANAGER)
    Allocation.objects.update(team=Team.objects.create(name="South"))
    services.break_glass(child, by=manager, reason=REASON, hours=1)
    assert [message.to for message in Message.objects.all()] == [senior]


def test_the_review_is_due_the_next_working_day(child, night):
    with mock.patch.object(timezone, "now", return_value=FRIDAY_NIGHT):
        glass = services.break_glass(child, by=night, reason=REASON, hours=1)
    assert glass.review_due_on == date(2026, 4, 7)  # Good Friday, the weekend and Easter Monday between


def test_a_review_is_by_another_manager_once_and_a_wrong_opening_is_told_on(child, night, manager, staff):
    officer = staff(Role.DATA_PROTECTION)
    glass = services.break_glass(child, by=night, reason=REASON, hours=1)
    with pytest.raises(NotAllowed):
        services.review_glass(glass, by=night, was_right=True, note="Fine")
    services.review_glass(glass, by=manager, was_right=False, note="Nobody rang")
    assert "Nobody rang" in Message.objects.get(to=officer).text
    with pytest.raises(NotPossible, match="reviewed already"):
        services.review_glass(glass, by=manager, was_right=True, note="Fine")
    own = services.break_glass(child, by=manager, reason=REASON, hours=1)
    with pytest.raises(NotAllowed, match="yourself"):
        services.review_glass(own, by=manager, was_right=True, note="Fine")


def test_glass_waits_for_review_by_others_only(child, night, manager):
    theirs = services.break_glass(child, by=night, reason=REASON, hours=1)
    services.break_glass(child, by=manager, reason=REASON, hours=1)
    assert list(queries.glass_to_review(manager, timezone.localdate())) == [theirs]


def test_glass_is_in_the_audit_with_its_reason(child, night):
    services.break_glass(child, by=night, reason=REASON, hours=3)
    entry = Entry.objects.get(act="glass_broken")
    assert (entry.actor_id, entry.person_id) == (night.pk, child.pk)
    assert (entry.about["why"], entry.about["hours"]) == (REASON, 3)


@pytest.mark.parametrize("role", [Role.ANALYST, Role.ADMINISTRATOR, Role.PLACEMENT_OFFICER])
def test_some_roles_break_no_glass(child, staff, role):
    with pytest.raises(NotAllowed):
        services.break_glass(child, by=staff(role), reason=REASON, hours=1)


def test_glass_does_not_open_a_restricted_record_and_its_custodian_is_told(child, night, staff):
    custodian = staff(Role.CUSTODIAN)
    services.place_restriction(child, by=custodian, kind="hidden_address", reason="x", custodian=custodian)
    with pytest.raises(NotAllowed, match="A manager will confirm"):
        services.break_glass(child, by=night, reason=REASON, hours=1)
    assert not BreakGlass.objects.exists()
    assert RestrictedMatch.objects.get().searcher == night
    assert Message.objects.get(to=custodian)


def test_only_its_custodian_lifts_a_restriction_and_a_sealed_file_stays_sealed(child, staff):
    custodian, other = staff(Role.CUSTODIAN), staff(Role.CUSTODIAN)
    placed = services.place_restriction(child, by=custodian, kind="police", reason="x", custodian=custodian)
    with pytest.raises(NotAllowed, match="not the custodian"):
        services.lift(placed, by=other, because="Over")
    services.lift(placed, by=custodian, because="Over")
    assert queries.restrictions_on([child.pk]) == {}
    sealed = services.place_restriction(
        child, by=custodian, kind="sealed_adoption", reason="Order made", custodian=custodian
    )
    assert Person.objects.get(pk=child.pk).is_never_proposed
    with pytest.raises(NotPossible, match="stays sealed"):
        services.lift(sealed, by=custodian, because="Curious")


def test_a_social_worker_places_no_restriction_and_a_custodian_has_to_be_one(child, staff):
    worker, custodian = staff(Role.SOCIAL_WORKER), staff(Role.CUSTODIAN)
    with pytest.raises(NotAllowed):
        services.place_restriction(child, by=worker, kind="police", reason="x", custodian=custodian)
    with pytest.raises(NotPossible, match="not a custodian"):
        services.place_restriction(child, by=custodian, kind="police", reason="x", custodian=worker)


def test_a_restriction_ends_on_its_day(child, staff, manager):
    custodian, tomorrow = staff(Role.CUSTODIAN), timezone.localdate() + timedelta(days=1)
    told = {"by": custodian, "kind": "police", "reason": "Operation", "custodian": custodian}
    with pytest.raises(NotPossible, match="not still to come"):
        services.place_restriction(child, **told, ends_on=timezone.localdate())
    placed = services.place_restriction(child, **told, ends_on=tomorrow)
    assert placed.is_in_force and not permissions.can_open(manager, child)
    with mock.patch.object(timezone, "localdate", return_value=tomorrow):
        assert not placed.is_in_force and permissions.can_open(manager, child)
    with pytest.raises(NotPossible, match="stays sealed"):
        services.place_restriction(child, **{**told, "kind": "sealed_adoption"}, ends_on=tomorrow)


def test_a_worker_is_kept_apart_until_a_day_and_can_be_again(child, staff, manager):
    by, tomorrow = staff(Role.CUSTODIAN), timezone.localdate() + timedelta(days=1)
    services.keep_apart(manager, child, by=by, because="His nephew stays with him", ends_on=tomorrow)
    assert not permissions.can_open(manager, child)
    with mock.patch.object(timezone, "localdate", return_value=tomorrow):
        assert permissions.can_open(manager, child)
        services.keep_apart(manager, child, by=by, because="The nephew is back")
        assert not permissions.can_open(manager, child)
    assert KeptApart.objects.filter(ended_at=None).count() == 1


def test_the_custodian_answers_the_searcher(child, night, staff):
    custodian = staff(Role.CUSTODIAN)
    services.place_restriction(child, by=custodian, kind="police", reason="x", custodian=custodian)
    [match] = services.alert_custodians(child, searcher=night, searched_for="Khan")
    assert list(queries.matches_to_answer(custodian)) == [match]
    services.answer_match(match, by=custodian, answer="Ring me on 123")
    assert "Ring me on 123" in Message.objects.get(to=night).text
    assert not queries.matches_to_answer(custodian).exists()


def test_nobody_ends_what_keeps_themselves_apart(child, manager, staff):
    apart = services.keep_apart(manager, child, by=staff(Role.CUSTODIAN), because="His son")
    with pytest.raises(NotAllowed, match="you yourself"):
        services.end_keep_apart(apart, by=manager, because="Please")


def test_administrators_are_told_of_looks_made_while_the_audit_was_down(staff):
    administrator = staff(Role.ADMINISTRATOR)
    journal.append([Entry(act="record_opened", person_id=5, at=timezone.now() - timedelta(hours=1))])
    assert services.bring_in_journal() == 1
    assert services.bring_in_journal() == 0
    assert "1 looks made meanwhile" in Message.objects.get(to=administrator).text
