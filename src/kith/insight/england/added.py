"""Keeps figures of later releases in a folder of the authority's own: one CSV file for each published id."""

import csv
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from kith.dataset.readers.files import CannotRead
from kith.dataset.writers.spreadsheet_cells import plain_cell
from kith.insight.england.explore_statistics import ReadFile, read_explore
from kith.insight.england.held import ADDED_COLUMNS, AddedRow, Cell, read_added
from kith.insight.england.places import Level
from kith.insight.england.published import Figure
from kith.insight.england.series import series
from kith.standards.years import year_label

_ORDER = {level: at for at, level in enumerate(Level)}


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a file: which files of the folder changed, and how many figures came and stayed.

    `replaced` says in words, for each figure and year, how many that were there now have another value.
    """

    read: ReadFile
    files: tuple[Path, ...]
    new: int
    unchanged: int
    replaced: tuple[str, ...]


def add_published(
    path: Path,
    folder: Path,
    mapping: Path | None = None,
    before_writing: Callable[[Added], object] | None = None,
) -> Added:
    """Read the DfE's file at `path` into `folder`, over what is there for the same figure, year and place.

    Adding a file a second time changes nothing. `before_writing` is given what will become of the file; what
    it raises leaves the folder unchanged. Raises CannotRead where the file gives no figure, where a
    file of the folder is damaged, and where the folder cannot be written to; the folder is then unchanged,
    but for files already written when it became full.
    """
    read = read_explore(path, mapping)
    if not read.figures:
        why = read.left_out[0].reason if read.left_out else "no row fits"
        raise CannotRead(f"No figure of {path.name} could be taken: {why}.")
    merged = [_merged(folder, one, list(figures)) for one, figures in _by_id(read.figures).items()]
    changed = [one for one in merged if one.has_changed]
    added = Added(
        read,
        tuple(one.file for one in changed),
        sum(one.new for one in merged),
        sum(one.unchanged for one in merged),
        tuple(words for one in merged for words in one.replaced),
    )
    if before_writing is not None:
        before_writing(added)
    for one in changed:
        one.write()
    return added


@dataclass(frozen=True, slots=True)
class _Merged:
    """A file of the folder as it will be."""

    file: Path
    rows: tuple[AddedRow, ...]
    new: int
    unchanged: int
    replaced: tuple[str, ...]

    @property
    def has_changed(self) -> bool:
        return bool(self.new or self.replaced)

    def write(self) -> None:
        """Write the file whole or not at all, whoever else may be writing it."""
        part = self.file.with_suffix(f".{uuid4().hex}.part")
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with part.open("w", encoding="utf-8", newline="") as stream:
                writer = csv.writer(stream, lineterminator="\n")
                writer.writerow(ADDED_COLUMNS)
                writer.writerows(_cells(row) for row in self.rows)
            part.replace(self.file)
        except OSError as fault:
            raise CannotRead(f"{self.file.name} could not be written ({fault.strerror}).") from fault
        finally:
            part.unlink(missing_ok=True)


def _by_id(figures: Iterable[Figure]) -> dict[str, list[Figure]]:
    found: dict[str, list[Figure]] = {}
    for one in figures:
        found.setdefault(one.published_id, []).append(one)
    return found


def _merged(folder: Path, published_id: str, figures: list[Figure]) -> _Merged:
    file = folder / f"{published_id}.csv"
    rows = {row.key: row for row in read_added(file)} if file.exists() else {}
    new = unchanged = 0
    changed: Counter[int] = Counter()
    for one in figures:
        row = _row(one)
        before = rows.get(row.key)
        if before is None:
            new += 1
        elif (before.cell.value, before.cell.marker) == (row.cell.value, row.cell.marker):
            unchanged += 1
            continue
        else:
            changed[one.year] += 1
        rows[row.key] = row
    ordered = sorted(rows.values(), key=lambda row: (row.key[1], _ORDER[row.place.level], row.key[2]))
    return _Merged(file, tuple(ordered), new, unchanged, tuple(_words(published_id, changed)))


def _words(published_id: str, changed: Counter[int]) -> Iterable[str]:
    for year, count in sorted(changed.items()):
        figures = "1 figure was" if count == 1 else f"{count} figures were"
        yield f"{series(published_id).words}, {year_label(year)}: {figures} replaced by another."


def _row(one: Figure) -> AddedRow:
    cell = Cell(one.value, one.marker, one.source)
    return AddedRow((one.published_id, one.year, one.place.key), cell, one.place)


def _cells(row: AddedRow) -> tuple[str, ...]:
    place, cell = row.place, row.cell
    value = "" if cell.value is None else repr(cell.value).removesuffix(".0")
    return (
        str(row.key[1]),
        place.level.value,
        place.code,
        place.dfe_code or "",
        plain_cell(place.name),
        place.region or "",
        value,
        cell.marker.value if cell.marker else "",
        cell.source,
    )
