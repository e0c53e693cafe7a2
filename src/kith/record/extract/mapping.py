"""Which column of the dataset is which field of the record: two tables, read both ways.

The importer reads them from left to right, the extract from right to left, so that they cannot disagree.
`data/facts.csv` holds one kind of fact a row, `data/columns.csv` one column of it; the README beside them
says what their headings mean.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from kith.record.facts import Fact
from kith.standards.tables import rows

PERSON = "pers_person_id"
SOURCES = "kith_source_rows"
IDENTIFIERS: Mapping[str, str] = {  # code list `linked_identifier_type` -> Identifier.Kind
    "Former Unique Pupil Number": "former_upn",
    "Home Office Registration": "home_office",
}
# Columns of JSON that are plain text here, with the name the text goes by inside ("": a list of one).
TEXT_IN_JSON: Mapping[str, str] = {
    "addr_address_json": "lines",
    "cont_contact_outcome_json": "",
    "s47e_s47_outcome_json": "",
}

_DATA = Path(__file__).parent / "data"
_A_PERSON = "a person"
_STAFF = ("a worker", "a team")
_APART: Mapping[str, Mapping[str, Any]] = {
    "worker_spell": {"worker_id": None, "team_id__isnull": False}  # a team with nobody named is no spell
}


@dataclass(frozen=True)
class Link:
    """A column that names another fact by its id there, and by its thread here."""

    column: str
    field: str
    table: str


@dataclass(frozen=True)
class StaffLink:
    """A column that names a worker or a team of ours: `field` holds the id that a source gave, and `ours`
    (a column of the database) the user or team that somebody here wrote, or that the id is known to be."""

    column: str
    field: str
    ours: str
    is_team: bool


@dataclass(frozen=True, eq=False)
class FactTable:
    """One kind of fact: a dataset table's columns and a model's fields.

    `key`: fields that make two versions the same fact (none: a person has one). `ends`: fields that are
    filled when what was open ends. `needs`: fields without which there is no fact. `only`: fixed values
    of fields, written and looked for. `constant`: fixed values of columns. `among`: values of a field
    that belong here, where the model's other rows do not. `others`: columns that name another person.
    `staff`: columns, of those in `columns`, that name a worker or a team.
    `apart`: how to tell rows of the model that are no such fact.
    """

    table: str
    model: type[Fact]
    person: str
    columns: Mapping[str, str]
    key: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    id: str | None = None
    links: tuple[Link, ...] = ()
    staff: tuple[StaffLink, ...] = ()
    only: Mapping[str, str] = field(default_factory=dict)
    constant: Mapping[str, str] = field(default_factory=dict)
    among: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)
    apart: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What the record calls it, such as `care.placement`."""
        return self.model._meta.label_lower

    @property
    def where(self) -> dict[str, Any]:
        """What to look for in the model to find facts of this kind."""
        return {**self.only, **{f"{name}__in": values for name, values in self.among.items()}}

    def of(self, facts: "QuerySet[Any]") -> "QuerySet[Any]":
        """Those of the model's rows that are facts of this kind."""
        found = facts.filter(**self.where)
        return found.exclude(**self.apart) if self.apart else found

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The model's fields that carry the fact, links last; as columns of the database name them."""
        return (*self.columns.values(), *self.others.values(), *(link.field for link in self.links))


@cache
def not_held() -> Mapping[tuple[str, str], str]:
    """Columns of mapped tables that are no field of the record, with why (data/not_held.csv)."""
    return {(row["table"], row["column"]): row["why"] for row in rows(_DATA / "not_held.csv")}


@cache
def not_in_dataset() -> Mapping[tuple[str, str], str]:
    """Models (with no field) and fields of mapped ones that are in no table, with why."""
    return {(row["model"], row["field"]): row["why"] for row in rows(_DATA / "not_in_dataset.csv")}


def _fact_tables() -> tuple[FactTable, ...]:
    columns: dict[str, list[dict[str, str]]] = {}
    for row in rows(_DATA / "columns.csv"):
        columns.setdefault(row["fact"], []).append(row)
    return tuple(_fact_table(row, columns[row["fact"]]) for row in rows(_DATA / "facts.csv"))


def _fact_table(fact: Mapping[str, str], columns: list[dict[str, str]]) -> FactTable:
    fields = [row for row in columns if row["field"]]
    return FactTable(
        table=fact["table"],
        model=apps.get_model(fact["model"]),
        person=fact["person"],
        id=fact["id"] or None,
        columns=_fields(fields, lambda names: not names or names in _STAFF),
        others=_fields(fields, lambda names: names == _A_PERSON),
        links=tuple(
            Link(row["column"], row["field"], row["names"])
            for row in fields
            if row["names"] not in ("", _A_PERSON, *_STAFF)
        ),
        staff=tuple(_staff_link(row) for row in fields if row["names"] in _STAFF),
        key=_marked(fields, "key"),
        ends=_marked(fields, "ends"),
        needs=_marked(fields, "needs"),
        only={name: values[0] for name, values in _pairs(fact["only"]).items()},
        among=_pairs(fact["among"]),
        constant={row["column"]: row["constant"] for row in columns if row["constant"]},
        apart=_APART.get(fact["fact"], {}),
    )


def _staff_link(row: Mapping[str, str]) -> StaffLink:
    ours = f"{row['field'].removesuffix('_reference')}_id"
    return StaffLink(row["column"], row["field"], ours, is_team=row["names"] == "a team")


def _fields(columns: list[dict[str, str]], of: Callable[[str], bool]) -> dict[str, str]:
    return {row["column"]: row["field"] for row in columns if of(row["names"])}


def _marked(columns: list[dict[str, str]], mark: str) -> tuple[str, ...]:
    return tuple(row["field"] for row in columns if mark in row["marks"].split())


def _pairs(cell: str) -> dict[str, tuple[str, ...]]:
    """ "kind=known_as|previous" as the field and its values."""
    parted = (part.partition("=") for part in cell.split())
    return {name: tuple(values.split("|")) for name, _, values in parted}


FACTS: tuple[FactTable, ...] = _fact_tables()
