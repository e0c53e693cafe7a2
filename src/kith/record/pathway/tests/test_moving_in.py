"""An invented authority's staff come after its extract, and are known again in what it tells of them."""

from datetime import date

import pytest

from kith.dataset.dataset import Dataset
from kith.invented.authority import Authority, invent
from kith.invented.frames import dataset_of
from kith.invented.tests.made import MadePostcodes
from kith.record.assessment.models import Assessment, ChildInNeedPlan
from kith.record.frontdoor.models import Referral
from kith.record.importer.services import import_dataset
from kith.record.pathway.moving_in import move_in
from kith.record.people.models import Allocation, User
from kith.record.protection.models import InitialConference, Section47Enquiry

STAFF = ("ssd_professionals", "ssd_department")


@pytest.fixture(scope="module")
def authority() -> Authority:
    return invent(6, 1, 4, date(2026, 6, 30), MadePostcodes())


@pytest.fixture
def moved_in(authority, db):
    told = dataset_of(authority)
    children = Dataset({name: told[name] for name in told.filled() if name not in STAFF})
    import_dataset(children, by=None, authority=authority.code, description="Invented", year=2026)
    assert not Referral.current.exclude(decided_by=None).exists()
    return move_in(authority)


def test_those_who_decided_are_our_users_and_teams(moved_in, authority):
    received = {act.facts["reference"]: act for act in authority.diary if act.act == "receive_referral"}
    for referral in Referral.current.all():
        assert referral.decided_by.registration_number == referral.decided_by_reference
        assert referral.deciding_team.name == referral.deciding_team_reference
        assert (referral.closed_by is None) == (referral.closed_on is None)
    by = {moved_in.users[act.by].pk for act in received.values()}
    assert set(Referral.current.values_list("decided_by", flat=True)) == by
    for kind in (Assessment, ChildInNeedPlan, Section47Enquiry, InitialConference):
        told = kind.current.exclude(decided_by_reference="")
        assert told.exists()
        assert not told.filter(decided_by=None).exists()
        assert not told.filter(deciding_team=None).exists()


def test_workers_have_the_children_whom_the_extract_gave_them(moved_in):
    named = Allocation.current.exclude(worker_reference="")
    assert named.exists()
    assert not named.filter(worker=None).exists()
    assert User.objects.count() == len(moved_in.users)
