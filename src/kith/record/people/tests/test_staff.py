"""Staff: sign-ins, roles, teams and allocation."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kith.record.audit.models import Entry
from kith.record.people import permissions, queries, staff
from kith.record.people.models import Allocation, Role, Team, User, UserRole
from kith.record.refusals import NotAllowed, NotPossible

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return staff.add_first_administrator(email="root@example.org", name="Root", password="a long password")


@pytest.fixture
def manager(db):
    user = User.objects.create_user("manager@example.org", name="Manager")
    user.roles_held.create(role=Role.TEAM_MANAGER, started_on=date(2010, 1, 1))
    return user


def test_the_first_administrator_is_added_once(administrator):
    assert queries.roles_of(administrator) == {Role.ADMINISTRATOR}
    with pytest.raises(NotPossible, match="has users already"):
        staff.add_first_administrator(email="b@example.org", name="B", password="a long password")


def test_a_password_that_somebody_gives_is_marked_as_known_to_them(administrator):
    added = [
        staff.add_user(by=administrator, email=f"{n}@example.org", name="C", password=n) for n in ("x", None)
    ]
    assert [user.has_given_password for user in added] == [True, False]


def test_an_administrator_adds_staff_and_nobody_else_does(administrator):
    ada = staff.add_user(by=administrator, email="ada@example.org", name="Ada")
    staff.give_role(ada, Role.SOCIAL_WORKER, by=administrator)
    assert permissions.can("keep_people", ada) and not permissions.can("manage_staff", ada)
    with pytest.raises(NotAllowed, match="add staff"):
        staff.add_user(by=ada, email="bob@example.org", name="Bob")
    with pytest.raises(NotPossible, match="already"):
        staff.add_user(by=administrator, email="ADA@example.org", name="Ada")
    assert list(Entry.objects.order_by("id").values_list("act", flat=True))[1:] == [
        "user_added",
        "role_given",
    ]


def test_nobody_is_added_under_the_number_of_another(administrator):
    staff.add_user(by=administrator, email="ada@example.org", name="Ada", registration_number="SW12")
    for number in ("SW12", "sw12 ", f"K{administrator.pk}", "k7"):
        with pytest.raises(NotPossible, match=number):
            staff.add_user(by=administrator, email="b@example.org", name="B", registration_number=number)
    for email in ("c@example.org", "d@example.org"):
        staff.add_user(by=administrator, email=email, name="C", registration_number="")


def test_a_role_ended_gives_no_power(administrator):
    ada = staff.add_user(by=administrator, email="ada@example.org", name="Ada")
    held = staff.give_role(
        ada, Role.ANALYST, by=administrator, started_on=timezone.localdate() - timedelta(days=9)
    )
    staff.end_role(held, by=administrator, on=timezone.localdate())
    assert not permissions.can("export_returns", ada)
    assert permissions.can("export_returns", ada, on=timezone.localdate() - timedelta(days=1))


@pytest.mark.parametrize("role", Role.values)
def test_nobody_gives_themselves_a_role(administrator, role):
    with pytest.raises(NotAllowed, match="give yourself a role"):
        staff.give_role(administrator, role, by=administrator)
    assert queries.roles_of(administrator) == {Role.ADMINISTRATOR}


OPEN_RECORDS = {role for role in Role if permissions.shows_children(role)}


def test_those_who_see_no_child_are_these():
    assert set(Role) - OPEN_RECORDS == {Role.ANALYST, Role.ADMINISTRATOR}


@pytest.mark.parametrize("role", sorted(OPEN_RECORDS))
def test_an_administrator_is_given_no_role_that_sees_children_and_the_other_way_round(administrator, role):
    second = staff.add_user(by=administrator, email="two@example.org", name="Two")
    staff.give_role(second, Role.ADMINISTRATOR, by=administrator)
    with pytest.raises(NotPossible, match="see no child"):
        staff.give_role(second, role, by=administrator)
    worker = staff.add_user(by=administrator, email="ada@example.org", name="Ada")
    staff.give_role(worker, role, by=administrator, started_on=timezone.localdate() + timedelta(days=30))
    with pytest.raises(NotPossible, match="see no child"):
        staff.give_role(worker, Role.ADMINISTRATOR, by=administrator)


def test_a_role_that_has_ended_keeps_nobody_from_another(administrator):
    ada, today = staff.add_user(by=administrator, email="ada@example.org", name="Ada"), timezone.localdate()
    held = staff.give_role(ada, Role.SOCIAL_WORKER, by=administrator, started_on=today - timedelta(days=9))
    staff.end_role(held, by=administrator, on=today)
    staff.give_role(ada, Role.ADMINISTRATOR, by=administrator)
    assert queries.roles_of(ada) == {Role.ADMINISTRATOR}


def test_the_last_administrator_stays(administrator):
    with pytest.raises(NotPossible, match="the only administrator"):
        staff.stop_user(administrator, by=administrator, because="Left")
    with pytest.raises(NotPossible, match="the only administrator"):
        staff.end_role(administrator.roles_held.get(), by=administrator, on=timezone.localdate())
    second = staff.add_user(by=administrator, email="two@example.org", name="Two")
    staff.give_role(second, Role.ADMINISTRATOR, by=administrator)
    staff.stop_user(administrator, by=second, because="Left")
    assert not administrator.is_active


def test_somebody_let_back_has_their_powers_again(administrator):
    ada = staff.add_user(by=administrator, email="ada@example.org", name="Ada")
    staff.give_role(ada, Role.SOCIAL_WORKER, by=administrator)
    staff.stop_user(ada, by=administrator, because="Left")
    with pytest.raises(NotPossible, match="needs a reason"):
        staff.let_back(ada, by=administrator, because=" ")
    staff.let_back(ada, by=administrator, because="The wrong Ada")
    assert permissions.can("keep_people", ada)
    assert Entry.objects.filter(act="user_let_back", about__because="The wrong Ada").exists()


def test_moving_to_another_team_ends_the_one_before(administrator):
    ada = staff.add_user(by=administrator, email="ada@example.org", name="Ada")
    north, south = (staff.make_team(by=administrator, name=name) for name in ("North", "South"))
    member = staff.join_team(ada, north, by=administrator, started_on=date(2025, 1, 1))
    staff.move_team(member, south, by=administrator, on=date(2025, 6, 1), is_manager=True)
    assert [m.team for m in queries.memberships_of(ada, on=date(2025, 5, 31))] == [north]
    [now] = queries.memberships_of(ada, on=date(2025, 6, 1))
    assert (now.team, now.is_manager) == (south, True)
    with pytest.raises(NotPossible, match="in South already"):
        staff.move_team(now, south, by=administrator, on=date(2025, 7, 1), is_manager=True)


def test_nobody_is_put_in_the_team_of_the_unallocated(administrator):
    ada = staff.add_user(by=administrator, email="ada@example.org", name="Ada")
    with pytest.raises(NotPossible, match="team of the unallocated"):
        staff.join_team(ada, staff.unallocated_team(), by=administrator)


def test_somebody_stopped_has_no_power(administrator):
    ada = staff.add_user(by=administrator, email="ada@example.org", name="Ada")
    staff.give_role(ada, Role.SOCIAL_WORKER, by=administrator)
    staff.stop_user(ada, by=administrator, because="Left")
    assert permissions.powers_of(ada) == set()


def test_handing_over_ends_one_and_begins_the_other(manager, someone):
    one, two = (User.objects.create_user(f"{n}@example.org", name=n) for n in ("one", "two"))
    child = someone("Amira", "Khan")
    first = staff.allocate(child, by=manager, worker=one, started_on=date(2025, 1, 1))
    staff.hand_over(first, by=manager, to=two, on=date(2025, 6, 1))
    assert [a.worker for a in queries.workers_of([child.pk], on=date(2025, 5, 31))] == [one]
    assert [a.worker for a in queries.workers_of([child.pk], on=date(2025, 6, 1))] == [two]
    assert Allocation.objects.count() == 3  # the first, its ended version, the second
    acts = set(Entry.objects.values_list("act", flat=True))
    assert acts == {"worker_allocated", "allocation_ended"}


def test_allocating_needs_somebody_who_works_here(manager, someone):
    gone = User.objects.create_user("gone@example.org", name="Gone", is_active=False)
    with pytest.raises(NotPossible, match="Choose a worker"):
        staff.allocate(someone(), by=manager)
    with pytest.raises(NotPossible, match="no longer works here"):
        staff.allocate(someone(), by=manager, worker=gone)
    with pytest.raises(NotAllowed):
        staff.allocate(someone(), by=gone, worker=gone)


def test_imported_people_wait_with_the_unallocated_until_allocated(manager, someone):
    child, other = someone(), someone()
    assert len(staff.leave_with_the_unallocated([child.pk, other.pk])) == 2
    assert staff.leave_with_the_unallocated([child.pk, other.pk]) == []
    staff.allocate(child, by=manager, team=Team.objects.create(name="North"))
    waiting = Allocation.current.filter(team__is_unallocated=True, ended_on=None)
    assert [a.person for a in waiting] == [other]


def test_every_role_in_the_powers_table_is_a_role():
    for power in permissions.powers().values():
        assert power.roles <= set(Role.values), power.name
        assert power.meaning


def test_two_administrators_cannot_leave_one_after_the_other(administrator):
    second = staff.add_user(by=administrator, email="second@northbrook.example", name="Rae Second")
    staff.give_role(second, Role.ADMINISTRATOR, by=administrator)
    mine, theirs = (
        UserRole.objects.get(user=one, role=Role.ADMINISTRATOR) for one in (administrator, second)
    )
    tomorrow = timezone.localdate() + timedelta(days=1)
    staff.end_role(theirs, by=administrator, on=tomorrow)
    with pytest.raises(NotPossible, match="the only administrator"):
        staff.end_role(mine, by=administrator, on=tomorrow)
    with pytest.raises(NotPossible, match="the only administrator"):
        staff.stop_user(administrator, by=second, because="Left")


def test_a_role_that_was_ended_is_not_drawn_out_by_ending_it_again(administrator):
    ada = staff.add_user(by=administrator, email="ada.two@northbrook.example", name="Ada Two")
    held = staff.give_role(ada, Role.SOCIAL_WORKER, by=administrator)
    stale = UserRole.objects.get(pk=held.pk)
    today = timezone.localdate()
    staff.end_role(held, by=administrator, on=today)
    with pytest.raises(NotPossible, match="ended already"):
        staff.end_role(stale, by=administrator, on=today + timedelta(days=365))
    assert UserRole.objects.get(pk=held.pk).ended_on == today
