"""Which queries a history means to raise, from diaries of a few acts. All of them together: tests/."""

from datetime import date
from typing import Any

import pytest

from kith.invented.authority import Authority
from kith.invented.diary import Act
from kith.invented.intended import IntendedQuery, intended_queries

CHILD = "NB1"


def told(*acts: tuple[date, str, dict[str, Any]], first: int = 2026, last: int = 2027) -> list[IntendedQuery]:
    diary = tuple(Act(on, CHILD, act, facts) for on, act, facts in acts)
    return intended_queries(
        Authority("989", "Northbrook", date(last, 3, 31), first, last, (), (), (), (), diary)
    )


def child(born: date | None = date(2015, 5, 1), expected: date | None = None) -> tuple[date, str, dict]:
    facts = {"is_child": True, "date_of_birth": born, "expected_date_of_birth": expected}
    return date(2020, 1, 6), "register_person", facts


def referral(on: date = date(2025, 12, 1)) -> tuple[date, str, dict]:
    return on, "receive_referral", {"reference": "R"}


def closed(on: date, reason: str) -> tuple[date, str, dict]:
    return on, "close_referral", {"referral": "R", "reason": reason}


def assessed(start: date, done: date, factors: str = "4B") -> list[tuple[date, str, dict]]:
    return [
        (start, "start_assessment", {"reference": "A", "referral": "R"}),
        (done, "authorise_assessment", {"assessment": "A", "factors": [factors]}),
    ]


def enquiry(start: date, done: date, needs_conference: bool) -> list[tuple[date, str, dict]]:
    facts = {"enquiry": "E", "is_conference_required": needs_conference}
    return [
        (start, "start_section_47", {"reference": "E", "referral": "R"}),
        (done, "conclude_section_47", facts),
    ]


def rules(found: list[IntendedQuery]) -> list[tuple[int, str]]:
    return [(query.year, query.rule) for query in found]


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (date(2026, 1, 26), [(2026, "8670Q")]),  # 31 March is its 46th working day
        (date(2026, 1, 27), [(2026, "8670Q")]),  # its 45th
        (date(2026, 1, 28), []),  # its 44th
    ],
)
def test_an_assessment_past_its_45_working_days_on_31_march_is_late(start: date, expected: list) -> None:
    assert rules(told(child(), referral(), *assessed(start, date(2026, 4, 20)))) == expected
    assert rules(told(child(), referral(), *assessed(start, date(2026, 3, 31)))) == []


@pytest.mark.parametrize(
    ("start", "held", "expected"),
    [
        (date(2026, 3, 10), date(2026, 4, 1), [(2026, "8675Q")]),  # 31 March is the 15th working day
        (date(2026, 3, 10), date(2026, 3, 31), []),
        (date(2026, 3, 11), date(2026, 4, 1), []),  # the 14th
    ],
)
def test_a_conference_not_held_by_31_march_is_late_after_15_working_days(
    start: date, held: date, expected: list
) -> None:
    conference = (held, "hold_initial_conference", {"enquiry": "E"})
    acts = [*assessed(date(2026, 2, 2), date(2026, 4, 1)), *enquiry(start, start, True), conference]
    assert rules(told(child(), referral(), *acts)) == expected


def test_an_enquiry_that_needs_no_conference_is_not_late() -> None:
    acts = [
        *assessed(date(2026, 2, 2), date(2026, 4, 1)),
        *enquiry(date(2026, 2, 2), date(2026, 2, 9), False),
    ]
    assert told(child(), referral(), *acts) == []


def test_an_enquiry_of_march_whose_assessment_began_in_april_stands_alone() -> None:
    acts = [
        *enquiry(date(2026, 3, 30), date(2026, 4, 8), False),
        *assessed(date(2026, 4, 1), date(2026, 5, 1)),
    ]
    assert rules(told(child(), referral(date(2026, 3, 30)), *acts)) == [(2026, "2991Q")]


def test_a_case_assessed_in_march_and_closed_in_april_is_asked_about_in_both_years() -> None:
    nothing_found = assessed(date(2026, 3, 2), date(2026, 3, 30), "21")
    found = told(child(), referral(), *nothing_found, closed(date(2026, 4, 2), "RC8"))
    assert rules(found) == [(2026, "8873Q"), (2027, "8825Q")]
    assert told(child(), referral(), *nothing_found, closed(date(2026, 3, 31), "RC8")) == []


def test_a_birth_that_was_due_before_march_and_was_never_heard_of_is_asked_about() -> None:
    assert rules(told(child(None, date(2026, 2, 28)), referral(), closed(date(2025, 12, 2), "RC7"))) == [
        (2026, "8530Q")
    ]
    assert told(child(None, date(2026, 3, 1)), referral(), closed(date(2025, 12, 2), "RC7")) == []


def leaver(ended: date, started: date = date(2020, 6, 1)) -> list[tuple[date, str, dict]]:
    facts = {"year": 2027}
    return [
        child(ended.replace(year=ended.year - 18)),
        (started, "start_care", {"legal_status": "C2"}),
        (ended, "end_care", {"reason": "E5"}),
        (date(2027, 3, 1), "record_care_leaver_year", facts),
    ]


def test_a_care_leaver_of_years_ago_is_in_no_return_that_the_rules_can_read() -> None:
    assert rules(told(*leaver(date(2025, 3, 31)))) == [(2027, "1002")]
    assert told(*leaver(date(2025, 7, 1))) == []


def test_a_care_leaver_whose_last_episode_alone_is_in_last_years_return_is_asked_about() -> None:
    acts = leaver(date(2025, 5, 1))
    moved = (date(2025, 3, 1), "place_child", {})  # the 61 days after it are all that is told
    assert rules(told(*acts[:2], moved, *acts[2:])) == [(2027, "1001")]
    assert told(*acts) == []


def test_a_child_born_on_1_april_is_seventeen_all_year() -> None:
    health = (date(2027, 3, 31), "record_health_year", {"year": 2027})
    assert rules(told(child(date(2009, 4, 1)), health)) == [(2027, "197B")]
    assert told(child(date(2009, 4, 2)), health) == []
