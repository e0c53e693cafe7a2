"""What a waiting message opens, what counts as open work, and who is served by the unallocated team."""

from datetime import date

import pytest

from kith.record.access import looking, open_work, permissions, services
from kith.record.access.models import Message
from kith.record.access.permissions import Level
from kith.record.audit.models import Entry
from kith.record.frontdoor.models import Contact
from kith.record.pathway.queries import in_open_work
from kith.record.people import services as people
from kith.record.people.models import Allocation, Relationship, Role, Team
from kith.record.people.permissions import powers
from kith.record.refusals import NotAllowed

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 2)
MAY_DECIDE = powers()["receive_referrals"].roles | powers()["decide_contacts"].roles


@pytest.fixture
def child(someone):
    return someone("Amira", "Khan")


@pytest.fixture
def waiting(monkeypatch):
    """A room that tells of messages: here each contact of outcome "waits" is one."""
    monkeypatch.setattr(open_work, "_MESSAGES", {})

    def waiting_on(on):
        return Contact.current.filter(outcome="waits", received_on__lte=on)

    open_work.messages_tell(waiting_on)
    open_work.messages_tell(waiting_on)  # once is enough
    assert len(open_work._MESSAGES) == 1


@pytest.fixture
def message(waiting, child):
    return Contact.objects.create(person=child, received_on=DAY, source="1A", outcome="waits")


@pytest.mark.parametrize("role", Role.values)
def test_a_message_that_waits_opens_the_record_to_those_who_decide_about_it(staff, child, message, role):
    assert permissions.can_open(staff(role), child) == (role in MAY_DECIDE)


def test_the_record_closes_with_the_decision(staff, child, message):
    manager = staff(Role.TEAM_MANAGER)
    assert permissions.reason_known(manager, child) == "a message about them waits for a decision"
    Contact.objects.update(outcome="NFA")
    assert permissions.level(manager, child) == Level.INDEX


def test_a_message_opens_a_child_whom_another_team_works_with(staff, child, message):
    Allocation.objects.create(person=child, worker=staff(Role.SOCIAL_WORKER), started_on=DAY)
    assert permissions.can_open(staff(Role.TEAM_MANAGER), child)


def test_a_message_opens_nobody_it_is_not_about(staff, child, message, someone):
    assert not permissions.can_open(staff(Role.TEAM_MANAGER), someone("Bilal", "Khan"))


def test_a_message_to_a_merged_record_opens_the_kept_one(staff, child, message, someone):
    kept = someone("Ameera", "Khan")
    people.merge(kept, child, by=staff(Role.TEAM_MANAGER), reason="One child")
    assert permissions.can_open(staff(Role.DUTY_WORKER), kept)


def test_a_message_opens_no_restricted_record_and_its_custodian_is_told(staff, child, message):
    manager, custodian = staff(Role.TEAM_MANAGER), staff(Role.CUSTODIAN)
    services.place_restriction(child, by=custodian, kind="police", reason="Operation", custodian=custodian)
    with pytest.raises(NotAllowed):
        looking.open_record(manager, child)
    assert Message.objects.filter(to=custodian).count() == 1


def test_why_the_record_opened_is_written_down(staff, child, message):
    looking.open_record(staff(Role.TEAM_MANAGER), child, "decide")
    assert "a message about them" in Entry.objects.get(act="record_opened").about["because"]


def test_a_message_is_open_work_in_lists_and_for_those_who_allocate(staff, child, message):
    unallocated = Team.objects.create(name="Unallocated", is_unallocated=True)
    Allocation.objects.create(person=child, team=unallocated, started_on=DAY)
    assert open_work.in_open_work([child.pk], DAY) == {child.pk}
    assert Allocation.current.filter(in_open_work(DAY)).count() == 1
    assert not Allocation.current.filter(in_open_work(date(2026, 11, 1))).exists()
    assert permissions.reason_known(staff(Role.SENIOR_MANAGER), child) == "nobody is allocated yet"


def test_nothing_is_open_of_nobody():
    assert open_work.in_open_work([], DAY) == set() == open_work.waits_for_a_decision([], DAY)


def test_a_brother_in_the_team_of_the_unallocated_is_opened_by_the_familys_worker(staff, child, someone):
    worker, brother = staff(Role.SOCIAL_WORKER), someone("Bilal", "Khan")
    Allocation.objects.create(person=child, worker=worker, started_on=DAY)
    Relationship.objects.create(person=child, other=brother, kind="sibling")
    nobodys = Team.objects.create(name="Unallocated", is_unallocated=True)
    Allocation.objects.create(person=brother, team=nobodys, started_on=DAY)
    assert permissions.reason_known(worker, brother) == "works with their family"
    Allocation.objects.create(person=brother, worker=staff(Role.SOCIAL_WORKER), started_on=DAY)
    assert not permissions.can_open(worker, brother)


class TestTogether:
    """A page about several children shows those whom its reader may open."""

    @pytest.fixture
    def worker(self, staff, child):
        worker = staff(Role.SOCIAL_WORKER)
        Allocation.objects.create(person=child, worker=worker, started_on=DAY)
        return worker

    def test_only_the_children_one_works_with_are_given_each_look_written_down(self, worker, child, someone):
        strangers_child = someone("Zed", "Ash")
        opened = looking.open_together(worker, [strangers_child.pk, child.pk], "conference")
        assert list(opened.people) == [child.pk] and child.pk in opened and not opened.is_held_back
        [entry] = Entry.objects.filter(act="record_opened")
        assert (entry.person_id, entry.about["why"]) == (child.pk, "conference")

    def test_of_a_restricted_child_nothing_is_given_but_that_something_is_held_back(
        self, worker, child, someone, staff
    ):
        custodian, hidden = staff(Role.CUSTODIAN), someone("Noor", "Khan")
        services.place_restriction(
            hidden, by=custodian, kind="police", reason="Operation", custodian=custodian
        )
        opened = looking.open_together(worker, [child.pk, hidden.pk], "conference")
        assert list(opened.people) == [child.pk] and opened.is_held_back
        assert Message.objects.filter(to=custodian).count() == 1

    def test_nobody_is_told_of_a_sealed_file(self, worker, child, someone):
        sealed = someone("Noor", "Khan")
        services.seal_adopted([sealed.pk], by=None)
        Message.objects.all().delete()
        opened = looking.open_together(worker, [child.pk, sealed.pk], "conference")
        assert list(opened.people) == [child.pk] and opened.is_held_back
        assert not Message.objects.exists()

    def test_who_works_with_none_of_them_is_refused(self, worker, someone):
        with pytest.raises(NotAllowed, match="not working with"):
            looking.open_together(worker, [someone("Zed", "Ash").pk], "conference")

    def test_about_nobody_known_a_power_is_enough_and_has_to_be_there(self, worker, staff):
        assert not looking.open_together(worker, [], "message", power="receive_referrals").people
        with pytest.raises(NotAllowed, match="nobody you work with"):
            looking.open_together(worker, [], "message")
        with pytest.raises(NotAllowed, match="Your role"):
            looking.open_together(staff(Role.ANALYST), [], "message", power="receive_referrals")

    def test_a_power_alone_opens_no_child_of_others(self, worker, someone):
        with pytest.raises(NotAllowed):
            looking.open_together(worker, [someone("Zed", "Ash").pk], "message", power="receive_referrals")

    def test_a_merged_child_is_given_once_as_kept(self, worker, child, someone, staff):
        double = someone("Ameera", "Khan")
        people.merge(child, double, by=staff(Role.TEAM_MANAGER), reason="One child")
        opened = looking.open_together(worker, [double.pk, child.pk], "conference")
        assert list(opened.people) == [child.pk]


def test_a_chair_acts_about_a_child_without_the_record_and_that_is_written_down(staff, child):
    chair = staff(Role.REVIEWING_OFFICER)
    assert looking.open_for_one_act(chair, child, "chair_conferences", "conference") == child
    [entry] = Entry.objects.filter(act="opened_for_one_act")
    assert (entry.person_id, entry.actor_id, entry.about["why"]) == (child.pk, chair.pk, "conference")
    [look] = looking.who_looked(child, by=staff(Role.DATA_PROTECTION))
    assert look.what == "Opened to do one act, without the record"


def test_who_lacks_the_power_or_is_kept_out_does_not_act(staff, child):
    with pytest.raises(NotAllowed, match="Your role"):
        looking.open_for_one_act(staff(Role.SOCIAL_WORKER), child, "chair_conferences", "conference")
    custodian = staff(Role.CUSTODIAN)
    services.place_restriction(child, by=custodian, kind="police", reason="Operation", custodian=custodian)
    with pytest.raises(NotAllowed, match="cannot show you anything"):
        looking.open_for_one_act(staff(Role.REVIEWING_OFFICER), child, "chair_conferences", "conference")
    assert Message.objects.filter(to=custodian).count() == 1
