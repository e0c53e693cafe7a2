"""Looking up and opening: what shows, what is written down, and what happens when it cannot be."""

from datetime import UTC, date, datetime
from unittest import mock

import pytest
from django.db import connection

from kith.record.access import looking, services
from kith.record.access.models import Message, RestrictedMatch, Restriction
from kith.record.audit import journal
from kith.record.audit.models import Entry
from kith.record.audit.services import AuditUnavailable
from kith.record.people.models import Address, Allocation, Relationship, Role, UserRole
from kith.record.refusals import NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def child(someone):
    return someone("Amira", "Khan", date_of_birth=date(2018, 2, 3))


@pytest.fixture
def ada(staff, child):
    worker = staff(Role.SOCIAL_WORKER, name="Ada Osei")
    worker.phone = "01999 1"
    worker.save()
    Allocation.objects.create(person=child, worker=worker, started_on=date(2020, 1, 1))
    return worker


@pytest.fixture
def duty(staff):
    return staff(Role.DUTY_WORKER)


@pytest.fixture
def restricted(child, staff):
    custodian = staff(Role.CUSTODIAN, name="Cass")
    return services.place_restriction(child, by=custodian, kind="police", reason="x", custodian=custodian)


@pytest.fixture
def audit_gone():
    """The audit's table really is not there, as when its database is lost."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry RENAME TO audit_entry_lost")
    yield
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry_lost RENAME TO audit_entry")


def shown(results) -> list[int]:
    return [line.person.person_id for line in results.lines]


def test_duty_sees_the_index_and_no_more(child, ada, duty):
    Address.objects.create(person=child, postcode="NB12 3CD", lines="1 Elm Row")
    [line] = looking.search(duty, "Amira Khan", "duty").lines
    lead = line.person
    assert (lead.name, lead.named_worker, lead.ring, lead.district) == (
        "Amira Khan",
        "Ada Osei",
        "01999 1",
        "NB12",
    )
    assert not line.can_open and not hasattr(lead, "lines")


def test_the_reason_is_asked_only_where_nothing_ties_the_worker(child, ada, someone):
    other = someone("Amira", "Kahn")
    results = looking.search(ada, "Amira Khan")
    assert shown(results) == [child.pk] and results.needs_purpose
    assert set(shown(looking.search(ada, "Amira Khan", "already_known"))) == {child.pk, other.pk}
    assert not looking.search(ada, "Amira Khan", "already_known").needs_purpose


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Amira Khan", looking.SOMEBODY_FITS),
        ("khan", looking.SOMEBODY_FITS),
        ("Ameera Kahn", looking.ONLY_ALIKE),
        ("Amara Cohen", looking.ONLY_ALIKE),
    ],
)
def test_a_weak_match_is_not_called_somebody_who_fits(child, staff, typed, said):
    results = looking.search(staff(Role.SOCIAL_WORKER), typed)
    assert results.lines == [] and results.said == [said] and results.needs_purpose


def test_every_name_shown_is_in_the_audit_one_by_one(child, duty, someone):
    twin = someone("Amina", "Khan", date_of_birth=date(2018, 2, 3))
    results = looking.search(duty, "Khan", "new_contact")
    assert set(shown(results)) == {child.pk, twin.pk}
    entries = Entry.objects.filter(act="name_shown", actor_id=duty.pk)
    assert set(entries.values_list("person_id", flat=True)) == {child.pk, twin.pk}
    assert {entry.about["why"] for entry in entries} == {"Somebody rang or wrote about them"}
    assert Entry.objects.get(act="searched").about["text"] == "Khan"


@pytest.mark.parametrize("role", [Role.ANALYST, Role.ADMINISTRATOR, Role.DATA_PROTECTION])
def test_roles_that_look_nobody_up_are_refused(child, staff, role):
    with pytest.raises(NotAllowed, match="known"):
        looking.search(staff(role), "Khan", "duty")
    assert not Entry.objects.exists()


def test_a_restricted_match_shows_nothing_and_alerts_its_custodian(restricted, child, duty, ada):
    for user in (duty, ada):  # an allocation does not open it either
        results = looking.search(user, "Amira Khan", "duty")
        assert results.lines == [] and results.a_manager_will_confirm
        assert results.said == [looking.A_MANAGER_WILL_CONFIRM]
        assert "Khan" not in repr(results) and str(child.pk) not in repr(results)
    assert [match.searcher for match in RestrictedMatch.objects.order_by("at")] == [duty, ada]
    assert Message.objects.filter(to=restricted.custodian).count() == 2
    assert not Entry.objects.filter(act="name_shown", person_id=child.pk).exists()


def test_searching_as_you_type_alerts_once(restricted, duty):
    for text in ("Amira Kha", "Amira Khan", "Amira Khan"):
        assert looking.search(duty, text, "duty").a_manager_will_confirm
    assert RestrictedMatch.objects.count() == 1


def test_a_faint_likeness_to_a_restricted_name_alerts_nobody(restricted, duty):
    results = looking.search(duty, "Amos Kandinsky", "duty")
    assert not results.a_manager_will_confirm
    assert not RestrictedMatch.objects.exists()


def test_a_sealed_adoption_matches_for_nobody_but_those_named_on_it(child, duty, staff, ada):
    custodian, other = staff(Role.CUSTODIAN), staff(Role.CUSTODIAN)
    services.place_restriction(
        child, by=custodian, kind="sealed_adoption", reason="Order made", custodian=custodian
    )
    for user in (duty, ada, other):
        results = looking.search(user, "Amira Khan", "duty")
        assert results.lines == [] and not results.a_manager_will_confirm
    assert not RestrictedMatch.objects.exists()
    assert shown(looking.search(custodian, "Amira Khan", "duty")) == [child.pk]


def test_a_worker_looking_for_their_own_family_sees_nothing_and_their_manager_is_told(child, ada, staff):
    manager = staff(Role.TEAM_MANAGER)
    services.keep_apart(ada, child, by=manager, because="Her niece")
    results = looking.search(ada, "Amira Khan", "duty")
    assert results.lines == [] and results.a_manager_will_confirm
    assert "kept apart" in Message.objects.get(to=manager).text


def test_opening_a_record_is_written_down_with_why(child, ada):
    assert looking.open_record(ada, child, "Visit today") == child
    entry = Entry.objects.get(act="record_opened")
    assert (entry.actor_id, entry.person_id) == (ada.pk, child.pk)
    assert entry.about == {"why": "Visit today", "because": "allocated worker"}


def test_opening_without_a_tie_is_refused_and_not_written_as_opened(child, staff):
    with pytest.raises(NotAllowed, match="not working with this person"):
        looking.open_record(staff(Role.SOCIAL_WORKER), child)
    assert not Entry.objects.filter(act="record_opened").exists()


def test_a_guessed_address_of_a_restricted_record_tells_its_custodian(restricted, child, duty):
    with pytest.raises(NotAllowed, match="A manager will confirm"):
        looking.open_record(duty, child)
    assert RestrictedMatch.objects.get().searcher == duty


def test_when_the_audit_is_gone_nothing_is_shown(child, ada, audit_gone):
    with pytest.raises(AuditUnavailable):
        looking.open_record(ada, child)
    with pytest.raises(AuditUnavailable):
        looking.search(ada, "Amira Khan")
    with pytest.raises(AuditUnavailable):
        looking.show_names(ada, [child.pk], where="My work")
    assert not journal.path().exists()


def test_when_the_audit_is_gone_duty_goes_on_against_the_journal(child, duty, audit_gone):
    results = looking.search(duty, "Amira Khan", "duty")
    assert shown(results) == [child.pk]
    assert str(child.pk) in journal.path().read_text()


def test_when_the_journal_is_gone_too_duty_is_refused(child, duty, audit_gone):
    with mock.patch.object(journal, "append", side_effect=OSError), pytest.raises(AuditUnavailable):
        looking.search(duty, "Amira Khan", "duty")


def test_names_in_a_list_are_those_the_worker_may_see(restricted, child, duty, someone):
    other = someone("Tom", "Baker")
    assert list(looking.show_names(duty, [child.pk, other.pk], where="My work")) == [other.pk]
    assert Entry.objects.get(act="name_shown").about == {"why": "My work"}


def test_who_looked_says_who_when_why_and_their_role_on_that_day(child, ada, staff):
    officer = staff(Role.DATA_PROTECTION)
    looking.open_record(ada, child, "Visit today")
    UserRole.objects.filter(user=ada).update(ended_on=date(2999, 1, 1))
    [look] = looking.who_looked(child, by=officer)
    assert (look.who, look.roles, look.what) == ("Ada Osei", ["Social worker"], "Record opened")
    assert look.why == "Visit today, allocated worker"
    assert Entry.objects.filter(act="who_looked_read", actor_id=officer.pk).exists()


def test_a_role_is_told_for_the_day_it_was_in_london(child, staff):
    half_past_midnight = datetime(2026, 6, 1, 23, 30, tzinfo=UTC)  # 2 June in London
    manager, locum = staff(Role.TEAM_MANAGER, Role.DATA_PROTECTION), staff(name="Lou")
    UserRole.objects.create(user=locum, role=Role.DUTY_WORKER, started_on=date(2026, 6, 2))
    Entry.objects.create(act="record_opened", actor_id=locum.pk, person_id=child.pk, at=half_past_midnight)
    [look] = looking.who_looked(child, by=manager)
    assert look.roles == [Role.DUTY_WORKER.label]


def test_who_looked_at_a_restricted_record_asks_more_than_the_power(child, someone, restricted, staff):
    senior = staff(Role.SENIOR_MANAGER)
    assert looking.who_looked(someone("Bilal", "Khan"), by=senior) == []
    with pytest.raises(NotAllowed, match="may not see who looked"):
        looking.who_looked(child, by=senior)


def test_who_looked_is_for_those_who_may_know(child, restricted, ada, staff):
    with pytest.raises(NotAllowed, match="data-protection officer"):
        looking.who_looked(child, by=staff(Role.ANALYST))
    with pytest.raises(NotAllowed):
        looking.who_looked(child, by=ada)  # restricted from her
    assert looking.who_looked(child, by=restricted.custodian) == []


def test_20_000_looks_are_told_in_some_dozens_of_queries(child, ada, staff, django_assert_max_num_queries):
    officer = staff(Role.DATA_PROTECTION)
    Entry.objects.bulk_create(
        [Entry(actor_id=ada.pk, person_id=child.pk, act="record_opened") for _ in range(20_000)],
        batch_size=5_000,
    )
    with django_assert_max_num_queries(40):
        assert len(looking.who_looked(child, by=officer)) == 20_000


class TestFamilyToChoose:
    """The children of one family, to choose among for one act."""

    @pytest.fixture
    def brother(self, child, someone):
        brother = someone("Bilal", "Khan", date_of_birth=date(2015, 1, 1))
        Relationship.objects.create(person=child, other=brother, kind="sibling")
        return brother

    def test_the_child_comes_first_and_each_name_is_written_down(self, ada, child, brother):
        chosen = looking.family_to_choose(ada, child, "write a visit")
        assert list(chosen) == [child.pk, brother.pk]
        assert [each.can_open for each in chosen.values()] == [True, True]
        shown = Entry.objects.filter(act="name_shown")
        assert {(e.person_id, e.about["why"]) for e in shown} == {
            (child.pk, "write a visit"), (brother.pk, "write a visit")
        }  # fmt: skip

    def test_a_brother_with_his_own_worker_is_named_and_not_opened(self, ada, child, brother, staff):
        Allocation.objects.create(
            person=brother, worker=staff(Role.SOCIAL_WORKER), started_on=date(2020, 1, 1)
        )
        assert not looking.family_to_choose(ada, child, "write a visit")[brother.pk].can_open

    def test_a_restricted_brother_is_left_out_and_his_custodian_told(self, ada, child, brother, staff):
        custodian = staff(Role.CUSTODIAN)
        services.place_restriction(
            brother, by=custodian, kind="police", reason="Operation", custodian=custodian
        )
        assert list(looking.family_to_choose(ada, child, "write a visit")) == [child.pk]
        assert "write a visit" in Message.objects.get(to=custodian).text

    @pytest.mark.parametrize("kind", ["hidden_address", "sealed_adoption"])
    def test_nobody_is_shown_as_the_family_of_somebody_who_is_kept(self, ada, child, brother, kind):
        Restriction.objects.create(person=brother, kind=kind, reason="Kept")
        assert looking.family_to_choose(ada, brother, "whom a message is about") == {}
        assert not Entry.objects.filter(act="name_shown").exists()

    def test_a_sealed_brother_is_left_out_and_nobody_is_told(self, ada, child, brother, staff):
        services.seal_adopted([brother.pk], by=None)
        Message.objects.all().delete()
        assert list(looking.family_to_choose(ada, child, "write a visit")) == [child.pk]
        assert not Message.objects.exists()
        assert not Entry.objects.filter(act="restricted_matched").exists()
