"""The command `kith`, for people at a terminal.

Exit status everywhere: 0 done, 1 done with rejects, 2 could not.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import click

DONE, DONE_WITH_REJECTS, COULD_NOT = 0, 1, 2
REJECTS_SHOWN = 50


class CouldNot(click.ClickException):
    """What was asked for could not be done; says what happened and what to do."""

    exit_code = COULD_NOT


def as_json(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --json to a command: one JSON object on standard output, nothing else."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for machines.")(
        command
    )


def on_database(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --database to a command."""
    return click.option(
        "--database",
        metavar="URL",
        envvar="DATABASE_URL",
        help="The record's database; an SQLite file by default.",
    )(command)


def start_django(database: str | None) -> None:
    """Make the record ready: its settings read, its tables as this version needs them."""
    if database:
        os.environ["DATABASE_URL"] = database
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kith.web.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def tell(result: dict[str, Any], lines: list[str], *, machine: bool) -> None:
    """Print the result once: as JSON for machines, or as lines for people."""
    click.echo(json.dumps(result, default=str) if machine else "\n".join(lines))


@contextmanager
def progress(title: str, *, machine: bool) -> Iterator[Callable[[str, int, int], None]]:
    """A bar on standard error while work goes on; the function yielded takes (stage, done, of)."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"))
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True), disable=machine) as bar:
        task = bar.add_task(title, total=None)

        def step(stage: str, done: int, of: int) -> None:
            bar.update(task, description=f"{title}: {stage}", completed=done, total=of)

        yield step


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kith", prog_name="kith")
def main() -> None:
    """Run children's social care on one record.

    \b
    Start here:
      kith run --demo        open Kith in a browser, with an invented authority in it
      kith open FOLDER       bring an authority's own returns into the record
      kith export 903 --year 2026 --to FOLDER
                             write a return from the record
      kith extract --to FOLDER
                             write the record as tables, for analysis

    \b
    Exit status: 0 done, 1 done with rejects, 2 could not.
    Settings (database, host names, secret key) are in docs/guides/operator.md.
    """


@main.command()
@click.option(
    "--demo", is_flag=True, help="Fill an empty record with an invented authority, and offer its sign-ins."
)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=2, show_default=True, help="Web processes.")
@on_database
def run(demo: bool, host: str, port: int, workers: int, database: str | None) -> None:
    """Start Kith: the web pages, and the worker that does background jobs."""
    if demo:
        os.environ["KITH_DEMO"] = "1"
    start_django(database)
    from kith.web import serve

    if demo:
        with progress("Making the invented authority of Northbrook", machine=False) as step:
            serve.fill_with_an_invented_authority(step)
    sys.exit(serve.serve(host, port, workers))


@main.command(name="open")
@click.argument("folder", type=click.Path(exists=True, path_type=Path))
@click.option("--year", type=int, help="The return's END year (2017-18 is 2018), where the dates mislead.")
@click.option(
    "--authority", metavar="CODE", help="The authority's three-digit code, where the files do not say."
)
@on_database
@as_json
def open_folder(
    folder: Path, year: int | None, authority: str | None, database: str | None, as_json: bool
) -> None:
    """Bring returns (SSDA903, CIN census) or SSD tables in FOLDER into the record.

    FOLDER may be a folder, a zip file or one file. Doing it twice changes nothing. Prints how many rows
    were read, added, continued, corrected, unchanged and rejected, and each reject with its reason.
    """
    start_django(database)
    from kith.record.importer.opening import CannotRead, open_path
    from kith.record.refusals import Refused

    with progress("Opening", machine=as_json) as step:
        try:
            opened = open_path(folder, by=None, authority=authority, year=year, progress=step)
        except (CannotRead, Refused) as problem:
            raise CouldNot(str(problem)) from problem
    counts = opened.result.counts.as_dict()
    lines = [f"{name:>10} {number:>9,}" for name, number in counts.items()]
    rejects = [f"{each.file}:{each.line or '-'} {each.column or ''} {each.reason}" for each in opened.rejects]
    tell(
        {
            "counts": counts,
            "found": opened.found,
            "batch": opened.result.batch.pk,
            "differences": opened.result.differences,
            "unreturned": opened.result.unreturned,
            "rejects": rejects,
        },
        [*opened.found, *lines, *_after_the_counts(opened.result, rejects)],
        machine=as_json,
    )
    sys.exit(DONE_WITH_REJECTS if counts["rejected"] or rejects else DONE)


def _after_the_counts(result: Any, rejects: list[str]) -> list[str]:
    """What a person should also know: what the record keeps otherwise, and what could not be read."""
    lines = []
    if result.differences:
        lines.append(f"{result.differences:,} facts that somebody typed were left as they typed them")
    if result.unreturned:
        lines.append(f"{result.unreturned:,} rows contradict others and would not be sent back just so")
    if rejects:
        lines += ["Rejected:", *rejects[:REJECTS_SHOWN]]
    if len(rejects) > REJECTS_SHOWN:
        lines.append(f"... and {len(rejects) - REJECTS_SHOWN:,} more: --json lists them all")
    return lines


@main.command()
@click.argument("kind", type=click.Choice(["903", "cin"]))
@click.option("--year", type=int, required=True, help="The END year: 2017-18 is 2018.")
@click.option("--to", "folder", type=click.Path(file_okay=False, path_type=Path), required=True)
@click.option("--authority", metavar="CODE", help="The authority's three-digit code.")
@on_database
@as_json
def export(
    kind: str, year: int, folder: Path, authority: str | None, database: str | None, as_json: bool
) -> None:
    """Write a year's return from the record: SSDA903 as CSV files, the CIN census as XML."""
    start_django(database)
    from kith.dataset.writers.cin_xml import write_cin_xml
    from kith.dataset.writers.ssda903_csv import write_903_csv
    from kith.record.extract.queries import export_return

    return_ = export_return("903" if kind == "903" else "cin", year, authority or only_authority())
    folder.mkdir(parents=True, exist_ok=True)
    files = (
        write_903_csv(return_, folder)
        if kind == "903"
        else [write_cin_xml(return_, folder / f"cin_{year}.xml")]
    )
    rows = {name: frame.height for name, frame in return_.tables.items() if frame.height}
    lines = [f"{name:<22}{number:>9,} rows" for name, number in rows.items()]
    tell(
        {"return": kind, "year": year, "rows": rows, "files": [str(file) for file in files]},
        [f"{kind.upper()} {year} written to {folder}", *lines],
        machine=as_json,
    )


def only_authority() -> str:
    """The code of the one authority whose children the record knows. Asks for it where there are more."""
    from kith.record.people.queries import authorities_known

    known = authorities_known()
    if len(known) != 1:
        found = ", ".join(known) or "none"
        raise CouldNot(
            f"The record holds children of more than one authority, or of none ({found}). Give --authority."
        )
    return known[0]


@main.command()
@click.option("--to", "folder", type=click.Path(file_okay=False, path_type=Path), required=True)
@click.option("--format", "form", type=click.Choice(["parquet", "csv"]), default="parquet", show_default=True)
@on_database
@as_json
def extract(folder: Path, form: str, database: str | None, as_json: bool) -> None:
    """Write the record as dataset tables (the Standard Safeguarding Dataset and Kith's own)."""
    start_django(database)
    from kith.dataset.dataset import write_folder
    from kith.record.extract.queries import extract as extract_record

    dataset = extract_record()
    write_folder(dataset, folder, "csv" if form == "csv" else "parquet")
    rows = {name: frame.height for name, frame in dataset.items() if frame.height}
    lines = [f"{name:<34}{number:>9,} rows" for name, number in rows.items()]
    tell({"rows": rows, "folder": str(folder)}, [f"Written to {folder}", *lines], machine=as_json)


@main.command()
@click.option("--children", default=400, show_default=True, help="Open children at the end, about.")
@click.option("--years", default=6, show_default=True)
@click.option("--seed", default=1, show_default=True, help="The same seed makes the same authority.")
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    default="2026-03-31",
    show_default=True,
    help="The last day told.",
)
@click.option("--to", "folder", type=click.Path(file_okay=False, path_type=Path), required=True)
@as_json
def invent(children: int, years: int, seed: int, until: datetime, folder: Path, as_json: bool) -> None:
    """Make an invented authority, Northbrook: families, histories and returns. No real person.

    The same seed gives the same authority.
    """
    from kith.dataset.dataset import write_folder
    from kith.invented.authority import invent as invent_authority
    from kith.invented.frames import dataset_of, write_returns
    from kith.standards.places import PlacesNotBuilt

    with progress("Inventing", machine=as_json) as step:
        step("families", 0, 3)
        try:
            authority = invent_authority(children, years, seed, until.date())
        except (ValueError, PlacesNotBuilt) as problem:
            raise CouldNot(str(problem)) from problem
        step("tables", 1, 3)
        write_folder(dataset_of(authority), folder / "dataset")
        step("returns", 2, 3)
        files = write_returns(authority, folder)
    made = {"families": len(authority.families), "acts": len(authority.diary), "files": len(files)}
    lines = [f"{name:<10}{value:>9,}" for name, value in made.items()]
    tell(
        {**made, "folder": str(folder), "authority": authority.code},
        [*lines, f"in {folder}"],
        machine=as_json,
    )


@main.command()
@click.argument("email")
@click.argument("name")
@on_database
@as_json
def administrator(email: str, name: str, database: str | None, as_json: bool) -> None:
    """Make the first administrator of an empty record, and print a password to change at first sign-in."""
    start_django(database)
    import secrets

    from kith.record.people.staff import add_first_administrator
    from kith.record.refusals import Refused

    password = secrets.token_urlsafe(12)
    try:
        add_first_administrator(email=email, name=name, password=password)
    except Refused as problem:
        raise CouldNot(str(problem)) from problem
    tell(
        {"email": email, "password": password},
        [f"{name} may sign in as {email}: {password}"],
        machine=as_json,
    )


if __name__ == "__main__":
    main()
