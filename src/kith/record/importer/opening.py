"""Opening a folder, a zip or a file into the record: told apart by what it holds, then imported."""

from dataclasses import dataclass
from pathlib import Path

from kith.dataset.readers.folder import CannotRead, read_folder
from kith.dataset.readers.ssd import read_ssd, table_named
from kith.dataset.returns import Reject, Return
from kith.record.importer.services import ImportResult, Progress, import_dataset, import_returns
from kith.record.people.models import User
from kith.record.refusals import NotPossible
from kith.standards.years import year_label

__all__ = ["CannotRead", "Opened", "open_path"]


@dataclass(frozen=True)
class Opened:
    """What was found at a path, in words, what the import did, and every row left out."""

    found: tuple[str, ...]
    result: ImportResult
    rejects: tuple[Reject, ...]


def open_path(
    path: Path,
    *,
    by: User | None,
    authority: str | None = None,
    year: int | None = None,
    progress: Progress | None = None,
) -> Opened:
    """Import the returns, or the tables of the Standard Safeguarding Dataset, that lie at `path`.

    `authority` is needed where no file tells whose it is. `by` is None for Kith's own command.
    Raises CannotRead where nothing can be read, NotPossible, NotAllowed and ImportRunning.
    """
    if progress:
        progress("Reading files", 0, 1)
    if holds_dataset(path):
        return _open_dataset(path, by, _known(authority), year, progress)
    returns = read_folder(path, year=year, authority=authority)
    code = _known(authority or next((each.authority for each in returns if each.authority), None))
    description = "; ".join(in_words(each) for each in returns)[:300]
    result = import_returns(returns, by=by, authority=code, description=description, progress=progress)
    rejects = tuple(reject for each in returns for reject in each.rejects)
    return Opened(tuple(in_words(each) for each in returns), result, rejects)


def in_words(return_: Return) -> str:
    """A return in one line: what it is, its year, and how its year was told."""
    called = {"903": "SSDA903", "cin": "CIN census"}[return_.kind]
    return f"{called} {year_label(return_.year)} ({return_.year_because})"


def _open_dataset(
    path: Path, by: User | None, authority: str, year: int | None, progress: Progress | None
) -> Opened:
    read = read_ssd(path)
    found = f"Standard Safeguarding Dataset: {len(read.files)} tables"
    result = import_dataset(
        read.dataset,
        by=by,
        authority=authority,
        description=found,
        name=path.name,
        year=year,
        progress=progress,
    )
    return Opened((found,), result, read.rejects)


def holds_dataset(path: Path) -> bool:
    """Whether a folder or file has tables of the Standard Safeguarding Dataset, by their names."""
    files = path.rglob("*") if path.is_dir() else [path]
    return any(table_named(file.name) for file in files)


def _known(authority: str | None) -> str:
    if authority is None:
        raise NotPossible(
            "These files do not say whose they are.",
            "Give the authority's three-digit code, for example: --authority 999",
        )
    return authority
