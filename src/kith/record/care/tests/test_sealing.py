"""An adoption order that ends care seals the child's file: nobody finds it but custodians."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from kith.record.access import looking, permissions, queries
from kith.record.access import services as access
from kith.record.access.models import Message, RestrictedMatch, Restriction
from kith.record.access.permissions import Level
from kith.record.audit.models import Entry
from kith.record.care import services as care
from kith.record.care.models import PeriodOfCare
from kith.record.people import services as people
from kith.record.people.models import Allocation, Person, Relationship, Role
from kith.record.refusals import NotAllowed, NotPossible

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
BEGAN, ENDED = TODAY - timedelta(days=400), TODAY - timedelta(days=3)


@pytest.fixture
def worker(staff):
    return staff(Role.SOCIAL_WORKER, name="Zainab Osei")


@pytest.fixture
def custodian(staff):
    return staff(Role.CUSTODIAN, name="Noel Keeper")


@pytest.fixture
def child(someone, worker):
    person = someone("Amira", "Khan", date_of_birth=TODAY - timedelta(days=1500))
    Allocation.objects.create(person=person, worker=worker, started_on=BEGAN)
    care.start_care(
        child=person, on=BEGAN, need="N1", legal_status="E1", placement_type="A3", provider="PR1", by=worker
    )
    return person


def adopt(child, worker, reason="E11"):
    care.end_care(child=child, on=ENDED, reason=reason, by=worker)


@pytest.mark.parametrize("reason", ["E11", "E12"])
def test_an_adoption_order_that_ends_care_seals_the_file(child, worker, reason):
    adopt(child, worker, reason)
    sealed = Restriction.objects.get(person=child)
    assert (sealed.kind, sealed.custodian, sealed.placed_by) == ("sealed_adoption", None, worker)
    assert Person.objects.get(pk=child.pk).is_never_proposed
    assert Entry.objects.filter(act="adoption_sealed", person_id=child.pk, actor_id=worker.pk).count() == 1


def test_another_ending_seals_nothing(child, worker):
    adopt(child, worker, "E4A")
    assert not Restriction.objects.exists()
    assert permissions.can_open(worker, child)


@pytest.mark.parametrize("role", sorted(set(Role.values) - {Role.CUSTODIAN}))
def test_nobody_but_a_custodian_finds_the_file(child, worker, staff, role):
    adopt(child, worker)
    seeker = worker if role == Role.SOCIAL_WORKER else staff(role)
    assert permissions.level(seeker, child) is Level.NOTHING
    if "see_index" in permissions.powers_of(seeker):
        found = looking.search(seeker, "Amira Khan", "duty")
        assert found.lines == []
        assert not found.a_manager_will_confirm and not found.needs_purpose
    assert not RestrictedMatch.objects.exists()


def test_every_custodian_keeps_it_is_told_and_may_allow_somebody_by_name(child, worker, custodian, staff):
    other = staff(Role.CUSTODIAN)
    adopt(child, worker)
    assert permissions.can_open(custodian, child) and permissions.can_open(other, child)
    assert [line.person.name for line in looking.search(other, "Amira Khan").lines] == ["Amira Khan"]
    told = Message.objects.get(to=other).text
    assert told.startswith("A child’s file was sealed") and "Amira" not in told
    access.allow(Restriction.objects.get(), worker, by=other)
    assert permissions.reason_known(worker, child) == "named on the restriction"


def test_trying_to_open_it_tells_every_custodian(child, worker, custodian, staff):
    other = staff(Role.CUSTODIAN)
    adopt(child, worker)
    with pytest.raises(NotAllowed, match="cannot show you anything"):
        looking.open_record(worker, child)
    assert [match.searcher for match in queries.matches_to_answer(custodian)] == [worker]
    assert list(queries.matches_to_answer(other)) == list(queries.matches_to_answer(custodian))
    assert not queries.matches_to_answer(worker).exists()


def test_a_custodian_kept_apart_from_the_child_opens_nothing(child, worker, custodian, staff):
    access.keep_apart(custodian, child, by=staff(Role.TEAM_MANAGER), because="His niece")
    adopt(child, worker)
    assert permissions.level(custodian, child) is Level.NOTHING


def test_glass_broken_before_the_order_opens_nothing_after_it(child, worker, staff):
    night = staff(Role.OUT_OF_HOURS)
    access.break_glass(child, by=night, reason="The police have rung", hours=12)
    adopt(child, worker)
    assert permissions.level(night, child) is Level.NOTHING


def test_work_with_a_brother_or_sister_does_not_open_it(child, worker, someone, staff):
    sister, hers = someone("Zara", "Khan"), staff(Role.SOCIAL_WORKER)
    Allocation.objects.create(person=sister, worker=hers, started_on=BEGAN)
    Relationship.objects.create(person=sister, other=child, kind="sibling")
    adopt(child, worker)
    assert not permissions.can_open(hers, child)


def test_a_file_is_sealed_once_also_where_records_were_merged(child, worker, someone, staff):
    double = someone("Ameera", "Khan")
    people.merge(child, double, by=staff(Role.TEAM_MANAGER), reason="One child")
    adopt(child, worker)
    assert access.seal_adopted([child.pk, double.pk], by=None) == []
    assert Person.objects.get(pk=double.pk).is_never_proposed


def test_a_seal_stays_while_the_record_tells_of_an_adoption(child, worker, custodian):
    adopt(child, worker)
    with pytest.raises(NotPossible, match="stays sealed"):
        access.lift(Restriction.objects.get(), by=custodian, because="Curious")
    with pytest.raises(NotPossible, match="adoption order ended this child’s care"):
        care.unseal(restriction=Restriction.objects.get(), by=custodian, because="Curious")


def test_a_custodian_lifts_a_seal_placed_by_mistake(child, worker, custodian):
    adopt(child, worker)
    PeriodOfCare.current.filter(person=child).update(end_reason="E4A")  # as an import's correction leaves it
    with pytest.raises(NotAllowed):
        care.unseal(restriction=Restriction.objects.get(), by=worker, because="It was not so")
    care.unseal(restriction=Restriction.objects.get(), by=custodian, because="A wrong code")
    assert permissions.can_open(worker, child)
    assert not Person.objects.get(pk=child.pk).is_never_proposed
    assert Entry.objects.filter(act="restriction_lifted", person_id=child.pk).exists()


def test_children_adopted_before_are_sealed_by_the_migration(child, someone, staff):
    adopted, double, home = someone("Ben"), someone("Benn"), someone("Cy")
    people.merge(adopted, double, by=staff(Role.TEAM_MANAGER), reason="One child")
    told = {"started_on": BEGAN, "ended_on": ENDED}
    PeriodOfCare.objects.create(person=double, end_reason="E12", **told)
    PeriodOfCare.objects.create(person=home, end_reason="E4A", **told)
    module = import_module("kith.record.care.migrations.0002_seal_children_adopted_before")
    for _ in range(2):
        module.seal(apps, None)
    assert [one.person for one in Restriction.objects.all()] == [adopted]
    sealed = set(Person.objects.filter(is_never_proposed=True))
    assert sealed == {adopted, double}
