"""The work before court: in order, and nothing held that was not offered."""

from datetime import date

import pytest

from kith.record.chronology.permissions import allows
from kith.record.chronology.policies import WrongCode, WrongDate
from kith.record.courts import permissions, services
from kith.record.courts.models import PreProceedings
from kith.record.courts.policies import MeetingNotOffered
from kith.record.refusals import NotAllowed
from kith.record.tests.practice import acts_about, refused, told_of

WORK = {
    "on": date(2026, 6, 1),
    "started_on": date(2026, 3, 2),
    "letter_before_proceedings_on": date(2026, 3, 5),
    "is_family_group_meeting_offered": True,
    "is_family_group_meeting_held": True,
    "decided_on": date(2026, 6, 1),
    "outcome": "ISSUE",
    "court_application_on": date(2026, 6, 1),
}


def test_the_work_is_written_down_and_told_day_by_day(amira, worker):
    services.record_pre_proceedings(child=amira, by=worker, **WORK)
    assert acts_about(amira) == ["record_pre_proceedings"]
    assert [kind for _, kind, _ in told_of(amira)] == [
        "pre_proceedings_started",
        "letter_before_proceedings",
        "pre_proceedings_decided",
        "court_application",
    ]


@pytest.mark.parametrize(
    ("changes", "refusal", "words"),
    [
        ({"letter_before_proceedings_on": date(2026, 3, 1)}, WrongDate, "before the start of the work"),
        ({"decided_on": date(2026, 2, 1)}, WrongDate, "before the start of the work"),
        ({"started_on": date(1900, 1, 1)}, WrongDate, "26 years ago"),
        ({"outcome": "WIN"}, WrongCode, "“WIN” is not an outcome"),
        ({"is_family_group_meeting_offered": False}, MeetingNotOffered, "none was offered"),
    ],
)
def test_what_cannot_be_is_refused(amira, worker, changes, refusal, words):
    with refused(refusal, words):
        services.record_pre_proceedings(child=amira, by=worker, **{**WORK, **changes})
    assert not PreProceedings.objects.exists()


def test_who_may(amira, worker, stranger, chair):
    for somebody in (stranger, chair):
        with pytest.raises(NotAllowed):
            services.record_pre_proceedings(child=amira, by=somebody, **WORK)
    assert allows(permissions.check_can_prepare, worker, amira)
    assert not allows(permissions.check_can_prepare, stranger, amira)
