"""The command `kith`, for people at a terminal and for the machines that call it."""

import click

from kith.cli.auditing import audit
from kith.cli.checking import check
from kith.cli.insight import insight
from kith.cli.opening import open_path
from kith.cli.rehearsing import rehearse
from kith.cli.serving import administrator, run
from kith.cli.staffing import worker
from kith.cli.terminal import Terminal
from kith.cli.writing import export, extract, invent


@click.group(cls=Terminal, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kith", prog_name="kith")
def main() -> None:
    """Run children's social care on one record.

    \b
    Start here:
      kith run --demo        open Kith in a browser, with an invented authority in it
      kith open FOLDER       bring an authority's own returns into the record
      kith check FOLDER      check an authority's returns against the DfE's rules
      kith insight FOLDER --output report.html
                             tell its case for change: help, care, homes, workers
      kith export 903 --year 2025-26 --to FOLDER
                             write a year's return from the record
      kith extract --to FOLDER
                             write the whole record as tables, for analysis

    \b
    The record is an SQLite file in the folder var/ (KITH_HOME), unless --database or
    DATABASE_URL names another. Its tables are made and upgraded at the start of a command.

    \b
    With --json a command prints one JSON object on standard output and nothing else;
    when it could not do its work, the object holds the one word "error" and the reason.

    \b
    Exit status:
      0  done
      1  done, with rejects: rows or files that could not be read, each listed with its reason
      2  could not: nothing was changed or written, and a sentence says what to do
      (kith check has its own: kith check --help)

    All settings are in docs/guides/operator.md.
    """


for command in (
    run, open_path, check, insight, export, extract, invent, rehearse, administrator, worker, audit,
):  # fmt: skip
    main.add_command(command)
