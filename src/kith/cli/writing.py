"""`kith export`, `kith extract` and `kith invent`: files out of the record, or out of nothing."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from kith.cli.new_files import check_free, into_folder, new_files
from kith.cli.terminal import (
    CouldNot,
    ReturnYear,
    as_json,
    on_database,
    progress,
    start_django,
    tell,
)
from kith.standards.years import CALLED, year_label

if TYPE_CHECKING:
    from kith.dataset.returns import Return

OF_THE_FILE = "Header"  # in a census it tells of the file, not of a child


@click.command(short_help="Write a year's return from the record.")
@click.argument("kind", type=click.Choice(["903", "cin"]))
@click.option("--year", type=ReturnYear(), required=True, help="The return's year: 2017-18, or 2018.")
@click.option("--authority", metavar="CODE", help="Whose children; asked for where there are several's.")
@into_folder
@on_database
@as_json
def export(
    kind: Literal["903", "cin"],
    year: int,
    authority: str | None,
    folder: Path,
    force: bool,
    database: str | None,
    as_json: bool,
) -> None:
    """Write a year's return from the record: SSDA903 as CSV files, the CIN census as XML.

    It is made from what the record holds to be true, never copied from rows that came in. The folder has to
    be new or empty, unless you say --force; files appear in it when all are written, each as a whole.
    """
    check_free(folder, force=force)
    start_django(database)
    from kith.record.extract.queries import export_return

    with progress("Exporting", machine=as_json) as step:
        step("reading the record", 0, 2)
        return_ = export_return(kind, year, known_authority(authority))
        rows = _rows_of_children(return_)
        step("writing files", 1, 2)
        with new_files(folder, force=force) as new:
            _write(return_, new.workplace)
    tell(
        {
            "return": kind,
            "year": year,
            "authority": return_.authority,
            "folder": str(folder),
            "rows": rows,
            "files": [str(file) for file in new.written],
            "restricted": restricted(return_.authority),
        },
        [
            f"{CALLED[kind]} {year_label(year)} of authority {return_.authority}, in {folder}",
            *_counted(rows),
            *_restricted_in_words(restricted(return_.authority)),
        ],
        machine=as_json,
    )


def _write(return_: "Return", folder: Path) -> None:
    from kith.dataset.writers.cin_xml import write_cin_xml
    from kith.dataset.writers.ssda903_csv import write_903_csv

    if return_.kind == "903":
        write_903_csv(return_, folder)
    else:
        write_cin_xml(return_, folder / f"cin_{return_.year}.xml")


def _rows_of_children(return_: "Return") -> dict[str, int]:
    """How many rows each table holds. Raises CouldNot where none is about a child."""
    rows = {name: frame.height for name, frame in return_.tables.items() if frame.height}
    if set(rows) <= ({OF_THE_FILE} if return_.kind == "cin" else set()):
        raise CouldNot(
            f"The record holds nothing that belongs in the {CALLED[return_.kind]} of "
            f"{year_label(return_.year)} at authority {return_.authority}. Check the year, or open that "
            "year's files first."
        )
    return rows


def known_authority(given: str | None) -> str:
    """The authority's code: the one given if the record knows it, or the only one the record knows."""
    from kith.record.people.queries import authorities_known

    known = authorities_known()
    if not known:
        raise CouldNot("The record holds no child of any authority yet. Bring some in: kith open FOLDER")
    found = ", ".join(known)
    if given is None and len(known) > 1:
        raise CouldNot(f"The record holds children of several authorities: {found}. Say which: --authority.")
    if given is not None and given not in known:
        raise CouldNot(f"The record holds no child of authority {given}. It knows {found}.")
    return given or known[0]


def restricted(authority: str | None = None) -> int:
    """How many people's records are restricted or sealed: of everyone's, or of one authority's children."""
    from kith.record.extract.queries import known_to, restricted_among
    from kith.record.people.queries import kept_ids

    among = restricted_among(None if authority is None else known_to(authority))
    return len(set(kept_ids(among).values()))


def _restricted_in_words(people: int) -> list[str]:
    if not people:
        return []
    return [
        f"The record restricts who may see {people:,} people. They are in these files where the law asks for "
        "every child, without names, addresses and relatives, but with the postcodes that the SSDA903 asks "
        "for: keep the files where few can read them."
    ]


@click.command(short_help="Write the whole record as tables.")
@click.option("--format", "form", type=click.Choice(["parquet", "csv"]), default="parquet", show_default=True)
@into_folder
@on_database
@as_json
def extract(
    form: Literal["parquet", "csv"], folder: Path, force: bool, database: str | None, as_json: bool
) -> None:
    """Write the whole record as tables: the Standard Safeguarding Dataset, and Kith's own.

    One file a table that holds anything. The folder has to be new or empty, unless you say --force. The
    audit keeps that the record was taken out, and how many people were in it.
    """
    check_free(folder, force=force)
    start_django(database)
    from kith.dataset.dataset import write_folder
    from kith.dataset.derived import with_derived
    from kith.record.audit.services import record
    from kith.record.extract.queries import extract as extract_record

    with progress("Extracting", machine=as_json) as step:
        step("reading the record", 0, 2)
        dataset = with_derived(extract_record())
        rows = {name: frame.height for name, frame in dataset.items() if frame.height}
        if not rows:
            raise CouldNot("The record is empty. Bring some children in: kith open FOLDER")
        record("record_extracted", by=None, about={"people": rows["ssd_person"], "form": form})
        step("writing files", 1, 2)
        with new_files(folder, force=force) as new:
            write_folder(dataset, new.workplace, form)
    tell(
        {
            "rows": rows,
            "folder": str(folder),
            "files": [str(file) for file in new.written],
            "restricted": restricted(),
        },
        [
            f"The record as {len(rows)} tables, in {folder}",
            *_counted(rows),
            *_restricted_in_words(restricted()),
        ],
        machine=as_json,
    )


def _counted(rows: dict[str, int]) -> list[str]:
    width = max(map(len, rows))
    return [f"  {name:<{width}} {number:>10,} rows" for name, number in rows.items()]


@click.command(short_help="Make an invented authority, Northbrook.")
@click.option(
    "--children",
    type=click.IntRange(min=1),
    default=400,
    show_default=True,
    help="Open children at the end, about.",
)
@click.option("--years", type=click.IntRange(1, 30), default=6, show_default=True, help="Whole return years.")
@click.option("--seed", default=1, show_default=True, help="The same seed makes the same authority.")
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    default="2026-03-31",
    show_default=True,
    help="The last day told.",
)
@into_folder
@as_json
def invent(
    children: int, years: int, seed: int, until: datetime, folder: Path, force: bool, as_json: bool
) -> None:
    """Make an invented authority, Northbrook: families, histories and returns. No real person.

    Writes the authority as dataset tables (dataset/), and the SSDA903 and CIN census of each year
    (returns/); `kith open` reads either. The same numbers make the same files, on any machine and day.
    """
    check_free(folder, force=force)
    from kith.dataset.dataset import write_folder
    from kith.invented.authority import invent as invent_authority
    from kith.invented.frames import dataset_of, write_returns

    with progress("Inventing", machine=as_json) as step:
        step("families", 0, 3)
        authority = invent_authority(children, years, seed, until.date())
        with new_files(folder, force=force) as new:
            step("tables", 1, 3)
            write_folder(dataset_of(authority), new.workplace / "dataset")
            step("returns", 2, 3)
            write_returns(authority, new.workplace / "returns")
    made = {"families": len(authority.families), "acts": len(authority.diary), "files": len(new.written)}
    tell(
        {**made, "authority": authority.code, "name": authority.name, "folder": str(folder)},
        [
            f"{authority.name}, authority {authority.code}, in {folder}",
            *(f"  {name:<10}{value:>9,}" for name, value in made.items()),
        ],
        machine=as_json,
    )
