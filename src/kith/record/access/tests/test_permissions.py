"""Who may see whom: every role at every level, and what ties a worker to a person."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kith.record.access import permissions, services
from kith.record.access.models import KeptApart
from kith.record.access.permissions import Level
from kith.record.care.models import PeriodOfCare
from kith.record.frontdoor.models import Referral
from kith.record.people import services as people
from kith.record.people.models import Allocation, Cover, Person, PersonDetails, Relationship, Role, Team
from kith.record.protection.models import ProtectionPlan

pytestmark = pytest.mark.django_db

LONG_AGO = date(2020, 1, 1)
MAY_WORK_WITH = {
    Role.FAMILY_HELP_LEAD, Role.SOCIAL_WORKER, Role.LEAD_PROTECTION_PRACTITIONER, Role.DUTY_WORKER,
    Role.OUT_OF_HOURS, Role.TEAM_MANAGER, Role.SENIOR_MANAGER, Role.REVIEWING_OFFICER,
    Role.PLACEMENT_OFFICER, Role.PERSONAL_ADVISER, Role.CUSTODIAN,
}  # fmt: skip
MAY_OPEN_UNALLOCATED = {Role.DUTY_WORKER, Role.TEAM_MANAGER, Role.SENIOR_MANAGER}


@pytest.fixture
def child(someone):
    return someone("Amira", "Khan")


def allocate(person: Person, **to) -> Allocation:
    return Allocation.objects.create(person=person, started_on=LONG_AGO, **to)


@pytest.mark.parametrize("role", Role.values)
def test_with_no_tie_a_role_sees_the_index_or_nothing(staff, child, role):
    expected = Level.INDEX if role in MAY_WORK_WITH else Level.NOTHING
    assert permissions.level(staff(role), child) == expected


@pytest.mark.parametrize("role", Role.values)
def test_an_allocated_worker_opens_the_record_when_their_role_works_with_people(staff, child, role):
    worker = staff(role)
    allocate(child, worker=worker)
    assert permissions.can_open(worker, child) == (role in MAY_WORK_WITH)


@pytest.fixture
def nobodys(child):
    """The child is with the team of the unallocated."""
    return allocate(child, team=Team.objects.create(name="Unallocated", is_unallocated=True))


def refer(person: Person, **facts) -> Referral:
    return Referral.objects.create(person=person, received_on=LONG_AGO, **facts)


@pytest.mark.parametrize("role", Role.values)
def test_open_work_that_waits_for_a_worker_opens_to_those_who_allocate(staff, child, nobodys, role):
    refer(child)
    assert permissions.can_open(staff(role), child) == (role in MAY_OPEN_UNALLOCATED)


@pytest.mark.parametrize(
    "work",
    [
        lambda child: None,
        lambda child: refer(child, closed_on=date(2021, 1, 1), closure_reason="RC1"),
        lambda child: refer(child, is_no_further_action=True),
        lambda child: PeriodOfCare.objects.create(
            person=child, started_on=LONG_AGO, ended_on=date(2021, 1, 1), end_reason="E4A"
        ),
        lambda child: ProtectionPlan.objects.create(
            person=child, started_on=LONG_AGO, ended_on=date(2021, 1, 1)
        ),
    ],
    ids=["none", "closed", "no further action", "left care", "plan ended"],
)
@pytest.mark.parametrize("role", sorted(MAY_OPEN_UNALLOCATED))
def test_a_record_with_no_open_work_waits_for_nobody(staff, child, nobodys, role, work):
    work(child)
    assert permissions.level(staff(role), child) == Level.INDEX


@pytest.mark.parametrize("model", [PeriodOfCare, ProtectionPlan])
def test_a_time_in_care_and_a_protection_plan_are_open_work(staff, child, nobodys, model):
    model.objects.create(person=child, started_on=LONG_AGO)
    assert permissions.reason_known(staff(Role.SENIOR_MANAGER), child) == "nobody is allocated yet"


@pytest.mark.parametrize(("years", "opens"), [(19, True), (26, False)])
def test_a_care_leaver_waits_for_an_adviser_until_25(staff, child, nobodys, years, opens):
    born = timezone.localdate() - timedelta(days=round(365.25 * years) + 5)
    PersonDetails.current.filter(person=child).update(date_of_birth=born)
    left = born + timedelta(days=17 * 366)
    PeriodOfCare.objects.create(
        person=child, started_on=left - timedelta(days=900), ended_on=left, end_reason="E5"
    )
    assert permissions.can_open(staff(Role.TEAM_MANAGER), child) == opens


def test_open_work_that_somebody_has_opens_to_no_other_manager(staff, child):
    refer(child)
    allocate(child, worker=staff(Role.SOCIAL_WORKER))
    assert not permissions.can_open(staff(Role.SENIOR_MANAGER), child)


def test_open_work_under_a_merged_record_counts_for_the_kept_one(staff, child, nobodys, someone):
    double = someone("Ameera", "Khan")
    refer(double)
    people.merge(child, double, by=staff(Role.TEAM_MANAGER), reason="One child")
    assert permissions.can_open(staff(Role.DUTY_WORKER), child)


def test_to_be_in_the_team_of_the_unallocated_opens_nothing(staff, child, nobodys):
    assert not permissions.can_open(staff(Role.SOCIAL_WORKER, team=nobodys.team), child)


@pytest.mark.parametrize("role", Role.values)
def test_no_role_sees_anything_of_a_restricted_record(staff, child, role):
    worker, custodian = staff(role), staff(Role.CUSTODIAN)
    allocate(child, worker=worker)
    services.place_restriction(child, by=custodian, kind="police", reason="Operation", custodian=custodian)
    assert permissions.level(worker, child) == Level.NOTHING
    with pytest.raises(permissions.NotAllowed, match="A manager will confirm"):
        permissions.check_can_open(worker, child)


def test_nobody_without_a_role_sees_anything(staff, child):
    worker = staff()
    allocate(child, worker=worker)
    assert permissions.level(worker, child) == Level.NOTHING


def test_members_and_managers_of_the_allocated_team_open_the_record(staff, child):
    north, south = Team.objects.create(name="North"), Team.objects.create(name="South")
    allocate(child, team=north)
    member, manager = staff(Role.SOCIAL_WORKER, team=north), staff(Role.TEAM_MANAGER, manages=north)
    other = staff(Role.TEAM_MANAGER, manages=south)
    assert permissions.reason_known(member, child) == "in North"
    assert permissions.reason_known(manager, child) == "manages North"
    assert not permissions.can_open(other, child)


def test_an_allocation_that_ended_or_has_not_begun_opens_nothing(staff, child):
    worker, today = staff(Role.SOCIAL_WORKER), timezone.localdate()
    allocate(child, worker=worker, ended_on=today)
    Allocation.objects.create(person=child, worker=worker, started_on=today + timedelta(days=1))
    assert not permissions.can_open(worker, child)


def test_a_childs_worker_opens_the_parent_but_not_a_brother_with_his_own_worker(staff, child, someone):
    worker, mother, brother = staff(Role.SOCIAL_WORKER), someone("Sana", "Khan"), someone("Bilal", "Khan")
    allocate(child, worker=worker)
    allocate(brother, worker=staff(Role.SOCIAL_WORKER))
    Relationship.objects.create(person=child, other=mother, kind="mother")
    Relationship.objects.create(person=child, other=brother, kind="sibling")
    assert permissions.reason_known(worker, mother) == "works with their family"
    assert not permissions.can_open(worker, brother)


def test_a_foster_carer_of_before_is_no_family(staff, child, someone):
    worker, carer = staff(Role.SOCIAL_WORKER), someone("Di", "Moss")
    allocate(child, worker=worker)
    Relationship.objects.create(person=child, other=carer, kind="foster_carer", ended_on=LONG_AGO)
    assert not permissions.can_open(worker, carer)


def test_a_tie_to_a_merged_record_opens_the_kept_one(staff, child, someone):
    worker, double = staff(Role.SOCIAL_WORKER), someone("Ameera", "Khan")
    allocate(double, worker=worker)
    people.merge(child, double, by=staff(Role.TEAM_MANAGER), reason="One child")
    assert permissions.can_open(worker, child) and permissions.can_open(worker, double)


def test_a_restriction_on_a_merged_record_restricts_the_kept_one(staff, child, someone):
    custodian, double = staff(Role.CUSTODIAN), someone("Ameera", "Khan")
    services.place_restriction(double, by=custodian, kind="police", reason="Operation", custodian=custodian)
    people.merge(child, double, by=staff(Role.TEAM_MANAGER), reason="One child")
    assert permissions.level(staff(Role.DUTY_WORKER), child) == Level.NOTHING


def test_those_named_on_a_restriction_open_the_record(staff, child):
    custodian, named = staff(Role.CUSTODIAN), staff(Role.SOCIAL_WORKER)
    restriction = services.place_restriction(
        child, by=custodian, kind="staff_family", reason="Staff", custodian=custodian, allowed=[named]
    )
    assert permissions.can_open(named, child) and permissions.can_open(custodian, child)
    services.no_longer_allow(restriction, named, by=custodian)
    assert not permissions.can_open(named, child)


def test_of_two_restrictions_one_has_to_be_named_on_both(staff, child):
    custodian, named = staff(Role.CUSTODIAN), staff(Role.SOCIAL_WORKER)
    told = {"by": custodian, "custodian": custodian, "reason": "Two reasons"}
    services.place_restriction(child, kind="police", allowed=[named], **told)
    second = services.place_restriction(child, kind="hidden_address", **told)
    assert permissions.level(named, child) == Level.NOTHING
    services.allow(second, named, by=custodian)
    assert permissions.can_open(named, child)


def test_work_with_the_birth_family_opens_no_adopted_childs_new_record(staff, child, someone):
    worker, adopted = staff(Role.SOCIAL_WORKER), someone("Ella", "Moss")
    allocate(child, worker=worker)
    Relationship.objects.create(person=child, other=adopted, kind="sibling")
    assert permissions.can_open(worker, adopted)
    Person.objects.filter(pk=adopted.pk).update(is_never_proposed=True)
    assert not permissions.can_open(worker, adopted)


def test_a_worker_is_kept_from_their_own_family_whatever_else_ties_them(staff, child):
    worker, manager = staff(Role.SOCIAL_WORKER), staff(Role.TEAM_MANAGER)
    allocate(child, worker=worker)
    apart = services.keep_apart(worker, child, by=manager, because="Her nephew")
    assert permissions.level(worker, child) == Level.NOTHING
    services.end_keep_apart(apart, by=manager, because="A mistake")
    assert permissions.can_open(worker, child)


@pytest.mark.parametrize("role", Role.values)
def test_whom_a_role_may_know_of_are_those_it_sees_something_of(staff, child, someone, role):
    worker, manager, custodian = staff(role), staff(Role.TEAM_MANAGER), staff(Role.CUSTODIAN)
    theirs, restricted, own = someone("Ben"), someone("Chi"), someone("Dee")
    for each in (theirs, restricted, own):
        allocate(each, worker=worker)
    reason = "Operation"
    services.place_restriction(restricted, by=custodian, kind="police", reason=reason, custodian=custodian)
    services.keep_apart(worker, own, by=manager, because="Her niece")
    everyone = {person.pk for person in (child, theirs, restricted, own)}
    seen = permissions.accesses(worker, everyone)
    known = {pk for pk in everyone if seen[pk].level > Level.NOTHING}
    assert permissions.not_kept_from(worker, everyone) == {pk: pk for pk in known}


def test_whom_a_manager_may_know_of_is_told_without_asking_what_ties_them(
    staff, child, nobodys, django_assert_max_num_queries
):
    manager = staff(Role.TEAM_MANAGER)
    refer(child)
    with django_assert_max_num_queries(100) as asked:
        assert permissions.not_kept_from(manager, [child.pk]) == {child.pk: child.pk}
    assert not [one["sql"] for one in asked.captured_queries if "people_allocation" in one["sql"]]


def test_somebody_who_left_opens_nothing(staff, child):
    worker = staff(Role.SOCIAL_WORKER)
    allocate(child, worker=worker)
    worker.is_active = False
    assert permissions.level(worker, child) == Level.NOTHING


def test_refusals_say_what_to_do_next(staff, child):
    with pytest.raises(permissions.NotAllowed) as refused:
        permissions.check_can_open(staff(Role.SOCIAL_WORKER), child)
    assert "open the record with a reason" in refused.value.next_step
    with pytest.raises(permissions.NotAllowed, match="look people up"):
        permissions.check_can_open_index(staff(Role.ANALYST), child)


def test_an_allocated_worker_is_let_in_by_few_questions(staff, child, django_assert_max_num_queries):
    worker = staff(Role.SOCIAL_WORKER)
    allocate(child, worker=worker)
    with django_assert_max_num_queries(6):
        permissions.check_can_open(worker, child)


def test_the_closest_tie_is_told_of_several(staff, child):
    team = Team.objects.create(name="North")
    worker, colleague = staff(Role.SOCIAL_WORKER, team=team), staff(Role.SOCIAL_WORKER)
    days = {"started_on": LONG_AGO, "ended_on": timezone.localdate() + timedelta(days=1)}
    Cover.objects.create(user=worker, for_user=colleague, arranged_by=worker, **days)
    allocate(child, worker=colleague)
    assert permissions.reason_known(worker, child) == f"covers for {colleague}"
    allocate(child, team=team)
    assert permissions.reason_known(worker, child) == "in North"
    allocate(child, worker=worker)
    assert permissions.reason_known(worker, child) == "allocated worker"


def test_of_several_those_may_know_who_work_here_and_from_whom_nobody_is_kept(staff, child):
    worker, neighbour, gone = (staff(Role.SOCIAL_WORKER) for _ in range(3))
    KeptApart.objects.create(user=neighbour, person=child, because="Next door", started_by=worker)
    gone.is_active = False
    assert permissions.may_know([worker, neighbour, None, gone, worker], [child]) == [worker]
