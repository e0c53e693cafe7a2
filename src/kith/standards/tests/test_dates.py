"""Dates known in part, ages, and how a day is written."""

from datetime import date

import pytest

from kith.standards.dates import PartialDate, Precision, age_on, birthday, long_date, turns


@pytest.mark.parametrize(
    ("text", "precision", "earliest", "latest", "returned", "words"),
    [
        ("03/03/2026", Precision.DAY, date(2026, 3, 3), date(2026, 3, 3), "03/03/2026", "Tue 3 Mar 2026"),
        ("ZZ/02/2024", Precision.MONTH, date(2024, 2, 1), date(2024, 2, 29), "zz/02/2024", "Feb 2024"),
        ("zz/zz/2015", Precision.YEAR, date(2015, 1, 1), date(2015, 12, 31), "zz/zz/2015", "2015"),
        ("zz/ZZ/zzzz", Precision.UNKNOWN, None, None, "zz/zz/zzzz", "date not known"),
        ("", Precision.UNKNOWN, None, None, "zz/zz/zzzz", "date not known"),
        (" 1/2/1900 ", Precision.DAY, date(1900, 2, 1), date(1900, 2, 1), "01/02/1900", "Thu 1 Feb 1900"),
    ],
)
def test_a_partial_date_reads_and_writes_itself(
    text: str, precision: Precision, earliest: date, latest: date, returned: str, words: str
) -> None:
    found = PartialDate.parse(text)
    assert found.precision == precision
    assert (found.earliest, found.latest) == (earliest, latest)
    assert found.as_return() == returned
    assert str(found) == words


@pytest.mark.parametrize(
    "text",
    [
        "31/02/2026",
        "03/zz/2026",  # a day with no month
        "zz/03/zzzz",  # a month with no year
        "00/01/2015",
        "01/13/2015",
        "2026-03-03",
        "yesterday",
        "01/01/0000",
        "<script>alert(1)</script>" * 100,
        "٠١/٠١/٢٠١٥",  # digits of another script
    ],
)
def test_what_is_no_date_is_refused_with_what_to_do(text: str) -> None:
    with pytest.raises(ValueError, match="Write it as DD/MM/YYYY") as refusal:
        PartialDate.parse(text)
    assert len(str(refusal.value)) < 250


def test_a_partial_date_of_a_day_is_that_day() -> None:
    assert PartialDate.of(date(2026, 3, 3)) == PartialDate(2026, 3, 3)
    assert PartialDate.of(None) == PartialDate()


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
