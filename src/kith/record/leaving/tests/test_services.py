"""Care leavers' years: once each, and nothing known of somebody not in touch."""

from datetime import date

import pytest

from kith.record.chronology.policies import WrongCode
from kith.record.leaving import permissions, services
from kith.record.leaving.models import CareLeaverYear
from kith.record.leaving.policies import AlreadyRecorded, NotInTouch
from kith.record.refusals import NotAllowed
from kith.record.tests.practice import acts_about, refused, told_of, worked_with

YEAR = {"on": date(2026, 2, 1), "year": 2026, "in_touch": "YES", "activity": "F2", "accommodation": "D1"}


@pytest.fixture
def young(someone, worker, team):
    return worked_with(someone("Leah", "Stone", date_of_birth=date(2007, 2, 1)), worker, team)


def test_a_year_is_recorded_once(young, worker):
    services.record_care_leaver_year(child=young, by=worker, **YEAR)
    assert acts_about(young) == ["record_care_leaver_year"]
    on, kind, text = told_of(young)[0]
    assert (on, kind) == (date(2026, 3, 31), "care_leaver_year")
    assert text.startswith("After care, in the year to 31 March 2026: in touch")
    with refused(AlreadyRecorded, "is recorded already"):
        services.record_care_leaver_year(child=young, by=worker, **YEAR)
    assert CareLeaverYear.current.count() == 1


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"in_touch": ""}, WrongCode),
        ({"in_touch": "PERHAPS"}, WrongCode),
        ({"in_touch": "NO"}, NotInTouch),
        ({"activity": "Z9"}, WrongCode),
        ({"accommodation": "Q7"}, WrongCode),
    ],
)
def test_codes_that_cannot_be_are_refused(young, worker, changes, refusal):
    with pytest.raises(refusal):
        services.record_care_leaver_year(child=young, by=worker, **{**YEAR, **changes})
    assert not CareLeaverYear.objects.exists()


def test_nobody_is_asked_what_is_not_known(young, worker):
    unknown = {**YEAR, "in_touch": "NO", "activity": "0", "accommodation": "0"}
    services.record_care_leaver_year(child=young, by=worker, **unknown)
    assert told_of(young)[0][2] == "After care, in the year to 31 March 2026: not in touch"


def test_who_may(young, worker, stranger):
    with refused(NotAllowed, "not working with"):
        services.record_care_leaver_year(child=young, by=stranger, **YEAR)
    assert permissions.can_record(worker, young) and not permissions.can_record(stranger, young)
