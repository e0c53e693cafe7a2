"""What received files are, year by year and file by file, before anything of them is written."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kith.dataset.readers.folder import CannotRead, Found, read_folder, recognise
from kith.dataset.readers.ssd import read_ssd
from kith.dataset.returns import ReadFile, Reject, Return
from kith.record.importer.jobs import without_folder
from kith.record.importer.models import ImportJob
from kith.record.importer.opening import holds_dataset
from kith.standards.years import CALLED, year_label

READ_AT_ONCE = 64 * 1024 * 1024  # bytes: more than this is told apart by its first lines only


@dataclass(frozen=True)
class FileSeen:
    """One file: the table it holds ("" where it holds many), its rows where it was read, and what to know.

    `problem` says why it will be left out, and how to mend that.
    """

    name: str
    table: str = ""
    rows: int | None = None
    left_out: int = 0
    note: str = ""
    problem: str = ""


@dataclass(frozen=True)
class ReturnSeen:
    """One return: what it is called, its END year and how that was told, its files, and what to know of it.

    `year` is None where it will be read when the files are brought in.
    """

    called: str
    year: int | None
    year_because: str
    files: tuple[FileSeen, ...]
    notes: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The return and its year: "SSDA903 2018-19"."""
        return f"{self.called} {year_label(self.year)}" if self.year else self.called

    @property
    def rows(self) -> int:
        return sum(file.rows or 0 for file in self.files)


@dataclass(frozen=True)
class Look:
    """Everything that was found. `fault` is why none of it can be brought in; "" where it can.

    `unread` are files that belong to no return, each with the reason; `ignored` hold none by their kind.
    """

    returns: tuple[ReturnSeen, ...] = ()
    unread: tuple[FileSeen, ...] = ()
    ignored: tuple[str, ...] = ()
    fault: str = ""
    is_read: bool = True

    @property
    def problems(self) -> int:
        """How many files will be left out."""
        return len(self.unread) + sum(bool(file.problem) for seen in self.returns for file in seen.files)

    def in_words(self) -> str:
        """What it is in one line, to know the import by: "SSDA903 2017-18 to 2019-20; CIN census 2019-20"."""
        years: dict[str, list[int]] = {}
        for seen in self.returns:
            years.setdefault(seen.called, []).extend([seen.year] if seen.year else [])
        named = (f"{called} {runs_of(found)}".strip() for called, found in years.items())
        return "; ".join(named) or "Files not recognised"


def runs_of(years: Iterable[int]) -> str:
    """Years in words, those that follow each other together: "2017-18 to 2019-20, 2021-22"."""
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    ends = [(year_label(run[0]), year_label(run[-1])) for run in runs]
    return ", ".join(first if first == last else f"{first} to {last}" for first, last in ends)


def look_at(job: ImportJob) -> Look:
    """What the files of a received job are; nothing is written."""
    folder = Path(job.folder)
    try:
        if holds_dataset(folder):
            return _dataset(folder)
        return _returns(folder, job)
    except CannotRead as fault:
        return Look(fault=without_folder(str(fault), folder))


def _dataset(folder: Path) -> Look:
    read = read_ssd(folder)
    whole, lines = _rejected(read.rejects)
    files = tuple(_file(file, whole, lines) for file in read.files)
    unread = tuple(FileSeen(name, problem=why) for name, why in whole.items())
    seen = ReturnSeen("Standard Safeguarding Dataset", None, "the year given, or this year", files)
    return Look((seen,), unread)


def _returns(folder: Path, job: ImportJob) -> Look:
    found = recognise(folder)
    ignored = tuple(file.name for file in found if file.ignored)
    wanted = [file for file in found if not file.ignored]
    if sum(file.size for file in wanted) > READ_AT_ONCE:
        return _by_first_lines(wanted, ignored)
    try:
        returns = read_folder(folder, year=job.year)
    except CannotRead as fault:
        unread = tuple(FileSeen(file.name, problem=file.problem) for file in wanted if file.problem)
        is_told_by_file = wanted and len(unread) == len(wanted)
        whole = "None of these files can be read." if is_told_by_file else without_folder(str(fault), folder)
        return Look((), unread, ignored, whole)
    seen = tuple(_return(each, job.authority) for each in returns)
    named = {file.name for each in seen for file in each.files}
    strays = {file.name: file.problem for file in wanted if file.problem and file.name not in named}
    unread = tuple(FileSeen(name, problem=why) for name, why in strays.items())
    return Look(seen, unread, ignored)


def _return(read: Return, authority: str) -> ReturnSeen:
    whole, lines = _rejected(read.rejects)
    files = [_file(file, whole, lines) for file in read.files]
    files += [FileSeen(name, problem=why) for name, why in whole.items()]
    notes = (*_twins(read.files), *_another_authority(read, authority))
    in_order = tuple(sorted(files, key=lambda file: file.name))
    return ReturnSeen(CALLED[read.kind], read.year, read.year_because, in_order, notes)


def _rejected(rejects: Iterable[Reject]) -> tuple[dict[str, str], Counter[str]]:
    """Files left out with the reason, and how many lines of the others are."""
    whole: dict[str, str] = {}
    lines: Counter[str] = Counter()
    for reject in rejects:
        if reject.line is None:
            whole[reject.file] = reject.reason
        else:
            lines[reject.file] += 1
    return whole, lines


def _file(file: ReadFile, whole: dict[str, str], lines: Mapping[str, int]) -> FileSeen:
    table = "" if file.table == "*" else file.table
    return FileSeen(file.name, table, file.rows, lines.get(file.name, 0), file.note, whole.pop(file.name, ""))


def _twins(files: Iterable[ReadFile]) -> list[str]:
    """A sentence for each table that two files of one return hold, as two years put together do."""
    holding: dict[str, list[str]] = {}
    for file in files:
        if file.table != "*":
            holding.setdefault(file.table, []).append(file.name)
    return [
        f"{len(names)} files hold {table} ({', '.join(names)}). If they are of different years, put each "
        "year in a folder of its own, zip the folders, and bring the zip in."
        for table, names in holding.items()
        if len(names) > 1
    ]


def _another_authority(read: Return, authority: str) -> list[str]:
    if read.authority in (None, authority):
        return []
    return [
        f"The file says it is of authority {read.authority}; you wrote {authority}. "
        f"The children’s ids will be kept as those of {read.authority}."
    ]


def _by_first_lines(found: Iterable[Found], ignored: tuple[str, ...]) -> Look:
    """Large files: what their first lines tell; their years are read when they are brought in."""
    groups: dict[str, list[FileSeen]] = {}
    titles: dict[str, tuple[str, int | None]] = {}
    unread = []
    for file in found:
        if file.problem or file.kind is None:
            unread.append(FileSeen(file.name, problem=file.problem or "It was not recognised."))
            continue
        table = "" if file.table in (None, "*") else str(file.table)
        groups.setdefault(file.group, []).append(FileSeen(file.name, table))
        titles[file.group] = (CALLED[file.kind], file.year_in_name)
    because = "by the file’s name; its dates will decide"
    seen = tuple(ReturnSeen(*titles[group], because, tuple(files)) for group, files in groups.items())
    fault = "" if seen else "None of these files can be read."
    return Look(seen, tuple(unread), ignored, fault, is_read=False)
