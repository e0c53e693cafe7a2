"""The record as the dataset, and returns out of it: the mirror of the importer.

Only current facts are read, never source rows (D4). Everyone is in it, restricted people too, since the
law asks for every child; what a return does not need of them (names, addresses, relatives) is left out,
and `restricted_among` tells who they are, so that whoever takes the file away is told.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import polars as pl
from django.db.models import QuerySet
from django.utils import timezone

from kith.dataset.dataset import Dataset
from kith.dataset.facts import return_of
from kith.dataset.returns import Kind, Return
from kith.dataset.schema import columns_of, schema_of
from kith.record.access.queries import restrictions_in_force
from kith.record.audit.services import record
from kith.record.care.models import PeriodOfCare
from kith.record.extract.in_care import missing_from_care, with_visits_in_care
from kith.record.extract.mapping import FACTS, IDENTIFIERS, PERSON, TEXT_IN_JSON, FactTable
from kith.record.frontdoor.models import Referral
from kith.record.people.models import Identifier, Person, Team, User
from kith.record.people.permissions import check_can
from kith.standards.years import return_year

AT_A_TIME = 500
FACTORS = "ssd_assessment_factors"
NOT_OF_RESTRICTED = ("kith_names", "ssd_address", "kith_relationships")
NAMES = ("pers_forename", "pers_surname")
CHILD_ID = "pers_legacy_id"
KIND_WORDS = {kind: words for words, kind in IDENTIFIERS.items()}

Row = dict[str, Any]


@dataclass
class _People:
    """Who is who: merged people are spoken of as the one they were merged into."""

    kept: Mapping[int, int]
    restricted: frozenset[int] = frozenset()
    workers: Mapping[int, str] = field(default_factory=dict)
    teams: Mapping[int, str] = field(default_factory=dict)

    def root(self, person: int) -> int:
        return self.kept.get(person, person)


def extract(persons: Iterable[int] | None = None, *, authority: str | None = None) -> Dataset:
    """The record's current facts as a dataset, of these people or of everyone.

    `pers_person_id` is the record's own id as text, and `pers_legacy_id` the child's id at `authority`
    (at any authority when left out). Merged people come as one. Somebody with no current fact, such as
    one whose import was undone, is left out.
    """
    chosen = None if persons is None else _with_merged(persons)
    people = _People(_kept(), restricted_among(None), _workers(), _teams())
    rows: dict[str, list[Row]] = defaultdict(list)
    person_rows: dict[int, Row] = {}
    for table in FACTS:
        for stored in _stored(table, chosen, authority):
            if table.table == "ssd_person":
                _add_to_person(person_rows, table, stored, people)
            elif table.table not in NOT_OF_RESTRICTED or not _speaks_of_restricted(stored, people):
                rows[table.table].append(_as_dataset(table, stored, people))
    for table_rows in rows.values():
        for row in table_rows:
            person_rows.setdefault(row["_person"], _blank_person(row["_person"]))
    rows["ssd_person"] = [person_rows[person] for person in sorted(person_rows)]
    rows[FACTORS] = list(_factors(rows["ssd_cin_assessments"]))
    return with_visits_in_care(Dataset({table: _frame(table, held) for table, held in rows.items()}))


def export_return(
    kind: Kind, year: int, authority: str, *, by: User | None = None, reason: str = ""
) -> Return:
    """The return of `year` (END year), unfolded from the record's facts, with the authority's child ids.

    It holds the children that this authority knows by an id of its own. `by` is None for Kith's own
    command. Raises NotAllowed; writes who took it, and why, to the audit.
    """
    if by is not None:
        check_can("export_returns", by)
    persons = known_to(authority)
    about = {"kind": kind, "year": year, "authority": authority, "people": len(persons), "reason": reason}
    record("return_exported", by=by, about=about)
    return _return_of(kind, year, authority, persons)


def return_to_check(
    kind: Kind, year: int, authority: str, *, by: User, persons: Iterable[int] | None = None
) -> Return:
    """The return of `year` as `export_return` would make it, for the checks to run over; it goes nowhere.

    Of these people, or of everyone the authority knows (which is written to the audit). Raises NotAllowed
    where it is of everyone and `by` may not check returns.
    """
    if persons is None:
        check_can("check_returns", by)
        persons = known_to(authority)
        about = {"kind": kind, "year": year, "authority": authority, "people": len(persons)}
        record("return_checked", by=by, about=about)
    return _return_of(kind, year, authority, persons)


@dataclass(frozen=True)
class Held:
    """What a return would hold: rows by table, and how many of its children's records are restricted."""

    rows: Mapping[str, int]
    children: int
    restricted: int


def return_held(kind: Kind, year: int, authority: str, *, by: User) -> Held:
    """What `export_return` would give, in numbers only. Raises NotAllowed."""
    check_can("export_returns", by)
    persons = known_to(authority)
    made = _return_of(kind, year, authority, persons)
    table, column = ("Header", "CHILD") if kind == "903" else ("Children", "LAchildID")
    ids = set(made.tables[table][column]) if table in made.tables else set()
    restricted = _child_ids(restricted_among(persons), authority) & ids
    return Held({name: frame.height for name, frame in made.tables.items()}, len(ids), len(restricted))


def _return_of(kind: Kind, year: int, authority: str, persons: Iterable[int]) -> Return:
    held = missing_from_care(extract(persons, authority=authority))
    return return_of(by_child_id(held), kind, year, authority)


def known_to(authority: str) -> frozenset[int]:
    """The people whom this authority knows by an id of its own."""
    return frozenset(_child_id_facts(authority).values_list("person_id", flat=True))


def known_elsewhere_alone(authority: str) -> frozenset[int]:
    """The people whom other authorities know by an id and this one does not: of other returns."""
    ids = Identifier.current.filter(kind=Identifier.Kind.CHILD_ID)
    elsewhere = ids.exclude(authority__in=["", authority])
    return frozenset(elsewhere.values_list("person_id", flat=True)) - known_to(authority)


def _child_ids(persons: Iterable[int], authority: str) -> set[str]:
    return set(_child_id_facts(authority).filter(person_id__in=persons).values_list("value", flat=True))


def _child_id_facts(authority: str) -> "QuerySet[Identifier]":
    return Identifier.current.filter(kind=Identifier.Kind.CHILD_ID, authority=authority)


def years_held(kind: Kind) -> dict[int, int]:
    """Each return year (END year) that the record has facts for: how many children, the latest year first.

    A child counts in each year in which they were looked after (903), or a referral was open (CIN), up to
    the last year in which anything of the kind began or ended: after it the record was told nothing.
    """
    spans = {
        "903": PeriodOfCare.current.values_list("person_id", "started_on", "ended_on"),
        "cin": Referral.current.values_list("person_id", "received_on", "closed_on"),
    }[kind]
    years = [(person, return_year(start), return_year(end) if end else None) for person, start, end in spans]
    told = max((end or start for _, start, end in years), default=0)
    latest = min(told, return_year(timezone.localdate()))
    children: dict[int, set[int]] = defaultdict(set)
    for person, start, end in years:
        for year in range(start, min(end or latest, latest) + 1):
            children[year].add(person)
    return {year: len(children[year]) for year in sorted(children, reverse=True)}


def by_child_id(dataset: Dataset) -> Dataset:
    """The same dataset with each person named by their child id; those who have none are left out."""
    people = dataset["ssd_person"].filter(pl.col(CHILD_ID).is_not_null())
    ids = dict(zip(people[PERSON], people[CHILD_ID], strict=True))
    frames = {"ssd_person": people.with_columns(pl.col(PERSON).replace_strict(ids))}
    for table in {table.table: table for table in FACTS}.values():
        if table.table != "ssd_person":
            frames[table.table] = _renamed(dataset[table.table], [table.person, *table.others], ids)
    frames[FACTORS] = _renamed(dataset[FACTORS], ["kith_person_id"], ids)
    return Dataset(frames)


def _renamed(frame: pl.DataFrame, columns: list[str], ids: Mapping[str, str]) -> pl.DataFrame:
    mapped = frame.with_columns(
        pl.col(name).replace_strict(ids, default=None, return_dtype=pl.String) for name in columns
    )
    return mapped.filter(pl.col(columns[0]).is_not_null())


def restricted_among(persons: Iterable[int] | None) -> frozenset[int]:
    """Those of these people (of everyone: None) whose record is restricted or sealed now,
    on whichever of their merged records it was placed.
    """
    placed = restrictions_in_force().values_list("person_id", flat=True)
    found = frozenset(_with_merged(placed))
    return found if persons is None else found & frozenset(persons)


def _kept() -> dict[int, int]:
    """Merged person -> the one at the end of their merges."""
    into = dict(Person.objects.exclude(merged_into=None).values_list("pk", "merged_into_id"))
    kept = {}
    for person, target in into.items():
        while target in into:
            target = into[target]
        kept[person] = target
    return kept


def _with_merged(persons: Iterable[int]) -> list[int]:
    """These people and everyone who is the same person by a merge."""
    kept = _kept()
    roots = {kept.get(person, person) for person in persons}
    return sorted(roots | {merged for merged, root in kept.items() if root in roots})


def _workers() -> dict[int, str]:
    """User -> how a return names a worker: the registration number, or Kith's own number."""
    return {
        user: number or f"K{user}" for user, number in User.objects.values_list("pk", "registration_number")
    }


def _teams() -> dict[int, str]:
    """Team -> its id in a dataset: its name, which no other team has."""
    return dict(Team.objects.values_list("pk", "name"))


def _stored(table: FactTable, persons: list[int] | None, authority: str | None) -> Iterator[Row]:
    """Current versions as rows, oldest first; of child ids, those of `authority` where one is named."""
    facts = table.of(table.model.current.order_by("pk"))
    if authority is not None and table.only.get("kind") == Identifier.Kind.CHILD_ID:
        facts = facts.filter(authority=authority)
    facts = facts.values("thread", "person_id", *table.fields, *(link.ours for link in table.staff))
    if persons is None:
        yield from facts.iterator(chunk_size=5_000)
        return
    for start in range(0, len(persons), AT_A_TIME):
        yield from facts.filter(person_id__in=persons[start : start + AT_A_TIME])


def _blank_person(person: int) -> Row:
    return {"_person": person, PERSON: str(person)}


def _add_to_person(found: dict[int, Row], table: FactTable, stored: Row, people: _People) -> None:
    """Put what one fact tells into the person's row: what the kept record says comes first."""
    root = people.root(stored["person_id"])
    row = found.setdefault(root, _blank_person(root))
    for column, name in table.columns.items():
        if column in NAMES and root in people.restricted:
            continue
        value = _value(table, column, name, stored[name])
        if value is not None and (row.get(column) is None or stored["person_id"] == root):
            row[column] = value


def _speaks_of_restricted(stored: Row, people: _People) -> bool:
    spoken_of = {stored["person_id"], stored.get("other_id")}
    return bool(people.restricted & (spoken_of | {people.root(person) for person in spoken_of if person}))


def _as_dataset(table: FactTable, stored: Row, people: _People) -> Row:
    root = people.root(stored["person_id"])
    row: Row = {"_person": root, table.person: str(root), **table.constant}
    if table.id:
        row[table.id] = str(stored["thread"])
    for column, name in table.columns.items():
        row[column] = _value(table, column, name, stored[name])
    for column, name in table.others.items():
        row[column] = str(people.root(stored[name]))
    for link in table.links:
        row[link.column] = None if stored[link.field] is None else str(stored[link.field])
    for staff in table.staff:
        if not stored[staff.field]:  # no source told: somebody here wrote it
            ids = people.teams if staff.is_team else people.workers
            row[staff.column] = ids.get(stored[staff.ours])
    return row


def _value(table: FactTable, column: str, name: str, value: Any) -> Any:
    """A field's value as the dataset has it: blank is null, a flag in a text column Y or N."""
    if value == "" or value == []:
        return None
    if column in TEXT_IN_JSON and value is not None:
        within = TEXT_IN_JSON[column]
        return json.dumps({within: value} if within else [value])
    if isinstance(value, list):
        return json.dumps(value)
    if column == "link_identifier_type":
        return KIND_WORDS.get(value, value)
    if isinstance(value, bool) and _kinds(table.table)[column] == "text":
        return "Y" if value else "N"
    return value


@cache
def _kinds(table: str) -> Mapping[str, str]:
    return {column.name: column.kind for column in columns_of(table)}


def _factors(assessments: list[Row]) -> Iterator[Row]:
    for row in assessments:
        factors = row.pop("cinf_assessment_factors_json")
        if factors is not None:
            yield {
                "cinf_table_id": row["cina_assessment_id"],
                "cinf_assessment_id": row["cina_assessment_id"],
                "cinf_assessment_factors_json": factors,
                "kith_person_id": row["cina_person_id"],
            }


def _frame(table: str, rows: list[Row]) -> pl.DataFrame:
    return pl.DataFrame(
        [
            pl.Series(name, [row.get(name) for row in rows], dtype=kind)
            for name, kind in schema_of(table).items()
        ]
    )
