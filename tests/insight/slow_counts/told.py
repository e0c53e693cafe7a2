"""The simple reading of a dataset that the slow counts take: a list of dictionaries for each table."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from kith.insight.facts import Facts

Row = dict[str, Any]
Made = TypeVar("Made")


@dataclass
class Told:
    """What a source tells: its rows by table, the last day it tells of, and since when it tells each table.

    `since` lacks a table whose start is not known; `returns` says that the facts came from yearly returns.
    """

    tables: dict[str, list[Row]]
    until: date
    since: dict[str, date] = field(default_factory=dict)
    authority: str | None = None
    _made: dict[Any, Any] = field(default_factory=dict)

    def rows(self, table: str) -> list[Row]:
        """The rows of a table; none where it is not there."""
        return self.tables.get(table, [])

    def once(self, make: Callable[["Told"], Made]) -> Made:
        """What `make` gives, made once."""
        if make not in self._made:
            self._made[make] = make(self)
        made: Made = self._made[make]
        return made

    def person(self, person: str) -> Row:
        """The row of a person; an empty one where nobody says who they are."""
        return self.once(_people).get(person, {})

    def born(self, person: str) -> date | None:
        """The date of birth, if it is told."""
        return self.person(person).get("pers_dob")


def _people(told: Told) -> dict[str, Row]:
    return {row["pers_person_id"]: row for row in told.rows("ssd_person")}


def read(facts: Facts) -> Told:
    """A simple reading of the facts."""
    tables = {name: facts[name].to_dicts() for name in facts.dataset}
    return Told(tables, facts.until, _since(facts), facts.authority)


def _since(facts: Facts) -> dict[str, date]:
    """The first day that each table is told of: as the source says, or 1 April of the first return's year."""
    if facts.sources.whole:
        return {table: day for table, day in facts.sources.whole.since.items() if day}
    firsts: dict[str, date] = {}
    for given in facts.sources.returns:
        day = date(given.year - 1, 4, 1)
        for table in facts.dataset:
            firsts[table] = min(firsts.get(table, day), day)
    return firsts


YES = {"Y", "y", "1", "T", "true", "Yes"}
NO = {"N", "n", "0", "F", "false", "No"}


def flag(value: Any) -> bool | None:
    """A yes or no in any spelling that an extract has; None where it is neither."""
    if isinstance(value, bool):
        return value
    text = "" if value is None else str(value)
    return True if text in YES else False if text in NO else None


def outcomes(text: str | None) -> set[str] | None:
    """The codes in an outcome: a list, an object of yes-flags, or bare text; None where it is not told."""
    if text is None or not text.strip():
        return None
    try:
        given = json.loads(text)
    except ValueError:
        given = text.strip()
        if given.startswith(("[", "{")):
            return None
    if isinstance(given, dict):
        codes = {code for code, value in given.items() if flag(value)}
    elif isinstance(given, list):
        codes = {str(code) for code in given if code is not None}
    else:
        codes = {str(given)} if given is not None else set()
    return codes or None
