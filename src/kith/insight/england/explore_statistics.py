"""Reads a CSV file that the DfE publishes on Explore Education Statistics, for years after those Kith holds.

Every row of the file is either in the frame or counted among what was left out, with the reason. A figure
for which the file gives two numbers is not taken at all.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from kith.dataset.readers.files import CannotRead
from kith.dataset.returns import LINE_COLUMN
from kith.dataset.writers.spreadsheet_cells import plain_cell
from kith.insight.england.explore_columns import Rule, as_compared, rules_for
from kith.insight.england.explore_file import LAYOUT, PLACE_COLUMNS, ExploreFile, open_explore
from kith.insight.england.explore_places import LeftOutRow, place_of, year_of
from kith.insight.england.markers import Marker, read_cell
from kith.insight.england.places import Place
from kith.insight.england.published import Figure, frame_of
from kith.insight.england.series import series
from kith.standards.verified import Verified

_LINES_SHOWN = 5
_COLUMNS_SHOWN = 12
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Cells or rows that were not taken, and why; `lines` are the first of them in the file."""

    reason: str
    count: int
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What a file gave: figures, what was left out, and the columns that nothing was taken from.

    `notes` are to be shown: how the file was decoded, and rules that were never checked against the file.
    """

    name: str
    figures: tuple[Figure, ...]
    left_out: tuple[LeftOut, ...]
    columns_left: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def frame(self) -> pl.DataFrame:
        """The figures, in the shape of `published.SHAPE`, by id, place and year."""
        return frame_of(self.figures)


@dataclass(frozen=True, slots=True)
class _Read:
    """One cell that a rule gives, with the line of the file."""

    published_id: str
    year: int
    place: Place
    value: float | None
    marker: Marker | None
    line: int


@dataclass(frozen=True, slots=True)
class _Fault:
    """One cell or row that is not taken."""

    reason: str
    line: int


def read_explore(path: Path, mapping: Path | None = None) -> ReadFile:
    """The figures of the file at `path`, by the rules that come with Kith and those of `mapping`.

    Raises CannotRead, in words, where the file is not one of Explore Education Statistics, is damaged past
    reading, or has no column that a rule is for.
    """
    file = open_explore(path)
    rules = rules_for(file.name, file.headings, mapping)
    if not rules:
        raise CannotRead(_no_rule(file))
    found: list[_Read] = []
    faults = [_Fault(reject.reason, reject.line or 0) for reject in file.rejects]
    placed = _placed(file, faults)
    for rule in rules:
        _take(rule, file, placed, found, faults)
    figures = tuple(_figures(_one_each(found, faults), file.name))
    used = frozenset().union(*(rule.columns for rule in rules))
    left = tuple(name for name in file.headings if name not in {*used, *LAYOUT, *PLACE_COLUMNS})
    return ReadFile(file.name, figures, tuple(_counted(faults)), left, (*file.notes, *_unchecked(rules)))


def _placed(file: ExploreFile, faults: list[_Fault]) -> dict[int, tuple[Place, int]]:
    """The place and year of each row, by its line; rows without one are faults."""
    columns = [*LAYOUT, *PLACE_COLUMNS]
    known: dict[tuple[str, ...], tuple[Place, int] | str] = {}
    placed = {}
    for *cells, line in file.rows.select(*columns, LINE_COLUMN).iter_rows():
        key = tuple(cells)
        if key not in known:
            known[key] = _place_and_year(dict(zip(columns, key, strict=True)))
        if isinstance(told := known[key], str):
            faults.append(_Fault(told, line))
        else:
            placed[line] = told
    return placed


def _place_and_year(row: dict[str, str]) -> tuple[Place, int] | str:
    try:
        return place_of(row), year_of(row["time_period"], row["time_identifier"])
    except LeftOutRow as fault:
        return str(fault)


def _take(
    rule: Rule,
    file: ExploreFile,
    placed: dict[int, tuple[Place, int]],
    found: list[_Read],
    faults: list[_Fault],
) -> None:
    """Add what the rule gives to `found`, and the cells that cannot be read to `faults`."""
    is_percentage = series(rule.published_id).unit == "%"
    for cell, line in _rows_of(rule, file.rows).iter_rows():
        if line not in placed:
            continue
        place, year = placed[line]
        try:
            value, marker = read_cell(cell)
        except ValueError as fault:
            faults.append(_Fault(f"in the column {rule.column}, {fault}", line))
            continue
        if is_percentage and value is not None and value > 100:
            faults.append(_Fault(f"in the column {rule.column}, a percentage is more than 100", line))
        else:
            found.append(_Read(rule.published_id, year + rule.years_later, place, value, marker, line))


def _rows_of(rule: Rule, rows: pl.DataFrame) -> pl.DataFrame:
    """The rule's column and the lines, of the rows where its conditions hold."""
    for condition in rule.conditions:
        texts = rows[condition.column].unique().to_list()
        wanted = [text for text in texts if as_compared(text) in condition.values]
        rows = rows.filter(rows[condition.column].is_in(wanted))
    return pl.DataFrame([rows[rule.column].alias("cell"), rows[LINE_COLUMN]])


def _one_each(found: Iterable[_Read], faults: list[_Fault]) -> Iterator[_Read]:
    """One cell for each figure, place and year. Where cells differ none is taken, and all are faults."""
    groups: dict[tuple[str, int, str], list[_Read]] = {}
    for one in found:
        groups.setdefault((one.published_id, one.year, one.place.key), []).append(one)
    for (published_id, year, _), same in sorted(groups.items(), key=lambda group: group[0]):
        if len({(one.value, one.marker) for one in same}) == 1:
            yield same[0]
            faults.extend(_Fault("the row gives the same figure a second time", one.line) for one in same[1:])
        else:
            reason = (
                f"there are {len(same)} figures of {published_id} for {same[0].place.name} in {year} that "
                "differ; another column parts them, or the file was put together from two"
            )
            faults.extend(_Fault(reason, one.line) for one in same)


def _figures(read: Iterable[_Read], name: str) -> Iterator[Figure]:
    source = plain_cell(f"DfE, Explore Education Statistics, {name[:_LONGEST_NAME]}")
    for one in read:
        known = series(one.published_id)
        yield Figure(
            one.published_id,
            one.year,
            one.place,
            one.value,
            known.unit,
            one.marker,
            False,
            known.definition_in(one.year),
            source,
            bool(known.breaks_between(None, one.year)),
        )


def _counted(faults: Sequence[_Fault]) -> Iterator[LeftOut]:
    lines: dict[str, list[int]] = {}
    for fault in faults:
        lines.setdefault(fault.reason, []).append(fault.line)
    for reason, at in lines.items():
        yield LeftOut(reason, len(at), tuple(sorted(at)[:_LINES_SHOWN]))


def _unchecked(rules: Sequence[Rule]) -> Iterator[str]:
    columns = dict.fromkeys(rule.column for rule in rules if rule.verified is Verified.KNOWLEDGE)
    if columns:
        yield (
            f"The meaning of {', '.join(columns)} was not checked in a file like this one. Compare a figure "
            "with the DfE's page before you use it."
        )


def _no_rule(file: ExploreFile) -> str:
    own = [name for name in file.headings if name not in {*LAYOUT, *PLACE_COLUMNS}]
    shown = ", ".join(name[:40] for name in own[:_COLUMNS_SHOWN]) or "none"
    return (
        f"None of the columns of {file.name[:_LONGEST_NAME]} is one that Kith knows (they are: {shown}). Say "
        "in a mapping file which column gives which figure."
    )
