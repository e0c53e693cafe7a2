"""The days an initial conference may be held on: inside its limit, on working days, papers in time."""

from datetime import date, timedelta

import pytest

from kith.standards.clocks import ProposedDay, clock, due_on, propose_dates
from kith.standards.working_days import is_working_day

CONFERENCE = clock("CP-02")
EASTER_2026 = [date(2026, 3, 9) + timedelta(days=number) for number in range(35)]
CHRISTMAS_2026 = [date(2026, 12, 14) + timedelta(days=number) for number in range(18)]


def proposed(start: date, **more: object) -> list[date]:
    return [each.day for each in propose_dates(start, CONFERENCE, **more)]  # type: ignore[arg-type]


@pytest.mark.parametrize("start", [*EASTER_2026, *CHRISTMAS_2026], ids=str)
def test_no_day_is_a_weekend_a_holiday_or_past_the_limit_over_easter_and_christmas(start: date) -> None:
    days = propose_dates(start, CONFERENCE)
    last = due_on(CONFERENCE, start)
    assert last and days[-1].day == last  # a limit in working days ends on one
    assert all(is_working_day(each.day) and start <= each.day <= last for each in days)
    assert len(days) == 15 + is_working_day(start)  # the day of the discussion itself may be one


@pytest.mark.parametrize("start", [*EASTER_2026, *CHRISTMAS_2026], ids=str)
def test_a_day_the_papers_cannot_reach_the_family_for_is_marked(start: date) -> None:
    days = propose_dates(start, CONFERENCE)
    in_time = [each for each in days if each.are_papers_in_time]
    assert all(each.papers_by == due_on(clock("CP-13"), each.day) for each in days)
    assert all(each.papers_by >= start for each in in_time)
    assert all(each.papers_by < start for each in days if not each.are_papers_in_time)
    assert in_time and days.index(in_time[0]) == len(days) - len(in_time)  # the marked ones are the first


def test_over_easter_the_first_day_with_papers_in_time_is_after_the_holiday() -> None:
    days = propose_dates(date(2026, 4, 1), CONFERENCE)  # the Wednesday before Good Friday
    assert next(each for each in days if each.are_papers_in_time) == ProposedDay(
        date(2026, 4, 8), papers_by=date(2026, 4, 1), are_papers_in_time=True
    )


def test_papers_that_need_longer_are_counted_from_the_day_they_can_be_there() -> None:
    start = date(2026, 12, 14)  # the limit is Thu 7 Jan 2027
    days = propose_dates(start, CONFERENCE, papers=clock("CP-13b"), papers_from=date(2026, 12, 24))
    assert [each.day for each in days if each.are_papers_in_time] == [
        date(2027, 1, 5),
        date(2027, 1, 6),
        date(2027, 1, 7),
    ]


def test_chair_rooms_closures_and_today_leave_days_out() -> None:
    start = date(2026, 3, 2)
    chair = [date(2026, 3, 5), date(2026, 3, 7), date(2026, 3, 10), date(2026, 3, 12), date(2026, 3, 30)]
    assert proposed(start, chair_free=chair) == [date(2026, 3, 5), date(2026, 3, 10), date(2026, 3, 12)]
    assert proposed(start, chair_free=chair, rooms_free=[date(2026, 3, 10)]) == [date(2026, 3, 10)]
    assert proposed(start, chair_free=chair, holidays=[date(2026, 3, 10)]) == [chair[0], chair[3]]
    assert proposed(start, chair_free=chair, not_before=date(2026, 3, 11)) == [date(2026, 3, 12)]
    assert proposed(start, chair_free=[]) == []


def test_where_the_limit_has_gone_by_no_day_is_proposed() -> None:
    assert proposed(date(2026, 3, 2), not_before=date(2026, 3, 24)) == []
    assert proposed(date(2026, 3, 2), not_before=date(2026, 3, 23)) == [date(2026, 3, 23)]


def test_a_limit_that_names_no_day_proposes_none() -> None:
    assert propose_dates(date(2026, 3, 2), clock("CS-02")) == ()
