"""Working days, months and hours at their edges."""

import csv
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from kith.standards import working_days as wd
from kith.standards.verified import Verified
from kith.standards.working_days import HolidayStatus


@pytest.mark.parametrize(
    ("year", "sunday"),
    [
        (2008, date(2008, 3, 23)),  # nearly the earliest there can be
        (2011, date(2011, 4, 24)),  # nearly the latest
        (2026, date(2026, 4, 5)),
        (2038, date(2038, 4, 25)),  # the latest there can be
    ],
)
def test_easter(year: int, sunday: date) -> None:
    assert wd.easter(year) == sunday


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2011, 4, 29), "Royal wedding"),
        (date(2012, 6, 4), "Spring bank holiday (moved)"),
        (date(2012, 6, 5), "Queen's Diamond Jubilee"),
        (date(2020, 5, 8), "Early May bank holiday (moved to VE Day)"),
        (date(2022, 6, 3), "Queen's Platinum Jubilee"),
        (date(2022, 9, 19), "State Funeral of Queen Elizabeth II"),
        (date(2023, 5, 8), "Coronation of King Charles III"),
        (date(2021, 12, 27), "Christmas Day (substitute day)"),  # Christmas Day a Saturday
        (date(2021, 12, 28), "Boxing Day (substitute day)"),
        (date(2022, 12, 26), "Boxing Day"),  # Christmas Day a Sunday
        (date(2022, 12, 27), "Christmas Day (substitute day)"),
        (date(2020, 12, 28), "Boxing Day (substitute day)"),  # Boxing Day a Saturday
        (date(2022, 1, 3), "New Year's Day (substitute day)"),
    ],
)
def test_bank_holidays_that_differ_from_year_to_year(day: date, name: str) -> None:
    assert wd.bank_holidays()[day].name == name
    assert not wd.is_working_day(day)


@pytest.mark.parametrize("day", [date(2012, 5, 28), date(2020, 5, 4), date(2022, 5, 30)])
def test_a_moved_bank_holiday_leaves_a_working_day_behind(day: date) -> None:
    assert wd.is_working_day(day)


def test_every_year_from_2005_to_2040_is_in_the_table_and_says_how_sure_it_is() -> None:
    for year in range(2005, 2041):
        rows = [row for day, row in wd.bank_holidays().items() if day.year == year]
        expected = HolidayStatus.ANNOUNCED if year <= 2027 else HolidayStatus.PROJECTED
        assert len(rows) >= 8
        assert {row.status for row in rows} == {expected}
        assert all(row.source and row.day.weekday() < 5 for row in rows)


def test_a_bank_holiday_not_read_at_its_source_says_so() -> None:
    seen = {day.year for day, row in wd.bank_holidays().items() if row.verified is not Verified.KNOWLEDGE}
    assert seen == {2025, 2026}


def test_no_day_is_in_the_table_twice() -> None:
    table = Path(wd.__file__).parent / "data" / "bank_holidays.csv"
    days = [row["date"] for row in csv.DictReader(table.open(encoding="utf-8"))]
    assert days == sorted(set(days))


@pytest.mark.parametrize("year", range(2028, 2041))
def test_projected_years_are_what_the_rules_give(year: int) -> None:
    assert wd.holidays_by_rule(year) == {
        day: row.name for day, row in wd.bank_holidays().items() if day.year == year
    }


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        (date(2026, 3, 2), 20, date(2026, 3, 30)),  # four plain weeks
        (date(2026, 3, 27), 20, date(2026, 4, 28)),  # Good Friday and Easter Monday do not count
        (date(2025, 12, 23), 5, date(2026, 1, 2)),  # Christmas, Boxing and New Year's Day do not count
        (date(2026, 12, 24), 1, date(2026, 12, 29)),  # Boxing Day is a Saturday, kept on the Monday
        (date(2022, 9, 16), 1, date(2022, 9, 20)),  # the state funeral
        (date(2026, 3, 7), 1, date(2026, 3, 9)),  # from a Saturday, Monday is day 1
        (date(2026, 3, 7), 0, date(2026, 3, 7)),  # none to count
        (date(2026, 1, 2), -1, date(2025, 12, 31)),  # back over New Year's Day
        (date(2026, 3, 8), -1, date(2026, 3, 6)),  # back from a Sunday
        (date(1900, 1, 1), 1, date(1900, 1, 2)),  # a placeholder date does not break a page
        (date(2060, 12, 31), 1, date(2061, 1, 4)),  # past the table: New Year is kept on Monday 3
    ],
)
def test_the_day_after_the_event_is_day_one(start: date, count: int, due: date) -> None:
    assert wd.add_working_days(start, count) == due


def test_counting_by_table_agrees_with_counting_by_hand() -> None:
    for offset in range(0, 800, 7):
        start = date(2019, 11, 1) + timedelta(days=offset)
        day, left = start, 45
        while left:
            day += timedelta(days=1)
            left -= wd.is_working_day(day)
        assert wd.add_working_days(start, 45) == day
        assert wd.working_days_between(start, day) == 45
        assert wd.working_days_between(day, start) == -45


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        (date(2026, 3, 2), date(2026, 3, 2), 0),
        (date(2026, 3, 6), date(2026, 3, 8), 0),  # a weekend
        (date(2025, 12, 24), date(2026, 1, 2), 4),  # 29, 30, 31 December and 2 January
        (date(2025, 12, 31), date(2027, 1, 1), 253),  # a whole year
    ],
)
def test_working_days_between(start: date, end: date, count: int) -> None:
    assert wd.working_days_between(start, end) == count


@pytest.mark.parametrize(
    ("day", "months", "due"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),  # leap year
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 2, 28), 1, date(2026, 3, 28)),  # not the month's last day
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 5, 31), -3, date(2026, 2, 28)),
        (date(1951, 1, 1), 900, date(2026, 1, 1)),
    ],
)
def test_months_end_on_the_same_day_or_the_last(day: date, months: int, due: date) -> None:
    assert wd.add_months(day, months) == due


@pytest.mark.parametrize(
    ("day", "at", "shown"),
    [
        (date(2026, 3, 2), time(18, 0), "2026-03-05T18:00:00+00:00"),
        (date(2026, 3, 27), time(18, 0), "2026-03-30T19:00:00+01:00"),  # clocks go forward on the 29th
        (date(2026, 10, 23), time(18, 0), "2026-10-26T17:00:00+00:00"),  # clocks go back on the 25th
        (date(2026, 10, 22), time(1, 30), "2026-10-25T01:30:00+01:00"),  # ends in the hour that comes twice
        (date(2026, 12, 30), time(23, 59), "2027-01-02T23:59:00+00:00"),
    ],
)
def test_72_hours_are_hours_gone_by_whatever_the_clocks_do(day: date, at: time, shown: str) -> None:
    assert wd.add_hours(wd.in_london(day, at), 72).isoformat() == shown


def test_the_legal_day_is_londons() -> None:
    just_after_midnight = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    assert wd.legal_day(just_after_midnight) == date(2026, 7, 2)


def test_a_wall_clock_time_that_is_skipped_is_an_hour_later() -> None:
    assert wd.in_london(date(2026, 3, 29), time(1, 30)).isoformat() == "2026-03-29T02:30:00+01:00"


def test_a_time_without_its_zone_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="does not say which time zone"):
        wd.add_hours(datetime(2026, 3, 2, 18, 0), 72)


@pytest.mark.parametrize(
    ("due", "by", "why"),
    [
        (date(2026, 12, 25), date(2026, 12, 24), "Christmas Day"),
        (date(2026, 12, 26), date(2026, 12, 24), "a Saturday"),
        (date(2026, 12, 28), date(2026, 12, 24), "Boxing Day (substitute day)"),
        (date(2026, 4, 6), date(2026, 4, 2), "Easter Monday"),
        (date(2027, 1, 1), date(2026, 12, 31), "New Year's Day"),
        (date(2027, 2, 28), date(2027, 2, 26), "a Sunday"),
        (date(2026, 12, 24), date(2026, 12, 24), ""),
        (date(2045, 12, 25), date(2045, 12, 22), "Christmas Day"),  # a year with no row, by the rules
    ],
)
def test_a_limit_that_ends_on_no_working_day_is_met_on_the_one_before(due: date, by: date, why: str) -> None:
    assert (wd.last_working_day_by(due), wd.why_not_a_working_day(due)) == (by, why)


EASTER = wd.Break(date(2026, 4, 3), date(2026, 4, 6), date(2026, 4, 7))
CHRISTMAS = wd.Break(date(2026, 12, 25), date(2026, 12, 28), date(2026, 12, 29))


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        (date(2026, 4, 2), date(2026, 4, 7), (EASTER,)),
        (date(2026, 3, 1), date(2026, 4, 3), (EASTER,)),  # it begins on the last day
        (date(2026, 4, 4), date(2026, 4, 30), (EASTER,)),  # and is going on
        (date(2026, 4, 6), date(2026, 4, 30), ()),  # its last day is today
        (date(2026, 3, 1), date(2026, 4, 2), ()),
        (date(2026, 5, 1), date(2026, 5, 6), ()),  # a long weekend is three days
        (date(2026, 12, 1), date(2027, 1, 31), (CHRISTMAS,)),  # New Year 2027 gives three
        (date(2026, 4, 7), date(2026, 4, 2), ()),  # gone by
    ],
)
def test_four_days_without_a_working_day_are_a_long_break(
    start: date, end: date, found: tuple[wd.Break, ...]
) -> None:
    assert wd.long_breaks(start, end) == found


def test_holidays_that_do_not_count_are_named_weekends_are_not() -> None:
    assert wd.holidays_in(date(2026, 4, 3), date(2026, 5, 4)) == (
        (date(2026, 4, 6), "Easter Monday"),
        (date(2026, 5, 4), "Early May bank holiday"),
    )
    assert [day for day, _ in wd.holidays_in(date(2026, 12, 24), date(2027, 1, 1))] == [
        date(2026, 12, 25),
        date(2026, 12, 28),
        date(2027, 1, 1),
    ]
