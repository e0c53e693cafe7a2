"""The layout of the returns stands beside what the standards know of their years, with no second copy."""

from datetime import date

import pytest

from kith.dataset.formats import tables_903, tables_cin
from kith.dataset.years import end_year, first_day, last_day, year_name
from kith.standards.years import ReturnKind, return_columns

LAYOUTS = {"903": tables_903, "cin": tables_cin}


@pytest.mark.parametrize("kind", ["903", "cin"])
def test_the_layout_has_every_column_the_returns_ever_asked_for(kind: ReturnKind) -> None:
    held = {(table.name, column.name) for table in LAYOUTS[kind]().values() for column in table.columns}
    asked = {(row.table, row.column) for row in return_columns() if row.kind == kind}
    numbered_on_reading = {
        (row.table, row.column) for row in return_columns() if "not in the file" in row.note
    } | {(table, "LAchildID") for table in tables_cin()}  # the child's number stands with the child
    assert held <= asked
    assert asked - held <= numbered_on_reading


def test_a_column_has_the_years_of_the_standards() -> None:
    social_worker = tables_903()["SWEpisodes"].column("SW_ID")
    assert (social_worker.first_year, social_worker.last_year) == (2024, None)
    sex, gender = (tables_cin()["Children"].column(name) for name in ("Sex", "GenderCurrent"))
    assert (sex.first_year, gender.last_year) == (2025, 2024)
    assert sex.codes == gender.codes == "sex"


def test_a_year_is_named_by_its_end() -> None:
    assert (first_day(2018), last_day(2018)) == (date(2017, 4, 1), date(2018, 3, 31))
    assert end_year(first_day(2018)) == end_year(last_day(2018)) == 2018
    assert year_name(2018) == "2017-18"
