"""Periods: how they are called, and which rows fall in them."""

from datetime import date

import polars as pl
import pytest

from kith.insight.periods import (
    NotAPeriod,
    Period,
    Periods,
    month_of,
    months_after,
    months_to,
    period_called,
    twelve_months_to,
    year_ending,
    years_to,
)

TWO_YEARS = Periods(years_to(2020, 2))  # 2018-19 and 2019-20


@pytest.mark.parametrize(
    ("written", "first", "last", "label"),
    [
        ("2019-20", date(2019, 4, 1), date(2020, 3, 31), "2019-20"),
        ("1999-00", date(1999, 4, 1), date(2000, 3, 31), "1999-00"),
        (" 2011-12 ", date(2011, 4, 1), date(2012, 3, 31), "2011-12"),  # a year, not a month
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "Feb 2024"),
        ("2019-01-01 to 2019-12-31", date(2019, 1, 1), date(2019, 12, 31), "1 Jan 2019 to 31 Dec 2019"),
        ("2019-01-01/2019-01-01", date(2019, 1, 1), date(2019, 1, 1), "1 Jan 2019 to 1 Jan 2019"),
    ],
)
def test_a_period_is_called_as_people_write_it(written: str, first: date, last: date, label: str) -> None:
    assert period_called(written) == Period(label, first, last)


@pytest.mark.parametrize("written", ["", "2019", "2019-21", "2019-13", "2019-02-30 to 2019-03-01", "x" * 999])
def test_other_words_are_no_period_and_say_what_may_be_written(written: str) -> None:
    with pytest.raises(NotAPeriod, match="is not a period"):
        period_called(written)


def test_a_period_that_ends_before_it_begins_is_none() -> None:
    with pytest.raises(NotAPeriod, match="before it begins"):
        period_called("2020-01-02 to 2020-01-01")


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2026, 11, 29), date(2025, 11, 30)),
        (date(2020, 3, 31), date(2019, 4, 1)),
        (date(2024, 2, 29), date(2023, 3, 1)),  # after 28 February 2023, the last of the month
        (date(2025, 2, 28), date(2024, 2, 29)),
    ],
)
def test_twelve_months_end_on_the_day_and_share_none_with_the_twelve_before(day: date, first: date) -> None:
    assert (twelve_months_to(day).first, twelve_months_to(day).last) == (first, day)


def test_only_months_that_are_over_are_counted_back() -> None:
    labels = [period.label for period in months_to(date(2026, 1, 30), 2)]
    assert labels == ["Nov 2025", "Dec 2025"]
    assert months_to(date(2026, 1, 31), 1) == (month_of(date(2026, 1, 5)),)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2019, 11, 30), 3, date(2020, 2, 29)),
        (date(2019, 12, 31), 1, date(2020, 1, 31)),
        (date(2020, 5, 15), 0, date(2020, 5, 15)),
    ],
)
def test_months_after_end_on_the_last_day_where_the_day_is_none(day: date, months: int, later: date) -> None:
    assert months_after(day, months) == later


def rows(*days: tuple[str | None, str | None]) -> pl.DataFrame:
    """Rows numbered from 0, each with a start and an end."""
    parsed = [[date.fromisoformat(day) if day else None for day in pair] for pair in days]
    return pl.DataFrame(
        {
            "at": range(len(days)),
            "start": pl.Series([pair[0] for pair in parsed], dtype=pl.Date),
            "end": pl.Series([pair[1] for pair in parsed], dtype=pl.Date),
        }
    )


def found(frame: pl.DataFrame) -> set[tuple[int, int]]:
    """Which row was found in which period."""
    return set(frame.select("at", "period").iter_rows())


def test_a_day_falls_in_the_period_whose_days_it_is_among() -> None:
    days = rows(
        ("2018-03-31", None), ("2018-04-01", None), ("2019-03-31", None), ("2019-04-01", None), (None, None)
    )
    assert found(TWO_YEARS.during(days, "start")) == {(1, 0), (2, 0), (3, 1)}


def test_what_ended_on_the_last_day_is_not_open_then() -> None:
    spans = rows(
        ("2018-01-01", "2019-03-31"),  # over by the end of the last day
        ("2018-01-01", "2019-04-01"),
        ("2019-03-31", None),  # begun that very day
        ("2019-04-01", None),
        (None, None),
    )
    assert found(TWO_YEARS.on_the_last_day(spans, "start", "end")) == {(1, 0), (2, 0), (2, 1), (3, 1)}


def test_what_was_open_on_any_day_counts_the_day_it_ended() -> None:
    spans = rows(
        ("2017-01-01", "2018-03-31"),
        ("2017-01-01", "2018-04-01"),
        ("2019-03-31", "2019-04-01"),
        ("2020-04-01", None),
    )
    assert found(TWO_YEARS.at_any_time(spans, "start", "end")) == {(1, 0), (2, 0), (2, 1)}


def test_a_row_is_in_every_period_of_those_that_overlap() -> None:
    rolling = Periods([twelve_months_to(date(2020, 1, 31)), twelve_months_to(date(2020, 2, 29))])
    days = rows(("2019-02-28", None), ("2019-06-01", None), ("2020-02-29", None))
    assert found(rolling.during(days, "start")) == {(0, 0), (1, 0), (1, 1), (2, 1)}


def test_no_rows_fall_in_no_period() -> None:
    assert found(TWO_YEARS.during(rows(), "start")) == set()
    assert found(TWO_YEARS.on_the_last_day(rows(), "start", "end")) == set()


def test_periods_have_to_be_in_order() -> None:
    with pytest.raises(ValueError, match="in order"):
        Periods([year_ending(2020), year_ending(2019)])
