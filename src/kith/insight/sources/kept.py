"""What a folder's tables came from, written beside them as `sources.json` and read again."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal

import polars as pl

from kith.dataset.dataset import Dataset
from kith.insight.sources.needs import all_words
from kith.insight.sources.sources import GivenReturn, Sources, whole_source

FILE = "sources.json"


def write_sources(sources: Sources, folder: Path) -> None:
    """Write beside a dataset's tables what they came from, as `sources.json`."""
    told: dict[str, Any] = {
        "returns": [
            {"kind": one.kind, "year": one.year, "tables": sorted(one.tables)} for one in sources.returns
        ]
    }
    if sources.whole:
        since = {table: day.isoformat() if day else None for table, day in sources.whole.since.items()}
        told["whole"] = {"kind": sources.whole.kind, "until": sources.whole.until.isoformat(), "since": since}
    (folder / FILE).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def read_sources(dataset: Dataset, folders: Sequence[Path]) -> Sources:
    """What the tables in these folders came from, as `write_sources` wrote it.

    Without its file a folder is taken for an extract, told until the last day that any of its dates names.
    """
    returns: list[GivenReturn] = []
    whole: Sources | None = None
    for folder in folders:
        told = _read(folder / FILE)
        returns += [
            GivenReturn(one["kind"], one["year"], frozenset(one["tables"])) for one in told["returns"]
        ]
        if "whole" in told:
            whole = _whole(dataset, **told["whole"])
    return Sources(tuple(returns), whole.whole if whole else None)


def _whole(
    dataset: Dataset,
    kind: Literal["extract", "record"],
    until: str | None = None,
    since: Mapping[str, str | None] | None = None,
) -> Sources:
    day = date.fromisoformat(until) if until else _last_day_named(dataset)
    known = {table: date.fromisoformat(first) if first else None for table, first in (since or {}).items()}
    return whole_source(dataset, kind, day, known)


def _read(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {"returns": [], "whole": {"kind": "extract"}}
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return told


def _last_day_named(dataset: Dataset) -> date:
    """The last day, of those no later than today, that a table's own date names."""
    today = date.today()
    days: list[date] = []
    for table, words in all_words().items():
        if words.dated and dataset[table].schema[words.dated] == pl.Date:
            days += dataset[table][words.dated].drop_nulls().to_list()
    return max((day for day in days if day <= today), default=date.min)
