"""`kith open`: bringing an authority's returns into the record."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kith.cli.terminal import (
    DONE,
    DONE_WITH_REJECTS,
    ReturnYear,
    as_json,
    on_database,
    progress,
    start_django,
    tell,
)

if TYPE_CHECKING:
    from kith.dataset.returns import Reject
    from kith.record.importer.counts import FileCounts
    from kith.record.importer.opening import Opened

REJECTS_SHOWN = 50


@click.command(name="open")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--year", type=ReturnYear(), help="The return's year (2017-18, or 2018), where dates mislead.")
@click.option(
    "--authority",
    metavar="CODE",
    help="The authority's three-digit code. Without it: what the files say, or "
    "else the only authority that the record knows.",
)
@on_database
@as_json
def open_path(
    folder: Path, year: int | None, authority: str | None, database: str | None, as_json: bool
) -> int:
    """Bring the returns in FOLDER into the record.

    FOLDER is a folder, a zip file or one file, of SSDA903 returns (CSV or XML, one year or several), CIN
    censuses (XML) or tables of the Standard Safeguarding Dataset (CSV). Files are told apart by what they
    hold. One that cannot be read does not keep the others out.

    Six counts are printed, and they add up: rows read = added (new), continued (what was open has ended),
    corrected (something said before is said differently), unchanged, and rejected. Each reject is listed
    with its file, line and reason. The same folder twice changes nothing; years may come in any order.
    """
    start_django(database)
    from kith.record.importer.opening import open_path as open_into_record

    with progress("Opening", machine=as_json) as step:
        opened = open_into_record(folder, by=None, authority=authority, year=year, progress=step)
    tell(_for_machines(opened), _for_people(opened), machine=as_json)
    return DONE_WITH_REJECTS if opened.rejects or opened.result.counts.rejected else DONE


def _for_machines(opened: "Opened") -> dict[str, Any]:
    return {
        "counts": opened.result.counts.as_dict(),
        "found": opened.found,
        "authority": opened.authority,
        "files": [_of_file(file) for file in opened.result.files],
        "batch": opened.result.batch.pk,
        "facts": dict(opened.result.facts),
        "differences": opened.result.differences,
        "unreturned": opened.result.unreturned,
        "notes": list(opened.notes),
        "rejects": [
            {"file": each.file, "line": each.line, "column": each.column, "reason": each.reason}
            for each in opened.rejects
        ],
    }


def _of_file(file: "FileCounts") -> dict[str, Any]:
    told = asdict(file)
    return {**told, "counts": file.counts.as_dict()}


def _for_people(opened: "Opened") -> list[str]:
    counts = opened.result.counts.as_dict()
    width = len(f"{counts['read']:,}")
    whose = f"Authority {opened.authority} ({opened.authority_because})"
    lines = [
        *opened.found,
        whose,
        "",
        *(f"  {name:<10} {number:>{width},}" for name, number in counts.items()),
    ]
    if opened.result.differences:
        lines += [
            "",
            f"{opened.result.differences:,} facts that somebody recorded in Kith were left as they are. "
            f"Each is listed beside what the file says on {_page_of(opened)}",
        ]
    if opened.result.unreturned:
        lines += [
            "",
            f"{opened.result.unreturned:,} rows are in the record, but a return made from it would not hold "
            "them as they stand in the files:",
            *_reasons(opened),
            f"Each row is listed on {_page_of(opened)}",
        ]
    if opened.notes:
        lines += ["", "Of single files:", *(f"  {note}" for note in opened.notes)]
    return [*lines, *_rejects_in_words(opened.rejects)]


def _page_of(opened: "Opened") -> str:
    return f"the import's page: Returns, or /returns/import/{opened.result.batch.pk}/ in the browser"


def _reasons(opened: "Opened") -> list[str]:
    """How many rows for each reason, the commonest first."""
    from kith.record.importer.queries import unreturned_by_reason

    return [f"  {count:>9,}  {reason}" for reason, count in unreturned_by_reason(opened.result.batch)]


def _rejects_in_words(rejects: "tuple[Reject, ...]") -> list[str]:
    if not rejects:
        return []
    lines = ["", "Rejected:", *(_in_words(each) for each in rejects[:REJECTS_SHOWN])]
    if len(rejects) > REJECTS_SHOWN:
        lines.append(f"  ... and {len(rejects) - REJECTS_SHOWN:,} more; --json lists them all.")
    return lines


def _in_words(reject: "Reject") -> str:
    place = reject.file if reject.line is None else f"{reject.file}, line {reject.line}"
    return f"  {place}{f', {reject.column}' if reject.column else ''}: {reject.reason}"
