"""Ages, and how a day is written."""

from datetime import date

import pytest

from kith.standards.dates import age_on, birthday, day_in_words, long_date, short_date, turns


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (date(2010, 3, 3), date(2026, 3, 2), 15),
        (date(2010, 3, 3), date(2026, 3, 3), 16),
        (date(2008, 2, 29), date(2026, 2, 28), 17),  # born on 29 February: a year older on 1 March
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2024, 2, 29), 16),
        (date(2026, 3, 3), date(2026, 3, 3), 0),
        (date(2026, 3, 3), date(2026, 3, 2), None),  # not yet born
        (date(1900, 1, 1), date(2026, 1, 1), 126),
    ],
)
def test_age_is_counted_in_birthdays(born: date, on: date, age: int | None) -> None:
    assert age_on(born, on) == age


def test_the_day_an_age_is_reached() -> None:
    assert turns(date(2008, 2, 29), 18) == date(2026, 3, 1)
    assert turns(date(2008, 2, 29), 16) == date(2024, 2, 29)
    assert birthday(date(2010, 12, 31), 2026) == date(2026, 12, 31)


def test_a_long_date_names_the_weekday_and_a_missing_one_says_so() -> None:
    assert long_date(date(2026, 3, 3)) == "Tue 3 Mar 2026"
    assert long_date(None) == "date not known"


@pytest.mark.parametrize("month", range(1, 13))
def test_a_day_is_written_as_the_machine_would_in_english(month: int) -> None:
    day = date(2026, month, 9)
    assert day_in_words(day) == f"9 {day:%B} 2026"
    assert short_date(day) == f"9 {day:%b} 2026"
