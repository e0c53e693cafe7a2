"""D12: the invented diary, folded into tables and played through the services, tells the same.

Every fact table that both hold is compared row by row and column by column, and every return of every
year. What cannot stand side by side as it is:

row ids                       each holder has its own; a link is compared by what the fact it names tells
person ids                    compared by the diary's keys
ids of workers                Kith's own number for a worker with no registration; by the diary's key
cinf_assessment_factors_json  a set: the order of the factors says nothing
adopted children              the record seals their files: no name, address or relative of theirs is in
                              an extract (decision 0017), so that none of these is compared

Columns that the record has no field for are listed with why in extract/data/not_held.csv.
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from kith.checks import check
from kith.checks.door.reading import read_given
from kith.dataset.dataset import Dataset
from kith.dataset.returns import Return
from kith.dataset.writers.cin_xml import write_cin_xml
from kith.invented.acts import ACTS
from kith.invented.authority import invent
from kith.invented.frames import dataset_of, returns_of
from kith.invented.intended import IntendedQuery, intended_queries
from kith.invented.tests.made import MadePostcodes
from kith.record.extract.mapping import FACTS, SOURCES, FactTable, not_held
from kith.record.extract.queries import NAMES, NOT_OF_RESTRICTED, export_return, extract
from kith.record.pathway.play import play

pytestmark = pytest.mark.django_db  # so that the database is there for the one play

CHILDREN, YEARS, UNTIL = 14, 2, date(2026, 6, 30)
SEEDS = (19, 21)  # between them nearly every act of the diary
NOT_IN_THEM = {"record_death", "record_liberty_order", "end_liberty_order"}
FACTORS = "ssd_assessment_factors"
FACTORS_COLUMN = "cinf_assessment_factors_json"

LEFT_OUT_TABLES = {
    "ssd_professionals": "staff are no facts about a child: the record holds them as users",
    "ssd_department": "teams are no facts about a child",
}
Row = dict[str, Any]


@dataclass(frozen=True)
class TwoWays:
    """The same diary as folded and as played; `names` are the record's ids by the diary's keys."""

    folded: Dataset
    played: Dataset
    names: Mapping[str, str]
    meant: list[IntendedQuery]
    folded_returns: Mapping[tuple[str, int], Return]
    played_returns: Mapping[tuple[str, int], Return]
    refused: list[str]


@pytest.fixture(scope="module", params=[SEEDS[0], pytest.param(SEEDS[1], marks=pytest.mark.slow)])
def two_ways(request, django_db_setup, django_db_blocker) -> TwoWays:
    """Played once for all tests here; nothing of it stays in the database."""
    authority = invent(CHILDREN, YEARS, request.param, UNTIL, MadePostcodes())
    folded = dataset_of(authority)
    returns = {(each.kind, each.year): each for each in returns_of(authority, folded)}
    with django_db_blocker.unblock(), transaction.atomic():
        done = play(authority)
        played = extract()
        exported = {key: export_return(*key, authority.code) for key in returns}
        transaction.set_rollback(True)
    names = {str(person.pk): key for key, person in done.persons.items()}
    names |= {f"K{user.pk}": key for key, user in done.users.items()}
    refused = [f"{act.act} on {act.on}: {why}" for act, why in done.refused]
    return TwoWays(folded, played, names, intended_queries(authority), returns, exported, refused)


def test_the_record_refuses_no_act_of_the_diary(two_ways):
    assert two_ways.refused == []


@pytest.mark.parametrize(
    "table", FACTS, ids=lambda table: f"{table.table}-{'-'.join(table.columns.values())}"
)
def test_a_fact_table_is_the_same_both_ways(two_ways, table):
    folded = as_sealed(rows_of(two_ways.folded, table, {}), table, adopted(two_ways.folded))
    played = rows_of(two_ways.played, table, two_ways.names)
    assert played == folded


def test_some_children_are_adopted_and_their_names_are_in_no_extract(two_ways):
    hidden = adopted(two_ways.folded)
    people = two_ways.played["ssd_person"].to_dicts()
    nameless = {two_ways.names[row["pers_person_id"]] for row in people if row["pers_surname"] is None}
    assert hidden and hidden <= nameless


def test_the_factors_of_assessments_are_the_same_both_ways(two_ways):
    assert factors(two_ways.played, two_ways.names) == factors(two_ways.folded, {})


def test_the_diaries_hold_the_acts_that_there_are():
    diaries = [invent(CHILDREN, YEARS, seed, UNTIL, MadePostcodes()).diary for seed in SEEDS]
    assert {act.act for diary in diaries for act in diary} == set(ACTS) - NOT_IN_THEM


def test_nothing_else_is_filled_on_either_side(two_ways):
    compared = {(table.table, column) for table in FACTS for column in _columns(table)}
    compared |= {(FACTORS, name) for name in two_ways.folded[FACTORS].columns}
    for dataset in (two_ways.folded, two_ways.played):
        for table in dataset.filled():
            filled = {
                name
                for name in dataset[table].columns
                if dataset[table][name].null_count() < dataset[table].height
            }
            left = {(table, name) for name in filled - {SOURCES}} - compared - set(not_held())
            assert table in LEFT_OUT_TABLES or not left


@pytest.mark.parametrize("kind", ["903", "cin"])
@pytest.mark.parametrize("year", range(UNTIL.year - YEARS + 1, UNTIL.year + 1))
def test_a_return_is_the_same_row_for_row(two_ways, kind, year):
    folded, played = two_ways.folded_returns[kind, year], two_ways.played_returns[kind, year]
    assert set(played.tables) == set(folded.tables)
    assert any(frame.height for frame in folded.tables.values())
    for table, frame in folded.tables.items():
        told = [name for name in frame.columns if not name.startswith("_")]
        assert sorted(played.tables[table].select(told).rows(), key=str) == sorted(
            frame.select(told).rows(), key=str
        )


@pytest.mark.parametrize("year", range(UNTIL.year - YEARS + 1, UNTIL.year + 1))
def test_the_census_of_what_was_played_is_clean_but_for_what_its_history_means(two_ways, year, tmp_path):
    """As an authority would send it: the census that the services' record exports, read back and checked.

    Rules about the whole return ask for shares and counts, which say nothing of a handful of children.
    """
    path = write_cin_xml(two_ways.played_returns["cin", year], tmp_path / f"cin_{year}.xml")
    [given] = read_given(path, year=year)
    report = check(given, return_="cin", year=year)
    found = Counter(
        IntendedQuery("cin", year, finding.rule.code, finding.child or "")
        for finding in report.findings()
        if not finding.rule.is_of_the_whole_return
    )
    meant = Counter(one for one in two_ways.meant if (one.kind, one.year) == ("cin", year))
    assert sorted((found - meant).elements()) == []
    assert sorted((meant - found).elements()) == []
    assert report.with_status("crashed") == ()


def adopted(dataset: Dataset) -> set[str]:
    """The children whose care an adoption order ended, by the diary's keys."""
    periods = dataset["kith_periods_of_care"].to_dicts()
    return {row["kith_person_id"] for row in periods if row["kith_end_reason"] in ("E11", "E12")}


def as_sealed(rows: list[Row], table: FactTable, hidden: set[str]) -> list[Row]:
    """The rows as an extract may hold them when these people's files are sealed."""
    if table.table in NOT_OF_RESTRICTED:
        rows = [row for row in rows if not hidden & {row[name] for name in (table.person, *table.others)}]
    nameless = [
        row | dict.fromkeys(set(NAMES) & set(row)) if row[table.person] in hidden else row for row in rows
    ]
    return sorted(nameless, key=str)


def rows_of(dataset: Dataset, table: FactTable, names: Mapping[str, str]) -> list[Row]:
    """Rows of one kind of fact in a fixed order, people by the diary's keys, links by what they name."""
    linked = {link.column: told_by_id(dataset, link.table, names) for link in table.links}
    rows = []
    for row in dataset[table.table].to_dicts():
        told = {name: row[name] for name in table.columns if name != FACTORS_COLUMN}
        told |= {name: names.get(row[name], row[name]) for name in (table.person, *table.others)}
        told |= {name: by_id.get(row[name]) for name, by_id in linked.items()}
        told |= {link.column: names.get(row[link.column], row[link.column]) for link in table.staff}
        rows.append(told)
    return sorted(rows, key=str)


def told_by_id(dataset: Dataset, name: str, names: Mapping[str, str]) -> dict[str, str]:
    """What each fact of a table tells, by its id there."""
    table = next(table for table in FACTS if table.table == name)
    assert table.id is not None
    return {
        row[table.id]: str(
            (names.get(row[table.person], row[table.person]), *(row[column] for column in table.columns))
        )
        for row in dataset[name].to_dicts()
    }


def factors(dataset: Dataset, names: Mapping[str, str]) -> list[tuple[str, ...]]:
    began = {
        row["cina_assessment_id"]: row["cina_assessment_start_date"]
        for row in dataset["ssd_cin_assessments"].to_dicts()
    }
    return sorted(
        (
            names.get(row["kith_person_id"], row["kith_person_id"]),
            str(began[row["cinf_assessment_id"]]),
            *sorted(json.loads(row[FACTORS_COLUMN])),
        )
        for row in dataset[FACTORS].to_dicts()
    )


def _columns(table: FactTable) -> set[str]:
    links = {link.column for link in table.links}
    return {*table.columns, *table.others, *table.constant, *links, table.person, table.id or ""}
