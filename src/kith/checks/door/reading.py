"""Reads returns for checking: every cell as it was typed, whatever is in it, for the rules to speak of.

The dataset's readers leave out a row whose date cannot be read; here it is kept, for a rule finds it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from kith.checks.door import parquet
from kith.checks.door.cin import texts_of_cin
from kith.checks.door.csv import split_csv
from kith.checks.door.typing import Untyped, all_made_ready
from kith.dataset.formats import tables_903, tables_cin
from kith.dataset.readers.cin_xml import HEADER
from kith.dataset.readers.files import CannotRead, Given, Limits, given_files
from kith.dataset.readers.recognition import Found, recognised, year_in
from kith.dataset.readers.ssda903_xml import rows_of_903_xml
from kith.dataset.readers.xml_flat import read_elements
from kith.dataset.returns import FILE_COLUMN, Kind, Reject
from kith.dataset.years import infer_year, year_name
from kith.standards.years import CALLED

Tables = dict[str, pl.DataFrame]


@dataclass(frozen=True)
class GivenReturn:
    """One return as it was given: its tables ready for the rules, and the rows that could not be split.

    `year` is the END year, and `because` how it was told. `group` is where in what was given it lies.
    """

    return_: Kind
    year: int
    because: str
    authority: str | None
    tables: Mapping[str, pl.DataFrame]
    files: tuple[str, ...]
    rejects: tuple[Reject, ...]
    group: str = ""

    def rows(self) -> int:
        """How many rows its tables hold."""
        return sum(frame.height for frame in self.tables.values())


@dataclass
class _Gathered:
    kind: Kind
    group: str
    tables: list[Untyped] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)


def read_given(
    path: Path | str, *, year: int | None = None, limits: Limits | None = None
) -> list[GivenReturn]:
    """Every return at `path` (a folder, a zip, a file), by kind and year, from CSV, XML and Parquet.

    Parquet tables, a file a table and named for it, are one return where they lie in one folder. `year` is
    the END year where the only return there should not be dated by its files. A file that cannot be read,
    or whose year nothing tells, is a reject of the first return. Raises CannotRead where no return could be
    read, with the reason of each file.
    """
    place = Path(path)
    gathered: dict[tuple[Kind, str], _Gathered] = {}
    refused: list[Reject] = []
    for given in given_files(place, limits or Limits()):
        try:
            _read(given, place.is_file(), gathered)
        except CannotRead as fault:
            refused.append(Reject(given.name, None, None, str(fault)))
    return _dated(list(gathered.values()), refused, year, place)


def _read(given: Given, is_alone: bool, gathered: dict[tuple[Kind, str], _Gathered]) -> None:
    if given.suffix == parquet.SUFFIX:
        if not parquet.is_of_the_dataset(given):
            of, tables = parquet.read_parquet(given)
            _gather(given, of.kind, of.group, tables, [], gathered)
        return
    found = recognised(given, is_alone)
    if not found.ignored:
        _read_text(given, found, gathered)


def _read_text(given: Given, found: Found, gathered: dict[tuple[Kind, str], _Gathered]) -> None:
    if found.problem or found.kind is None:
        raise CannotRead(found.problem or "The file was not recognised.")
    if found.form == "csv":
        split = split_csv(given.name, given.read())
        one = {split.table: split.rows}
        _gather(given, found.kind, found.group, one, split.rejects, gathered, is_tidy=split.is_tidy)
        return
    if found.kind == "903":
        tables, rejects = _read_903_xml(given)
    else:
        tables, rejects = _read_cin(given)
    _gather(given, found.kind, found.group, tables, rejects, gathered)


def _gather(
    given: Given,
    kind: Kind,
    group: str,
    tables: Tables,
    rejects: list[Reject],
    gathered: dict[tuple[Kind, str], _Gathered],
    *,
    is_tidy: bool = False,
) -> None:
    into = gathered.setdefault((kind, group), _Gathered(kind, group))
    for name, frame in tables.items():
        file = pl.Series(FILE_COLUMN, [given.name]).new_from_index(0, frame.height)
        into.tables.append(Untyped(name, frame.hstack([file]), is_tidy))
    into.files.append(given.name)
    into.rejects += rejects


def _read_903_xml(given: Given) -> tuple[Tables, list[Reject]]:
    with given.open() as stream:
        rows, rejects = rows_of_903_xml(given.name, stream)
    tables = {name: gathered.texts() for name, gathered in rows.items()}
    _refuse_empty(tables)
    return tables, rejects


def _read_cin(given: Given) -> tuple[Tables, list[Reject]]:
    with given.open() as stream:
        elements = read_elements(stream)
    tables = texts_of_cin(elements)
    _refuse_empty(tables)
    broken = elements.broken
    return tables, [Reject(given.name, broken.line, None, broken.reason)] if broken else []


def _refuse_empty(tables: Tables) -> None:
    if not any(frame.height for name, frame in tables.items() if name != HEADER or "Episodes" in tables):
        raise CannotRead("The file holds no child. Check that it is the whole return, and export it again.")


def _dated(
    gathered: list[_Gathered], refused: list[Reject], year: int | None, place: Path
) -> list[GivenReturn]:
    if not gathered:
        raise CannotRead(_nothing_read(refused, place))
    if year is not None and len(gathered) > 1:
        year = None
    found, undated = _with_year(gathered, year)
    refused = [*refused, *undated]
    if not found:
        raise CannotRead(_nothing_read(refused, place))
    found[0] = _also_refusing(found[0], refused)
    return sorted(found, key=lambda one: (one.return_, one.year, one.group))


def _with_year(gathered: list[_Gathered], year: int | None) -> tuple[list[GivenReturn], list[Reject]]:
    """The returns whose year is told, and the files of those whose year is not."""
    found, undated = [], []
    for one in gathered:
        try:
            found.append(_return(one, year))
        except CannotRead as fault:
            undated += [Reject(name, None, None, str(fault)) for name in one.files]
    return found, undated


def _return(one: _Gathered, year: int | None) -> GivenReturn:
    tables = _tables(one)
    told, because = (year, "given") if year is not None else _year_of(one, tables)
    authority = _first(tables, "LEA") if one.kind == "cin" else None
    return GivenReturn(
        one.kind, told, because, authority, tables, tuple(one.files), tuple(one.rejects), one.group
    )


def _tables(one: _Gathered) -> Tables:
    frames: dict[str, list[pl.DataFrame]] = {}
    for untyped, frame in zip(one.tables, all_made_ready(one.tables, one.kind), strict=True):
        frames.setdefault(untyped.table, []).append(frame)
    return {
        name: parts[0] if len(parts) == 1 else pl.concat(parts, how="diagonal")
        for name, parts in frames.items()
    }


def _year_of(one: _Gathered, tables: Tables) -> tuple[int, str]:
    layout = tables_903() if one.kind == "903" else tables_cin()
    if one.kind == "cin" and HEADER in tables and tables[HEADER].height:
        row = tables[HEADER].row(0, named=True)
        day, told = row.get("ReferenceDate"), row.get("Year")
        if said := day.year if day else told:
            return said, "told in the file"
    if inferred := infer_year(tables, layout):
        return inferred
    if in_name := year_in(one.group):
        return in_name, "the year in the name, for no date in the files tells it"
    raise CannotRead(
        "No date in the file tells which year it is for. Put it with the other files of its return, or give "
        "the year."
    )


def _first(tables: Tables, column: str) -> str | None:
    header = tables.get(HEADER)
    return header[column][0] if header is not None and header.height and column in header.columns else None


def _also_refusing(read: GivenReturn, refused: list[Reject]) -> GivenReturn:
    return GivenReturn(
        read.return_,
        read.year,
        read.because,
        read.authority,
        read.tables,
        read.files,
        (*refused, *read.rejects),
        read.group,
    )


def _nothing_read(refused: list[Reject], place: Path) -> str:
    if not refused:
        return f"There is no CSV, XML or Parquet file of a return in {place.name}. Give the returns' folder."
    reasons = "\n".join(f"- {reject.file}: {reject.reason}" for reject in refused)
    return f"None of the files in {place.name} could be read.\n{reasons}"


def years_named(returns: list[GivenReturn]) -> Iterator[str]:
    """The returns in words, for a person: "SSDA903 2020-21"."""
    for one in returns:
        yield f"{CALLED[one.return_]} {year_name(one.year)}"


def wanted_of(returns: list[GivenReturn], return_: str | None, year: int | None) -> list[GivenReturn]:
    """Those of the returns that are of this kind and END year, where they were named. Raises CannotRead
    where there is none, telling what is there."""
    wanted = [one for one in returns if return_ in (None, one.return_) and year in (None, one.year)]
    if not wanted:
        found = ", ".join(dict.fromkeys(years_named(returns)))
        raise CannotRead(f"What you asked to check is not there. What is there: {found}.")
    return wanted


def year_before(one: GivenReturn, others: list[GivenReturn]) -> GivenReturn | None:
    """The return of the same kind and authority for the year before, the one lying beside it first."""
    known = [other for other in others if (other.return_, other.year) == (one.return_, one.year - 1)]
    same = [
        other
        for other in known
        if None in (one.authority, other.authority) or other.authority == one.authority
    ]
    return min(same, key=lambda other: other.group != one.group, default=None)
