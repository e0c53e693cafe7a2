from datetime import date, timedelta

import polars as pl
import pytest

from kith.checks.door.typing import made_ready
from kith.checks.words import (
    age_on,
    birthday_of,
    day_as_number,
    how_many,
    is_at_a_weekend,
    is_one_of,
    is_other_than,
)
from kith.standards import dates


def with_numbers(days):
    """Days with each as one number beside it, as views give them."""
    frame = pl.DataFrame(days, schema=dict.fromkeys(days, pl.Date))
    return frame.with_columns(day_as_number(pl.col(name)).alias(f"{name}.as_number") for name in days)


@pytest.mark.parametrize(
    "born, on, age",
    [
        (date(2017, 3, 31), date(2027, 3, 31), 10),  # the very birthday
        (date(2017, 4, 1), date(2027, 3, 31), 9),  # the day before it
        (date(2016, 12, 31), date(2027, 1, 1), 10),  # the birthday is late in the year before
        (date(2008, 2, 29), date(2026, 2, 28), 17),  # born on a leap day: not yet on 28 February
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2026, 6, 1), date(2026, 5, 31), -1),  # not born yet
        (None, date(2026, 5, 31), None),
    ],
)
def test_age_counts_the_birthdays_that_were(born, on, age):
    frame = with_numbers({"born": [born], "on": [on]})
    assert frame.select(age_on("born", "on")).item() == age


def test_a_birthday_on_a_leap_day_is_the_first_of_march_in_other_years():
    frame = with_numbers({"born": [date(2008, 2, 29)]})
    assert frame.select(birthday_of("born", 17)).item() == date(2025, 3, 1)
    assert frame.select(birthday_of("born", 16)).item() == date(2024, 2, 29)


def test_codes_are_compared_as_typed_where_the_column_is_read_as_a_number():
    typed = pl.DataFrame({"CONVICTED": ["1", "0", "YES", None]})
    frame = made_ready(typed, "OC2", "903")
    frame = frame.with_columns(pl.col("CONVICTED.text").alias("CONVICTED.written"))
    assert frame.select(is_one_of("CONVICTED", "1")).to_series().to_list() == [True, False, False, False]
    assert frame.select(is_other_than("CONVICTED", "0 1")).to_series().fill_null(False).to_list() == [
        *(False, False, True, False),
    ]


@pytest.mark.parametrize(
    "day, told",
    [(6, False), (7, True), (8, True), (9, False)],  # Friday to Monday in June 2025
)
def test_saturday_and_sunday_are_a_weekend(day, told):
    frame = pl.DataFrame({"held": [date(2025, 6, day)]})
    assert frame.select(is_at_a_weekend("held")).item() is told


def test_rows_are_counted_among_those_of_the_same_child_and_not_where_there_is_none():
    frame = pl.DataFrame({"child": ["1", "1", "2", None, None], "open": [True, False, True, True, True]})
    counted = frame.select(how_many(pl.col("open"), of_the_same="child")).to_series()
    assert counted.to_list() == [1, 1, 1, 0, 0]


def test_a_birthday_is_that_of_the_dates_module_on_every_day_of_two_centuries():
    """Common and leap years, and 1900, which was none."""
    days = [date(1895, 1, 1) + timedelta(days=step) for step in range(0, 75_000, 7)]
    days += [date(year, month, day) for year in range(1895, 2100) for month, day in ((2, 28), (3, 1))]
    days += [date(year, 2, 29) for year in range(1896, 2100, 4) if year != 1900]
    frame = with_numbers({"born": days})
    for age in (0, 1, 4, 17, 18, 25):
        assert frame.select(birthday_of("born", age)).to_series().to_list() == [
            dates.birthday(born, born.year + age) for born in days
        ]
