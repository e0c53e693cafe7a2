"""Opens what an authority gives (a folder, a zip, one file) and reads every return in it.

Files are told apart by what they hold (`recognition`). A folder may hold several years: 903 CSVs are put
together by the folder they lie in and by the year or authority code in their names, and the year of each
return is then read off its dates.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from kith.dataset.formats import Table, tables_903, tables_cin
from kith.dataset.readers.cin_xml import HEADER, read_cin_xml
from kith.dataset.readers.files import CannotRead, Given, Limits, Readable, given_files
from kith.dataset.readers.recognition import ALL_TABLES, Found, recognise, recognised, year_in
from kith.dataset.readers.ssda903_csv import read_903_csv
from kith.dataset.readers.ssda903_xml import read_903_xml
from kith.dataset.returns import Kind, ReadFile, Reject, Return
from kith.dataset.years import end_year, infer_year, last_day, year_name

__all__ = ["CannotRead", "Found", "Limits", "read_folder", "recognise"]

_ENOUGH_DATES = 10
_ELEMENTS_NAMED = 5


@dataclass
class _Gathered:
    """What the files of one return gave, while they are being read."""

    kind: Kind
    group: str
    frames: dict[str, list[pl.DataFrame]] = field(default_factory=dict)
    files: list[ReadFile] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)

    def add(self, tables: Mapping[str, pl.DataFrame], file: ReadFile, rejects: Sequence[Reject]) -> None:
        for name, frame in tables.items():
            self.frames.setdefault(name, []).append(frame)
        self.files.append(file)
        self.rejects.extend(rejects)

    def tables(self) -> dict[str, pl.DataFrame]:
        layout = _layout(self.kind)
        return {name: pl.concat(self.frames[name]) for name in layout if name in self.frames}


def read_folder(
    path: Path | str,
    *,
    year: int | Mapping[str, int] | None = None,
    authority: str | None = None,
    limits: Limits | None = None,
) -> list[Return]:
    """Every return at `path`, by kind and year; each row of each file in a table or in the rejects.

    `year` is the END year where the dates should not decide: one for the only return there, or one for
    each group as `recognise` names them. A file that cannot be read is a reject without a line number, in
    the return it stands with; the others are read all the same.
    Raises CannotRead where not one return could be read, with the reason for each file.
    """
    place = Path(path)
    gathered: dict[tuple[Kind, str], _Gathered] = {}
    refused: list[tuple[str, Reject]] = []
    for given in given_files(place, limits or Limits()):
        found = recognised(given, place.is_file())
        if found.ignored:
            continue
        try:
            _read(given, found, gathered)
        except CannotRead as fault:
            refused.append((found.group, Reject(given.name, None, None, str(fault))))
    returns = _returns(list(gathered.values()), refused, year, authority)
    return sorted(_with_refused(returns, refused, place), key=lambda read: (read.kind, read.year))


def _read(given: Given, found: Found, gathered: dict[tuple[Kind, str], _Gathered]) -> None:
    if found.problem or found.kind is None:
        raise CannotRead(found.problem or "The file was not recognised.")
    if found.form == "csv":
        read = read_903_csv(given.name, given.read())
        tables, file, rejects = {read.table: read.frame}, read.file, read.rejects
    else:
        tables, file, rejects = _read_xml(given, found.kind)
    into = gathered.setdefault((found.kind, found.group), _Gathered(found.kind, found.group))
    into.add(tables, file, rejects)


def _read_xml(given: Given, kind: Kind) -> tuple[dict[str, pl.DataFrame], ReadFile, tuple[Reject, ...]]:
    unknown: Counter[str] = Counter()
    with given.open() as opened:
        stream = _Hashing(opened)
        if kind == "903":
            tables, rejects = read_903_xml(given.name, stream)
        else:
            census = read_cin_xml(given.name, stream)
            tables, rejects, unknown = census.tables, census.rejects, census.unknown
        stream.finish()
    rows = sum(frame.height for frame in tables.values()) + len(rejects)
    if not rows:
        raise CannotRead("The file holds no child. Check that it is the whole return, and export it again.")
    file = ReadFile(given.name, stream.sha256(), ALL_TABLES, rows, _note_of_unknown(unknown))
    return tables, file, rejects


class _Hashing:
    """A stream that hashes what is read through it."""

    def __init__(self, stream: Readable) -> None:
        self._stream = stream
        self._hash = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._hash.update(data)
        return data

    def finish(self) -> None:
        while self.read(1 << 20):
            pass

    def sha256(self) -> str:
        return self._hash.hexdigest()


def _note_of_unknown(unknown: Counter[str]) -> str:
    if not unknown:
        return ""
    named = ", ".join(f"{tag} ({times:,})" for tag, times in unknown.most_common(_ELEMENTS_NAMED))
    return f"Elements that the census does not have were passed over: {named}."


def _layout(kind: Kind) -> Mapping[str, Table]:
    return tables_903() if kind == "903" else tables_cin()


def _returns(
    gathered: list[_Gathered],
    refused: list[tuple[str, Reject]],
    year: int | Mapping[str, int] | None,
    authority: str | None,
) -> list[tuple[str, Return]]:
    if isinstance(year, int) and len(gathered) > 1:
        names = ", ".join(f"“{one.group}”" for one in gathered)
        raise CannotRead(
            f"One year was given, but there are {len(gathered)} returns here ({names}). Give one return, or "
            "a year for each."
        )
    returns = []
    for one in gathered:
        given = year.get(one.group) if isinstance(year, Mapping) else year
        try:
            returns.append((one.group, _return(one, given, authority)))
        except CannotRead as fault:
            refused.extend((one.group, Reject(file.name, None, None, str(fault))) for file in one.files)
    return returns


def _return(one: _Gathered, given: int | None, authority: str | None) -> Return:
    tables = one.tables()
    year, because = _year_of(one, tables, given)
    return Return(
        kind=one.kind,
        year=year,
        year_because=because,
        authority=authority or _authority_in(tables.get(HEADER) if one.kind == "cin" else None),
        tables=tables,
        files=tuple(_with_doubt(file, one, tables, year) for file in one.files),
        rejects=tuple(one.rejects),
    )


def _year_of(one: _Gathered, tables: Mapping[str, pl.DataFrame], given: int | None) -> tuple[int, str]:
    if given is not None:
        return given, "given"
    if one.kind == "cin" and (in_header := _year_in_header(tables.get(HEADER))):
        return in_header
    in_name = year_in(one.group)
    if inferred := infer_year(tables, _layout(one.kind)):
        year, because = inferred
        differs = f"; the name says {in_name}" if in_name not in (None, year) else ""
        return year, because + differs
    if in_name is not None:
        return in_name, "the year in the name, for no date in the files tells it"
    raise CannotRead(
        "No date in the file tells which year it is for. Put it with the other files of its return, or give "
        "the year."
    )


def _year_in_header(header: pl.DataFrame | None) -> tuple[int, str] | None:
    """The END year a census names: its ReferenceDate where that is a 31 March, or else its Year."""
    if header is None or not header.height:
        return None
    row = header.row(0, named=True)
    reference, year = row["ReferenceDate"], row["Year"]
    if reference and reference == last_day(reference.year):
        return reference.year, "ReferenceDate in the file"
    if year:
        odd = f"; its ReferenceDate, {reference:%d/%m/%Y}, is not a 31 March" if reference else ""
        return year, f"Year in the file{odd}"
    return (end_year(reference), "ReferenceDate in the file") if reference else None


def _authority_in(header: pl.DataFrame | None) -> str | None:
    if header is None or not header.height:
        return None
    code: str | None = header["LEA"][0]
    return code


def _with_doubt(file: ReadFile, one: _Gathered, tables: Mapping[str, pl.DataFrame], year: int) -> ReadFile:
    """The file, with a note where most of its dates fall in another year than its return's."""
    if file.table == ALL_TABLES:
        return file
    own = tables[file.table].filter(pl.col("_file") == file.name)
    inferred = infer_year({file.table: own}, _layout(one.kind))
    if inferred is None or inferred[0] == year or own.height < _ENOUGH_DATES:
        return file
    doubt = f"More of its dates fall in {year_name(inferred[0])} than in {year_name(year)}."
    return ReadFile(file.name, file.sha256, file.table, file.rows, f"{file.note} {doubt}".strip())


def _with_refused(
    returns: list[tuple[str, Return]], refused: list[tuple[str, Reject]], place: Path
) -> list[Return]:
    """The returns, each with the files that were refused of its own group; the first has the strays."""
    if not returns:
        raise CannotRead(_nothing_read(refused, place))
    groups = [group for group, _ in returns]
    held: list[list[Reject]] = [[] for _ in returns]
    for group, reject in refused:
        held[groups.index(group) if group in groups else 0].append(reject)
    return [_also_rejecting(read, extra) for (_, read), extra in zip(returns, held, strict=True)]


def _also_rejecting(read: Return, extra: list[Reject]) -> Return:
    if not extra:
        return read
    return Return(
        read.kind,
        read.year,
        read.year_because,
        read.authority,
        read.tables,
        read.files,
        (*extra, *read.rejects),
    )


def _nothing_read(refused: list[tuple[str, Reject]], place: Path) -> str:
    if not refused:
        return f"There is no CSV, XML or zip file in {place.name}. Give the folder that holds the returns."
    if len(refused) == 1:
        return f"{refused[0][1].file}: {refused[0][1].reason}"
    reasons = "\n".join(f"- {reject.file}: {reject.reason}" for _, reject in refused)
    return f"None of the files in {place.name} could be read.\n{reasons}"
