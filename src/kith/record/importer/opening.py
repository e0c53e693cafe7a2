"""Opening a folder, a zip or a file into the record: told apart by what it holds, then imported."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kith.dataset.derived import facts_in
from kith.dataset.readers.folder import CannotRead, read_folder, recognise
from kith.dataset.readers.ssd import read_ssd, table_named
from kith.dataset.returns import ReadFile, Reject, Return
from kith.invented.places import AUTHORITY_CODE as INVENTED
from kith.record.importer.services import ImportResult, Progress, import_dataset, import_returns
from kith.record.people.models import User
from kith.record.people.queries import authorities_known
from kith.record.refusals import NotPossible
from kith.standards.years import CALLED, year_label

__all__ = ["CannotRead", "Opened", "open_path"]

NOT_SAID = "000"  # kept apart from the invented authority of a demonstration
_CODE = re.compile(r"\d{3}", re.ASCII)


@dataclass(frozen=True)
class Opened:
    """What was found at a path, in words, what the import did, and every row left out.

    `authority` is whose the files were taken to be, with `authority_because`. `notes` are what the readers
    have to say of single files, such as that one may be cut short.
    """

    found: tuple[str, ...]
    authority: str
    authority_because: str
    result: ImportResult
    rejects: tuple[Reject, ...]
    notes: tuple[str, ...] = ()


def open_path(
    path: Path,
    *,
    by: User | None,
    authority: str | None = None,
    year: int | None = None,
    progress: Progress | None = None,
) -> Opened:
    """Import the returns, or the tables of the Standard Safeguarding Dataset, that lie at `path`.

    `authority` holds for all files where it is given. Without it a file's own word holds, or else the only
    authority that the record knows (D10: one database an authority). `by` is None for Kith's own command.
    A file that cannot be read is a reject without a line; the others are taken in.
    Raises CannotRead where nothing can be read, NotPossible, NotAllowed and ImportRunning.
    """
    if authority is not None:
        check_is_a_code(authority)
    if progress:
        progress("Reading files", 0, 1)
    if holds_dataset(path):
        _check_no_returns_beside(path)
        return _open_dataset(path, by, authority, year, progress)
    returns = read_folder(path, year=year, authority=authority)
    code, because = _whose(authority, returns)
    description = title_of(returns)
    result = import_returns(returns, by=by, authority=code, description=description, progress=progress)
    rejects = tuple(reject for each in returns for reject in each.rejects)
    found = tuple(in_words(each) for each in returns)
    return Opened(
        found, code, because, result, rejects, _notes(file for one in returns for file in one.files)
    )


def title_of(returns: Sequence[Return]) -> str:
    """What an import is called: each kind of return with its first and last year."""
    years: dict[str, list[int]] = {}
    for each in returns:
        years.setdefault(CALLED[each.kind], []).append(each.year)
    spans = {kind: sorted({year_label(min(held)), year_label(max(held))}) for kind, held in years.items()}
    return "; ".join(f"{kind} {' to '.join(span)}" for kind, span in spans.items())[:300]


def in_words(return_: Return) -> str:
    """A return in one line: what it is, its year, and how its year was told."""
    return f"{CALLED[return_.kind]} {year_label(return_.year)} ({return_.year_because})"


def _open_dataset(
    path: Path, by: User | None, given: str | None, year: int | None, progress: Progress | None
) -> Opened:
    authority, because = _whose(given, ())
    read = read_ssd(path)
    found = f"Standard Safeguarding Dataset: {len(read.files)} tables"
    result = import_dataset(
        facts_in(read.dataset),
        by=by,
        authority=authority,
        description=found,
        name=path.name,
        year=year,
        progress=progress,
    )
    return Opened((found,), authority, because, result, read.rejects, _notes(read.files))


def _notes(files: Iterable[ReadFile]) -> tuple[str, ...]:
    return tuple(f"{file.name}: {file.note}" for file in files if file.note)


def _check_no_returns_beside(path: Path) -> None:
    """Raise NotPossible where returns lie with the tables, for one import is of one or the other."""
    returns = [found.name for found in recognise(path) if found.kind]
    if returns:
        raise NotPossible(
            f"{path.name} holds both tables of the Standard Safeguarding Dataset and returns ({returns[0]}).",
            "Put them in folders of their own and open one after the other.",
        )


def check_is_a_code(authority: str) -> None:
    """Raise NotPossible where this cannot be an authority's code."""
    if not _CODE.fullmatch(authority):
        raise NotPossible(
            f"“{authority[:20]}” is not an authority's code.",
            "Give the three digits that the Department for Education knows it by, for example: 999",
        )


def holds_dataset(path: Path) -> bool:
    """Whether a folder or file has tables of the Standard Safeguarding Dataset, by their names."""
    files = path.rglob("*") if path.is_dir() else [path]
    return any(table_named(file.name) for file in files)


def _whose(given: str | None, returns: Sequence[Return]) -> tuple[str, str]:
    """The authority of what is opened, and how that is known. Raises NotPossible where nothing tells."""
    if given is not None:
        return given, "given"
    if in_files := next((each.authority for each in returns if each.authority), None):
        return in_files, "said in the files"
    known = authorities_known()
    if known == [INVENTED]:
        return NOT_SAID, "the files do not say; give --authority to say whose they are"
    if len(known) == 1:
        return known[0], "the only one the record knows"
    raise NotPossible(
        "These files do not say whose they are.",
        "Give the authority's three-digit code, for example: --authority 999",
    )
