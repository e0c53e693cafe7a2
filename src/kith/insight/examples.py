"""The examples beside each indicator: small tables, and the figure that they give. They are its tests and its
page.

    kith_periods_of_care
    kith_person_id | kith_period_id | kith_start_date | kith_end_date
    1              | a              | 2019-05-01      |
    2              | b              | 2018-05-01      | 2020-03-30

    answer 2019-20
    number   1
    children 1

A blank line parts tables; a blank cell is null; lists and flags are written as JSON. An answer names its
period, and below it what comes out: "number", "share", "median" or "mean"; "of" (out of how many); "children"
(who count in it); "in Foster care: 2" (how many are of that kind, or how many times as likely it is in that
group); "state not_held", and "why" the reason. What the answer leaves unsaid is not looked at. "12x w# |
WBRI" is twelve rows, of w1 to w12. A block "populations" or "areas" is a lookup. Settings may stand above:
"authority E06000001", and "until 2020-03-31", the last day that the tables tell of.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from kith.dataset.dataset import Dataset
from kith.dataset.schema import from_rows, schema_of
from kith.insight.facts import Facts
from kith.insight.lookups import AREAS, POPULATIONS, Lookups
from kith.insight.periods import Period, period_called
from kith.insight.sources import Whole
from kith.insight.sources.sources import Sources

_SETTINGS = ("authority", "until")
_LOOKUPS = {"populations": POPULATIONS, "areas": AREAS}
_REPEATED = re.compile(r"(\d+)x (.*)")


@dataclass(frozen=True)
class Expected:
    """What one answer has to be: `told` by the word before it, such as {"share": "50", "of": "2"}."""

    period: Period
    told: dict[str, str]


@dataclass(frozen=True)
class Example:
    """Tables of the dataset, the answers they give, the lookups beside them and the settings above them."""

    tables: dict[str, pl.DataFrame]
    answers: tuple[Expected, ...]
    settings: dict[str, str] = field(default_factory=dict)
    lookups: dict[str, pl.DataFrame] = field(default_factory=dict)

    def facts(self) -> Facts:
        """The tables as facts of a source that tells everything that they hold, whatever the day, or until
        the day that is set.
        """
        dataset = Dataset(self.tables)
        until = self.settings.get("until")
        day = date.fromisoformat(until) if until else date.max
        none = Lookups()
        lookups = Lookups(
            self.lookups.get("populations", none.populations), self.lookups.get("areas", none.areas)
        )
        return Facts(dataset, _everything(dataset, day), self.settings.get("authority"), lookups)


def parsed_example(text: str) -> Example:
    """An example as tables and answers. Raises ValueError, naming the line, for one that is not in the
    form.
    """
    tables: dict[str, pl.DataFrame] = {}
    answers: list[Expected] = []
    settings: dict[str, str] = {}
    lookups: dict[str, pl.DataFrame] = {}
    for block in _blocks(text):
        first, _, rest = block[0].partition(" ")
        if first == "answer":
            answers.append(Expected(period_called(rest), dict(_pair(line) for line in block[1:])))
        elif first in _SETTINGS:
            settings |= dict(_pair(line) for line in block)
        elif block[0] in _LOOKUPS:
            lookups[block[0]] = pl.DataFrame(
                _rows(block[1], block[2:], _LOOKUPS[block[0]]), _LOOKUPS[block[0]]
            )
        else:
            tables[block[0]] = from_rows(block[0], _rows(block[1], block[2:], schema_of(block[0])))
    return Example(tables, tuple(answers), settings, lookups)


def _blocks(text: str) -> list[list[str]]:
    blocks: list[list[str]] = [[]]
    for line in text.strip().splitlines():
        if line.strip():
            blocks[-1].append(line.strip())
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _pair(line: str) -> tuple[str, str]:
    if line.startswith("in "):
        kind, _, count = line.rpartition(":")
        return kind, count.strip()
    word, _, rest = line.partition(" ")
    return word, rest.strip()


def _rows(headings: str, lines: list[str], schema: Mapping[str, Any]) -> list[dict[str, Any]]:
    columns = _cells(headings)
    rows: list[dict[str, Any]] = []
    for line in (each for written in lines for each in _each(written)):
        cells = _cells(line)
        if len(cells) > len(columns):
            raise ValueError(f"“{line}” has more cells than there are headings ({headings}).")
        rows.append(
            {column: _value(cell, schema[column]) for column, cell in zip(columns, cells, strict=False)}
        )
    return rows


def _each(line: str) -> list[str]:
    """The line, or as many as it says that it is."""
    repeated = _REPEATED.fullmatch(line)
    if not repeated:
        return [line]
    return [repeated[2].replace("#", str(number)) for number in range(1, int(repeated[1]) + 1)]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def _value(cell: str, kind: pl.DataType) -> Any:
    if not cell:
        return None
    if kind == pl.Date:
        return date.fromisoformat(cell)
    return cell if kind == pl.String else json.loads(cell)


def _everything(dataset: Dataset, until: date) -> Sources:
    columns = {f"{table}.{name}" for table in dataset for name in dataset[table].columns}
    return Sources(whole=Whole("extract", until, dict.fromkeys(dataset, None), frozenset(columns)))
