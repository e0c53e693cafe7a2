"""What every command shares: its options, its exit status, how it tells its result and its faults."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import click

from kith.cli.faults import in_words
from kith.standards.years import year_from

DONE, DONE_WITH_REJECTS, COULD_NOT = 0, 1, 2
Step = Callable[[str, int, int], None]  # stage in words, how many are done, of how many


class CouldNot(click.ClickException):
    """What was asked for could not be done; the message says why and what to do."""

    exit_code = COULD_NOT


class Terminal(click.Group):
    """The commands; any fault below them becomes one plain sentence and exit status 2."""

    def main(self, args: Any = None, **settings: Any) -> Any:  # type: ignore[override]
        given = list(sys.argv[1:] if args is None else args)
        settings["standalone_mode"] = False
        try:
            status = super().main(given, **settings)
        except click.ClickException as problem:
            _could_not(problem.format_message(), given, problem)
        except click.Abort:
            _could_not("Stopped. What had not been finished was not kept.", given)
        except Exception as fault:  # the last door: a person at a terminal never meets a traceback
            _could_not(in_words(fault), given)
        sys.exit(status if isinstance(status, int) else DONE)


def _could_not(why: str, args: list[str], problem: click.ClickException | None = None) -> None:
    """Say why on standard error, and for machines on standard output too; leave with exit status 2."""
    if "--json" in args:
        click.echo(json.dumps({"error": why}, ensure_ascii=False))
    if isinstance(problem, click.UsageError):
        problem.show()
    else:
        click.echo(f"Could not: {why}", err=True)
    sys.exit(COULD_NOT)


class ReturnYear(click.ParamType):  # type: ignore[type-arg]  # generic from click 8.4 only
    """A return's year as people write it (2017-18), or as the year it ends in (2018)."""

    name = "year"

    def convert(self, value: Any, param: Any, ctx: Any) -> int:
        try:
            return year_from(str(value))
        except ValueError as problem:
            self.fail(str(problem), param, ctx)


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
        help="The record: sqlite:////full/path/kith.sqlite3 or postgres://NAME:PASSWORD@HOST/DATABASE. "
        "An SQLite file in var/ when left out.",
    )(command)


def start_django(database: str | None) -> None:
    """Make the record ready: its settings read, its tables as this version needs them.

    Raises CouldNot where the database cannot be opened.
    """
    if database:
        _check_address(database)
        os.environ["DATABASE_URL"] = database
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kith.web.settings")
    os.umask(0o077)  # the record, its files and its journal are for whoever runs Kith alone
    import django
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.db import Error

    try:
        django.setup()
        if settings.HOME_IS_NEW:
            (settings.HOME / ".gitignore").write_text("*\n", encoding="utf-8")  # no record into a commit
            click.echo(
                f"Kith keeps its files in {settings.HOME}, a new folder; KITH_HOME names another.", err=True
            )
        _one_connection()
        with one_start_at_a_time():
            _make_tables_ready()
    except ImproperlyConfigured as problem:
        raise CouldNot(str(problem)) from problem
    except Error as problem:
        raise _not_opened(_first_line(problem)) from None


def _make_tables_ready() -> None:
    from django.core.management import call_command

    from kith.record import tables

    if tables.are_behind():
        click.echo("Making the record's tables ready ...", err=True)
        tables.make_or_update()
    call_command("createcachetable", verbosity=0)


@contextmanager
def one_start_at_a_time() -> Iterator[None]:
    """While the block runs no other start makes tables or data in this record: whoever comes later waits.

    Raises CouldNot where nothing can be written beside an SQLite file.
    """
    from kith.record.importer.alive import MAKING_READY, in_turn

    with ExitStack() as ours:
        try:
            ours.enter_context(in_turn(MAKING_READY, waits=_say_that_it_waits))
        except OSError as problem:
            raise _not_opened(problem.strerror or str(problem)) from None
        yield


def _say_that_it_waits() -> None:
    click.echo("Another Kith is making this record ready. Waiting until it has finished ...", err=True)


def _check_address(database: str) -> None:
    """Raise CouldNot for what is no database's address. It may hold a password, so it is not shown."""
    import dj_database_url

    try:
        engine = dj_database_url.parse(database)["ENGINE"]
    except ValueError:
        engine = ""
    if not engine.endswith(ENGINES):
        raise CouldNot(f"The address of the record's database could not be read. {ASK}")


def _one_connection() -> None:
    """Connect plainly, and not for ever: a pool would ask a server that is not there for half a minute."""
    from django.db import connection

    if connection.vendor == "postgresql":
        connection.settings_dict["OPTIONS"].pop("pool", None)
        connection.settings_dict["OPTIONS"].setdefault("connect_timeout", 5)


ENGINES = (".sqlite3", ".postgresql")
ASK = (
    "Check --database (or DATABASE_URL): sqlite:////full/path/kith.sqlite3, or "
    "postgres://NAME:PASSWORD@HOST/DATABASE with a server that answers there."
)


def _not_opened(why: str) -> CouldNot:
    return CouldNot(f"The record's database could not be opened ({why}). {ASK}")


def _first_line(problem: Exception) -> str:
    return (str(problem).strip().splitlines() or [type(problem).__name__])[0].rstrip(".")


def tell(result: dict[str, Any], lines: list[str], *, machine: bool) -> None:
    """Print the result once: as JSON for machines, or as lines for people."""
    click.echo(json.dumps(result, default=str, ensure_ascii=False) if machine else "\n".join(lines))


@contextmanager
def progress(title: str, *, machine: bool) -> Iterator[Step]:
    """A bar on standard error while work goes on; the function yielded takes (stage, done, of)."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"))
    console = Console(stderr=True)
    with Progress(
        *columns,
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=machine or not console.is_terminal,
    ) as bar:
        task = bar.add_task(title, total=None)

        def step(stage: str, done: int, of: int) -> None:
            bar.update(task, description=f"{title}: {stage}", completed=done, total=of)

        yield step
