"""`kith insight`: the case for change, from a folder of returns, an extract or the record."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kith.cli.insight_asked import asked_of, lookups, place_called
from kith.cli.terminal import (
    DONE,
    DONE_WITH_REJECTS,
    CouldNot,
    ReturnYear,
    on_database,
    progress,
    start_django,
)

if TYPE_CHECKING:
    from kith.insight.opening import Opened
    from kith.insight.report import Report

FORMS = (".html", ".xlsx", ".json", ".pdf")
REJECTS_SHOWN = 20


@click.command(short_help="Tell a place's case for change, from returns, an extract or the record.")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--record", "of_record", is_flag=True, help="Tell it of the live record, instead of PATH.")
@click.option("--authority", metavar="CODE", help="Whose figures they are: three digits, or the ONS code.")
@click.option(
    "--place", metavar="NAME", help="What the place is called. Without it, what its code is called."
)
@click.option("--year", type=ReturnYear(), help="The year of the only return at PATH, where dates mislead.")
@click.option("--period", metavar="WHEN", help="2019-20, 2026-11, or 2019-01-01 to 2019-12-31.")
@click.option(
    "--years", type=click.IntRange(1, 30), default=5, show_default=True, help="Years set before it."
)
@click.option("--breakdown", "breakdowns", multiple=True, metavar="NAME", help="Show groups: age, sex, ... .")
@click.option("--only", metavar="IDS", help="These indicators only, parted by commas.")
@click.option("--for", "audience", default="inside", show_default=True, help="inside, partners or public.")
@click.option("--populations", type=click.Path(path_type=Path), help="A CSV of child populations.")
@click.option("--areas", type=click.Path(path_type=Path), help="A CSV of areas and their deprivation.")
@click.option("--published", type=click.Path(path_type=Path), help="A folder of published figures.")
@click.option("--authorities", is_flag=True, help="PATH is a folder of authorities, each in its own folder.")
@click.option("--keep", type=click.Path(path_type=Path), help="Also keep the facts here as Parquet, by year.")
@click.option("--output", type=click.Path(path_type=Path), help="FILE.html, .xlsx, .json or .pdf.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for machines.")
@on_database
def insight(path: Path | None, of_record: bool, database: str | None, **given: Any) -> int:
    """Tell a place's case for change: six findings, every figure, and what cannot be told.

    PATH is a folder, a zip file or one file of SSDA903 returns and CIN censuses (several years may lie
    together), tables of the Standard Safeguarding Dataset, or a folder of Parquet for each year as --keep
    writes it. With --record it is told of the live record instead.

    What the source cannot tell is said with its reason, and is never shown as none. Rates need
    --populations; the published ones of 2019-20 are known already. With --for partners or --for public,
    numbers are rounded and small ones kept back, so that the file may leave.

    With --authorities PATH holds a folder for each authority, whose name may begin with its code; the
    machine's cores share them, and --output FILE.json, .csv or .parquet has the figures of all.

    \b
    Exit status:
      0  done
      1  done, with rows or files (of several: authorities) that could not be read
      2  could not: nothing was written, and a sentence says what to do
    """
    from kith.cli.insight_authorities import tell_authorities

    if bool(path) == of_record:
        raise CouldNot("Say what to tell of: a PATH, or --record for the live record; one of them.")
    _check_output(given["output"], given["authorities"])
    if given["authorities"]:
        if path is None:
            raise CouldNot("--authorities needs the folder that holds the authorities.")
        return tell_authorities(path, given)
    with progress("Telling", machine=given["as_json"]) as step:
        step("reading", 0, 3)
        opened = _of_record(database, given) if path is None else _opened(path, given)
        step("counting", 1, 3)
        report = _report(opened, given)
        _keep(opened, given["keep"])
        step("writing", 2, 3)
        _write(report, given["output"])
    _tell(report, opened, given)
    return DONE_WITH_REJECTS if opened.rejects else DONE


def _check_output(output: Path | None, several: bool) -> None:
    if output is None:
        return
    if not output.parent.is_dir():
        raise CouldNot(f"There is no folder {output.parent} to write to.")
    forms = (".json", ".csv", ".parquet") if several else FORMS
    if output.suffix.lower() not in forms:
        raise CouldNot(
            f"Name the file for its form: one of {', '.join(forms)}. {output.name} is none of them."
        )


def _opened(path: Path, given: dict[str, Any]) -> "Opened":
    from kith.insight.opening import open_facts

    return open_facts(
        path,
        authority=given["authority"],
        lookups=lookups(given),
        year=given["year"],
        only_for_figures=given["keep"] is None,
    )


def _of_record(database: str | None, given: dict[str, Any]) -> "Opened":
    start_django(database)
    from dataclasses import replace

    from kith.insight.opening import Opened
    from kith.record.figures.queries import facts_of
    from kith.record.figures.services import take

    taking = take()
    asked = given["authority"]
    if asked and taking.authority and asked != taking.authority:
        raise CouldNot(
            f"The record's figures are of authority {taking.authority}. For those of {asked}, give its "
            "returns in place of --record."
        )
    facts = facts_of(taking)
    if given["populations"] or given["areas"]:
        facts = replace(facts, lookups=lookups(given), _made={})
    words = f"The record of {taking.people:,} people, as of {taking.as_of:%d/%m/%Y}"
    return Opened(replace(facts, authority=asked or facts.authority), (words,))


def _report(opened: "Opened", given: dict[str, Any]) -> "Report":
    from kith.insight.disclosure import NotForThisAudience
    from kith.insight.report import NotInsideTheFigures, report_of

    place = given["place"] or place_called(opened.facts.authority)
    try:
        return report_of(opened.facts, asked_of(given), place=place, told_from=opened.found)
    except (NotInsideTheFigures, NotForThisAudience) as problem:
        raise CouldNot(str(problem)) from None


def _keep(opened: "Opened", folder: Path | None) -> None:
    from kith.insight.keeping import write_years

    if folder is not None:
        write_years(opened.facts, folder)


def _write(report: "Report", output: Path | None) -> None:
    from kith.insight.report import as_html, as_json, write_workbook

    if output is None:
        return
    form = output.suffix.lower()
    if form == ".xlsx":
        write_workbook(report, output)
    elif form == ".json":
        output.write_text(json.dumps(as_json(report), ensure_ascii=False, indent=1), encoding="utf-8")
    elif form == ".pdf":
        _write_pdf(as_html(report), output)
    else:
        output.write_text(as_html(report), encoding="utf-8")


def _write_pdf(html: str, output: Path) -> None:
    try:
        from weasyprint import HTML
    except (ImportError, OSError):
        raise CouldNot(
            "A PDF needs WeasyPrint and Pango, which are not here. Write FILE.html, and print it from a "
            "browser."
        ) from None
    HTML(string=html).write_pdf(output)


def _tell(report: "Report", opened: "Opened", given: dict[str, Any]) -> None:
    from kith.insight.report import as_json

    if given["as_json"]:
        click.echo(json.dumps(as_json(report), ensure_ascii=False))
        return
    click.echo("\n".join(_lines(report, opened)))
    if given["output"]:
        click.echo(f"\nWritten: {given['output']}")


def _lines(report: "Report", opened: "Opened") -> list[str]:
    from kith.insight.case.case import NOTHING
    from kith.insight.case.largest import LARGEST
    from kith.insight.report.asking import title_of
    from kith.insight.report.lines import how_many_told

    lines = [title_of(report), *(f"  {each}" for each in opened.found), "", "What stands out"]
    lines += [f"  {worry.words}" for worry in report.case.worries] or [f"  {NOTHING}"]
    if report.case.largest:
        lines += ["", LARGEST, *(f"  {share.words}" for share in report.case.largest)]
    for finding in report.case.findings:
        lines += ["", finding.title, f"  {' '.join(finding.sentences) or 'Nothing of this can be told.'}"]
        lines += [f"  {each}" for each in finding.beside]
    lines += ["", how_many_told(report)]
    if opened.rejects:
        left_out = len(opened.rejects)
        lines.append(f"{left_out:,} {'row or file' if left_out == 1 else 'rows or files'} could not be read:")
        lines += [f"  {one.file}, line {one.line}: {one.reason}" for one in opened.rejects[:REJECTS_SHOWN]]
    return lines
