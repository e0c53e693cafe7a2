"""Dates of birth in the forms people type."""

from datetime import date

import pytest

from kith.record.people.dates_said import date_in

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    "text",
    ["3/2/2018", "03-02-2018", "03.02.18", "2018-02-03", "2018/2/3", "3 Feb 2018", "3rd of February 2018",
     "Feb 3, 2018", "03022018", "20180203", "born 3/2/18", "3 2 2018"],
)  # fmt: skip
def test_a_date_of_birth_is_read_in_many_forms(text):
    assert date_in(text, TODAY).first == date(2018, 2, 3)


def test_the_words_around_a_date_are_left_for_the_name():
    assert date_in("Amira Khan dob 3/2/2018", TODAY).rest == "Amira Khan"


def test_day_and_month_may_have_been_swapped():
    assert date_in("3/2/2018", TODAY).swapped == date(2018, 3, 2)
    assert date_in("3 Feb 2018", TODAY).swapped is None
    assert date_in("2/25/2018", TODAY).first == date(2018, 2, 25)  # can only be meant so


def test_a_month_alone_is_all_its_days():
    said = date_in("Feb 2020", TODAY)
    assert (said.first, said.last) == (date(2020, 2, 1), date(2020, 2, 29))


@pytest.mark.parametrize("text, born", [("1/1/26", date(2026, 1, 1)), ("1/1/27", date(1927, 1, 1))])
def test_a_two_figure_year_is_not_in_the_future(text, born):
    assert date_in(text, TODAY).first == born


@pytest.mark.parametrize(
    "text", ["Amira", "31/31/2018", "12345", "123456789", "99999999", "", "0/0/0000", "Feb 0000"]
)
def test_what_is_not_a_date_is_none(text):
    assert date_in(text, TODAY) is None
