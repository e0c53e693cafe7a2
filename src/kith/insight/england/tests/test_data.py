"""The tables are what was gathered: no figure changed, none lost, and each says where it is from."""

import csv
import importlib.util
from itertools import pairwise
from pathlib import Path

import pytest

from kith.insight.england.held import held
from kith.insight.england.markers import Marker, read_cell
from kith.insight.england.places import known_places, regions
from kith.insight.england.series import DATA, every_series, sources
from kith.standards import tables
from kith.standards.places import district_spans

_SPEC = importlib.util.spec_from_file_location(
    "reference", Path(__file__).resolve().parents[5] / "tests" / "reference.py"
)
_REFERENCE = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_REFERENCE)
NATIONAL = _REFERENCE.REFERENCE / "national"

gathered = pytest.mark.skipif(not NATIONAL.is_dir(), reason=f"no gathered figures at {NATIONAL.name}")
NOT_FIGURES = {"la_code_3digit", "la_code_ons", "la_name", "region_name", "source"}
YEARS = range(2010, 2021)


def of(name: str) -> list[dict[str, str]]:
    return tables.rows(DATA / name)


def rows_gathered(name: str) -> list[dict[str, str]]:
    with (NATIONAL / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@gathered
def test_england_is_as_it_was_gathered() -> None:
    told = [
        (row["indicator_id"], int(row["year"]), float(row["value"]), row["unit"], row["definition"])
        for row in rows_gathered("england_series.csv")
    ]
    ours = [
        (
            one := row["published_id"],
            year := int(row["year"]),
            float(row["value"]),
            every_series()[one].unit,
            every_series()[one].definition_in(year),
        )
        for row in of("england.csv")
    ]
    assert ours == told
    from_whom = [
        row["source"].replace("the founder's news", "a news") for row in rows_gathered("england_series.csv")
    ]
    assert [sources()[row["source_id"]] for row in of("england.csv")] == from_whom


@gathered
def test_the_authorities_are_as_they_were_gathered() -> None:
    told = rows_gathered("la_2020.csv")
    columns = {row["column"]: row for row in of("authority_columns.csv")}
    assert columns.keys() == told[0].keys() - NOT_FIGURES
    cells = held().cells
    for row in told:
        place = known_places().find(row["la_code_3digit"])
        assert (place.code, place.name, place.region) == (
            row["la_code_ons"],
            row["la_name"],
            row["region_name"],
        )
        for name, column in columns.items():
            cell = cells[column["published_id"], 2020, place.key]
            assert (cell.value, cell.marker) == read_cell(row[name]), (place.name, name)
    pieces = [row["source"] for row in of("sources.csv") if row["id"].startswith("la_2020")]
    assert "; ".join(pieces[:-1]) == told[0]["source"]
    assert told[0]["source"].endswith(pieces[-1])


def test_what_is_hidden_is_kept_apart_from_what_is_missing() -> None:
    markers = [row["marker"] for row in of("authorities_2020.csv") if row["marker"]]
    assert markers.count(Marker.SUPPRESSED) == 1
    assert set(markers) == {Marker.SUPPRESSED, Marker.NOT_AVAILABLE}
    assert all(bool(row["value"]) != bool(row["marker"]) for row in of("authorities_2020.csv"))


def test_each_figure_has_its_words_unit_definition_and_source() -> None:
    known = set(every_series())
    for name in (
        "england.csv",
        "authority_columns.csv",
        "definitions.csv",
        "breaks.csv",
        "explore_columns.csv",
    ):
        assert {row["published_id"] for row in of(name)} <= known, name
    assert {row["published_id"] for row in of("definitions.csv")} == known
    assert all(one.words and one.unit for one in every_series().values())
    named = [
        row["source_id"]
        for name in ("england.csv", "authority_columns.csv", "authorities.csv")
        for row in of(name)
    ]
    assert set(named) <= sources().keys()
    assert len(set(sources())) == len(of("sources.csv"))


def test_no_two_definitions_of_a_figure_hold_in_the_same_year() -> None:
    for one in every_series().values():
        spans = [(known.from_year, known.to_year) for known in one.definitions]
        assert all(first <= last for first, last in spans)
        assert all(before[1] < after[0] for before, after in pairwise(spans)), one.published_id


def test_the_words_of_two_figures_are_never_the_same() -> None:
    words = [one.words for one in every_series().values()]
    assert len(set(words)) == len(words)


def test_a_break_lies_within_the_years_of_its_figure_and_says_why() -> None:
    for one in every_series().values():
        for found in one.breaks:
            assert found.year in held().years_of(one.published_id)
            assert found.words.endswith(".")
    assert len(of("breaks.csv")) == sum(len(one.breaks) for one in every_series().values())


def test_what_was_not_read_in_a_source_is_marked_so() -> None:
    marks = {row["published_id"]: row["verified"] for row in of("breaks.csv")}
    assert marks["missing_children"] == "knowledge"  # only the incidents are told of as badly recorded
    assert marks["missing_incidents"] == "data_seen"


def test_the_authorities_have_the_codes_of_the_table_of_districts() -> None:
    spans = {(span.authority.code, span.authority.dfe_code) for span in district_spans()}
    ours = {(row["code"], row["dfe_code"]) for row in of("authorities.csv")}
    assert ours <= spans
    assert {row["region"] for row in of("authorities.csv")} <= {region.name for region in regions()}


def test_years_are_those_of_the_reviews_decade() -> None:
    assert {int(row["year"]) for row in of("england.csv")} == set(YEARS)
