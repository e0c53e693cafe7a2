"""Writing into a folder so that files come whole or not at all, and nothing is replaced unasked."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from kith.cli.terminal import CouldNot


@dataclass
class NewFiles:
    """`workplace` is where to write; `written` are the files in their place, once all is done."""

    workplace: Path
    written: list[Path] = field(default_factory=list)


def into_folder(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --to and --force to a command."""
    to = click.option(
        "--to",
        "folder",
        type=click.Path(path_type=Path),
        required=True,
        help="The folder to write to: a new one, or an empty one.",
    )
    force = click.option(
        "--force",
        is_flag=True,
        help="Write to the folder though files lie in it. Those of the same names are replaced; "
        "the others stay as they are.",
    )
    return to(force(command))


def check_free(folder: Path, *, force: bool) -> None:
    """Raise CouldNot where `folder` is a file, or holds files that --force was not said for."""
    if folder.exists() and not folder.is_dir():
        raise CouldNot(f"{folder} is a file. Give a folder to write to.")
    if not force and folder.is_dir() and any(folder.iterdir()):
        raise CouldNot(
            f"There are files in {folder} already, and none was touched. Give a new or an empty folder, or "
            "say --force to replace files of the same names."
        )


@contextmanager
def new_files(folder: Path, *, force: bool) -> Iterator[NewFiles]:
    """A workplace beside the files of `folder`; what is written there is moved in at the end, each at once.

    Where anything goes wrong `folder` is left as it was, or is not made. Raises CouldNot, OSError.
    """
    check_free(folder, force=force)
    was_there = folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        workplace = Path(tempfile.mkdtemp(prefix=".kith-writing-", dir=folder))
        try:
            new = NewFiles(workplace)
            yield new
            new.written = [_moved(file, workplace, folder) for file in _files_in(workplace)]
        finally:
            shutil.rmtree(workplace, ignore_errors=True)
    except BaseException:
        if not was_there and not any(folder.iterdir()):
            folder.rmdir()
        raise


def _files_in(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file())


def _moved(file: Path, workplace: Path, folder: Path) -> Path:
    place = folder / file.relative_to(workplace)
    place.parent.mkdir(parents=True, exist_ok=True)
    os.replace(file, place)  # noqa: PTH105  in one step, over a file of the same name
    return place
