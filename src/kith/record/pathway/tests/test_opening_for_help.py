"""Nobody opens a record by beginning help, but for a time that managers are told of and review."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kith.record.access.models import BreakGlass, Message
from kith.record.access.permissions import can_open
from kith.record.access.services import review_glass
from kith.record.help import queries
from kith.record.help import services as help_room
from kith.record.pathway import help_steps, plan_life
from kith.record.people.models import Allocation, Person, Role, Team
from kith.record.people.services import relate

AGREED = {"basis": "voluntary", "agreed_by": "Sal, their mum", "agreed_how": "phone"}


@pytest.fixture
def curious(staff):
    """A family help worker who works with nobody here."""
    return staff(Role.FAMILY_HELP_LEAD, name="Cora Curious")


@pytest.fixture
def colleague(staff):
    return staff(Role.FAMILY_HELP_LEAD, name="Col League")


@pytest.fixture
def amira(amira):
    """Amira, who has been on record for a while."""
    Person.objects.update(created_at=timezone.now() - timedelta(days=90))
    return amira


def over(glass: BreakGlass) -> None:
    """The time for which a record was opened ran out."""
    BreakGlass.objects.filter(pk=glass.pk).update(
        started_at=timezone.now() - timedelta(hours=13), ends_at=timezone.now() - timedelta(hours=1)
    )


@pytest.mark.parametrize(
    "role",
    [Role.FAMILY_HELP_LEAD, Role.SOCIAL_WORKER, Role.LEAD_PROTECTION_PRACTITIONER, Role.TEAM_MANAGER],
)
def test_beginning_help_opens_the_record_to_others_and_not_to_whoever_began_it(amira, colleague, staff, role):
    began = staff(role)
    help_room.begin_help(people=[amira], by=began, **AGREED)
    assert not can_open(began, amira)
    assert can_open(colleague, amira)


def test_nor_does_it_where_the_child_waits_for_a_worker(amira, staff):
    Allocation.objects.all().delete()
    nobodys = Team.objects.create(name="Unallocated", is_unallocated=True)
    Allocation.objects.create(person=amira, team=nobodys, started_on=date(2026, 1, 5))
    began, other = staff(Role.TEAM_MANAGER), staff(Role.TEAM_MANAGER)
    help_room.begin_help(people=[amira], by=began, **AGREED)
    assert not can_open(began, amira)
    assert can_open(other, amira)


def test_who_begins_it_goes_on_at_once_and_a_manager_is_told_and_reviews_it(amira, curious, manager):
    help_steps.begin_with_family(known=[amira.pk], new_children=[], by=curious, **AGREED)
    assert can_open(curious, amira)
    glass = BreakGlass.objects.get(person=amira, user=curious)
    assert "Sal, their mum" in glass.reason and glass.reviewed_at is None
    assert Message.objects.filter(to=manager, text__contains="Began family help").exists()
    over(glass)
    assert not can_open(curious, amira)


def test_a_look_that_a_manager_found_right_leaves_the_record_open_until_somebody_leads(
    amira, curious, manager
):
    help_steps.begin_with_family(known=[amira.pk], new_children=[], by=curious, **AGREED)
    glass = BreakGlass.objects.get(user=curious)
    review_glass(glass, by=manager, was_right=True, note="Sal rang us")
    BreakGlass.objects.update(ends_at=timezone.now())
    assert can_open(curious, amira)


def test_a_look_that_was_found_wrong_closes_the_record(amira, curious, manager):
    help_steps.begin_with_family(known=[amira.pk], new_children=[], by=curious, **AGREED)
    review_glass(BreakGlass.objects.get(user=curious), by=manager, was_right=False, note="Nobody rang us")
    assert not can_open(curious, amira)


@pytest.mark.parametrize("from_whom", ["the public page", "a colleague"])
def test_what_somebody_else_asked_for_opens_the_record_and_nobody_is_troubled(
    amira, curious, colleague, from_whom
):
    told = {"what_would_help": "A bed", "how_and_when_safe": "Text after 6", "name": "Sal"}
    asked = (
        help_room.write_request(by=colleague, way="phone", **told)
        if from_whom == "a colleague"
        else help_room.ask_for_help(**told)
    )
    help_steps.begin_with_family(known=[amira.pk], new_children=[], request=asked, by=curious, **AGREED)
    assert can_open(curious, amira)
    assert not BreakGlass.objects.exists()


def test_a_request_of_ones_own_stands_behind_nothing(amira, curious):
    asked = help_room.write_request(
        by=curious, way="phone", what_would_help="A bed", how_and_when_safe="Text after 6", name="Sal"
    )
    help_steps.begin_with_family(known=[amira.pk], new_children=[], request=asked, by=curious, **AGREED)
    assert BreakGlass.objects.filter(person=amira, user=curious).exists()


def test_a_manager_who_names_the_lead_takes_the_help_over(amira, curious, manager):
    begun = help_steps.begin_with_family(known=[amira.pk], new_children=[], by=curious, **AGREED)
    over(BreakGlass.objects.get())
    help_steps.name_lead(help=begun, worker=curious, on=timezone.localdate(), by=manager)
    assert can_open(curious, amira)


def test_a_child_put_on_record_by_it_is_open_to_whoever_began(curious):
    new = {"given_names": "Baby", "family_name": "Khan", "sex": "U", "date_of_birth": timezone.localdate()}
    begun = help_steps.begin_with_family(known=[], new_children=[new], by=curious, **AGREED)
    (child,) = queries.people_helped(begun)
    assert can_open(curious, child)
    assert not BreakGlass.objects.exists()


def test_a_child_who_joins_is_closed_to_whoever_added_them_but_for_a_time(amira, twin, curious, manager):
    Person.objects.filter(pk=twin.pk).update(created_at=timezone.now() - timedelta(days=90))
    begun = help_steps.begin_with_family(known=[amira.pk], new_children=[], by=curious, **AGREED)
    relate(amira, twin, by=manager, kind="sibling")
    plan_life.join_family_help(help=begun, person=twin, on=timezone.localdate(), by=curious)
    over(BreakGlass.objects.get(person=twin, user=curious))
    assert not can_open(curious, twin)


def test_who_works_with_the_child_begins_help_without_a_word_to_anybody(amira, worker):
    help_steps.begin_with_family(known=[amira.pk], new_children=[], by=worker, **AGREED)
    assert can_open(worker, amira)
    assert not BreakGlass.objects.exists()
