"""Return years, and what the returns of each year held."""

from datetime import date
from itertools import product

import pytest

from kith.standards.codes import code_list, code_list_names
from kith.standards.years import (
    Known,
    NoSuchReturn,
    ReturnKind,
    codes_in,
    columns_in,
    replaced_codes,
    replacements,
    return_column,
    return_columns,
    return_year,
    tables_in,
    what_is_known,
    year_bounds,
    year_from,
    year_label,
    year_of_new_codes,
)

KINDS: tuple[ReturnKind, ...] = ("903", "cin")
YEARS = range(2018, 2028)


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2017, 4, 1), 2018),
        (date(2018, 3, 31), 2018),
        (date(2018, 4, 1), 2019),
        (date(2024, 2, 29), 2024),
    ],
)
def test_a_return_year_is_named_by_the_year_it_ends_in(day: date, year: int) -> None:
    assert return_year(day) == year
    first, last = year_bounds(year)
    assert first <= day <= last


@pytest.mark.parametrize(
    ("year", "label"), [(2018, "2017-18"), (2000, "1999-00"), (2010, "2009-10"), (2027, "2026-27")]
)
def test_a_year_is_written_as_people_write_it(year: int, label: str) -> None:
    assert year_label(year) == label
    assert year_from(label) == year


@pytest.mark.parametrize("text", ["2018", "2017-18", "2017/18", "2017-2018", " 2017 / 18 "])
def test_a_year_is_read_in_any_of_its_forms(text: str) -> None:
    assert year_from(text) == 2018


@pytest.mark.parametrize("text", ["", "18", "2017-19", "2017-17", "20178", "last year", "0000", "9999-00"])
def test_what_is_no_year_is_refused_with_what_to_do(text: str) -> None:
    with pytest.raises(ValueError, match="Write it as 2017-18"):
        year_from(text)


@pytest.mark.parametrize(
    ("kind", "year", "table", "is_there"),
    [
        ("903", 2018, "Episodes", True),
        ("903", 2023, "SWEpisodes", False),
        ("903", 2024, "SWEpisodes", True),
        ("903", 2026, "DoLo", False),
        ("903", 2027, "DoLo", True),
        ("cin", 2021, "CINplanDates", False),
        ("cin", 2022, "CINplanDates", True),
        ("cin", 2026, "PreProceedings", False),
        ("cin", 2027, "PreProceedings", True),
    ],
)
def test_a_table_is_in_the_returns_of_its_years(
    kind: ReturnKind, year: int, table: str, is_there: bool
) -> None:
    assert (table in tables_in(kind, year)) is is_there
    if not is_there:
        with pytest.raises(NoSuchReturn, match=year_label(year)):
            columns_in(kind, table, year)


def test_columns_are_in_the_returns_order() -> None:
    assert columns_in("903", "Header", 2018) == ("CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB")
    assert columns_in("903", "Missing", 2026) == ("CHILD", "DOB", "MISSING", "MIS_START", "MIS_END")


def test_sex_took_the_place_of_gender_in_the_census_of_2024_25() -> None:
    before, after = columns_in("cin", "Children", 2024), columns_in("cin", "Children", 2025)
    assert "GenderCurrent" in before and "Sex" not in before
    assert "Sex" in after and "GenderCurrent" not in after


def test_the_codes_of_sex_that_letters_took_the_place_of() -> None:
    assert replaced_codes("903", "Header", "SEX") == {"1": "M", "2": "F"}
    assert replaced_codes("cin", "Children", "GenderCurrent") == {"1": "M", "2": "F", "0": "U", "9": "U"}
    assert replaced_codes("903", "Episodes", "RNE") == {}


@pytest.mark.parametrize(
    ("year", "there", "gone"),
    [
        (2024, {"P2", "H5", "Z1"}, {"K3", "Z11"}),  # P2 ended on 27 October 2023, within the year
        (2025, {"H5", "K3", "Z1"}, {"P2", "Z11"}),
        (2026, {"K3", "Z11", "Z14"}, {"P2", "H5", "Z1"}),
    ],
)
def test_placement_types_come_and_go(year: int, there: set[str], gone: set[str]) -> None:
    codes = {code.code for code in codes_in("903", "Episodes", "PLACE", year)}
    assert there <= codes
    assert not gone & codes


def test_codes_are_those_of_the_return_that_asks() -> None:
    assert "N0" in {code.code for code in codes_in("cin", "CINdetails", "PrimaryNeedCode", 2024)}
    assert "N0" not in {code.code for code in codes_in("903", "Episodes", "CIN", 2024)}
    assert [code.code for code in codes_in("903", "Header", "SEX", 2024)] == ["1", "2"]
    assert [code.code for code in codes_in("903", "Header", "SEX", 2025)] == ["M", "F", "U"]
    assert codes_in("903", "Header", "UPN", 2024) == ()
    with pytest.raises(NoSuchReturn, match="no column GenderCurrent"):
        codes_in("cin", "Children", "GenderCurrent", 2025)


@pytest.mark.parametrize(("kind", "year"), list(product(KINDS, YEARS)))
def test_every_year_says_how_far_it_is_known(kind: ReturnKind, year: int) -> None:
    known = what_is_known(kind, year)
    assert known.status in Known and known.because
    for table in tables_in(kind, year):
        columns = columns_in(kind, table, year)
        assert len(columns) == len(set(columns))
        for column in columns:
            row = next(row for row in return_columns() if (row.table, row.column) == (table, column))
            assert not row.code_list or codes_in(row.kind, row.table, row.column, year)


def test_years_that_were_not_read_are_said_to_be_unknown() -> None:
    assert what_is_known("cin", 2019).status is Known.UNKNOWN
    assert what_is_known("903", 2019).status is Known.PARTLY
    assert what_is_known("903", 2025).status is Known.KNOWN
    assert what_is_known("903", 2040).status is Known.UNKNOWN


def test_every_row_has_a_source_and_every_code_list_is_there() -> None:
    assert all(row.source for row in return_columns())
    assert all(row.source for row in replacements())
    lists = {row.code_list for row in return_columns() if row.code_list}
    assert lists <= set(code_list_names())


def test_a_replacement_agrees_with_the_dates_in_the_code_list() -> None:
    lists = {(row.kind, row.table, row.column): row.code_list for row in return_columns()}
    for row in replacements():
        codes = code_list(lists[row.kind, row.table, row.column] or "")
        assert row.old in codes and row.new in codes
        if row.from_year:
            first, _ = year_bounds(row.from_year)
            assert codes.valid(row.new, first)
        else:
            assert row.status is Known.UNKNOWN


def test_a_column_is_found_by_its_name_and_an_unknown_one_says_so() -> None:
    assert return_column("903", "SWEpisodes", "SW_ID").first_year == 2024
    with pytest.raises(NoSuchReturn, match="column SW_ID in its table Header"):
        return_column("903", "Header", "SW_ID")


def test_the_year_in_which_the_codes_of_a_column_gave_way() -> None:
    assert year_of_new_codes("903", "Header", "SEX") == 2025
    assert year_of_new_codes("cin", "Children", "GenderCurrent") == 2025
    assert year_of_new_codes("903", "Header", "ETHNIC") is None  # nothing was replaced
