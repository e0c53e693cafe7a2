"""The return that a Standard Safeguarding Dataset extract would make, for the rules to run over."""

from pathlib import Path

from kith.checks.door.reading import GivenReturn
from kith.checks.door.typing import Untyped, all_made_ready
from kith.dataset.facts import return_of
from kith.dataset.readers.ssd import read_ssd, table_named
from kith.dataset.returns import Kind


def holds_extract(path: Path) -> bool:
    """Whether a folder or file has tables of the Standard Safeguarding Dataset, by their names."""
    files = path.rglob("*") if path.is_dir() else [path]
    return any(table_named(file.name) for file in files)


def read_extract(path: Path, return_: Kind, year: int, authority: str | None = None) -> list[GivenReturn]:
    """The return of `year` that the extract at `path` makes, and the year before's, as they would be sent.

    Raises CannotRead where no table of an extract can be read.
    """
    read = read_ssd(path)
    files = tuple(file.name for file in read.files)
    given = []
    for one in (year - 1, year):
        made = return_of(read.dataset, return_, one, authority)
        untyped = [Untyped(name, frame) for name, frame in made.tables.items()]
        tables = dict(zip(made.tables, all_made_ready(untyped, return_), strict=True))
        rejects = read.rejects if one == year else ()
        given.append(GivenReturn(return_, one, "given", authority, tables, files, rejects))
    return given
