"""`kith check`: the DfE's validation rules over returns."""

import re
from collections import Counter
from collections.abc import Callable, Container, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kith.cli.checking_status import status_of
from kith.cli.terminal import CouldNot, ReturnYear, progress, tell

if TYPE_CHECKING:
    import polars as pl

    from kith.checks import Report
    from kith.checks.door.reading import GivenReturn
    from kith.dataset.returns import Kind, Reject

AUTHORITY = re.compile(r"[0-9]{3}|[EWSN][0-9]{8}")
FORMATS = ("text", "html", "xlsx", "csv", "json")
ONE_AT_A_TIME = ("html", "csv")
"""Forms in which one report after another, as at the terminal, makes no page or table that opens."""


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option(
    "--return", "return_", type=click.Choice(["903", "cin"]), help="Check returns of this kind only."
)
@click.option(
    "--year", type=ReturnYear(), help="The year to check: 2026-27, or 2027. Without it, every year."
)
@click.option("--previous", type=click.Path(path_type=Path), help="Last year's return, where not among PATH.")
@click.option(
    "--providers",
    type=click.Path(path_type=Path),
    help="Ofsted's list of providers: a workbook, or a folder of them.",
)
@click.option("--authority", metavar="CODE", help="Who sends the return: three digits, or the ONS code.")
@click.option("--authorities", is_flag=True, help="PATH is a folder of authorities, each in its own folder.")
@click.option("--only", metavar="CODES", help="These rules only, parted by commas.")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="Without it, what the name of --output ends with; else text.",
)
@click.option(
    "--output", type=click.Path(path_type=Path), help="The file to write. Without it, the terminal."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for machines.")
def check(
    paths: tuple[Path, ...],
    return_: str | None,
    year: int | None,
    previous: Path | None,
    providers: Path | None,
    authority: str | None,
    authorities: bool,
    only: str | None,
    form: str | None,
    output: Path | None,
    as_json: bool,
) -> int:
    """Check returns against the DfE's validation rules.

    PATH is a folder, a zip file or one file, of SSDA903 returns (CSV, XML or Parquet) or CIN censuses (XML or
    Parquet); several years may lie together, and each is checked with the year before it where that is there.
    Of tables of the Standard Safeguarding Dataset the return is made first: say --return and --year. Every
    rule is told of: clear, with findings, could not run (and what it lacked), or crashed.

    With --authorities the machine's cores share a region's returns: a folder of folders, one for each
    authority, whose name may begin with its code. A line for each return, then every rule over all of them;
    as CSV or JSON, the counts by authority, year and rule. --previous is then a folder of the same kind.

    \b
    Exit status:
      0  clean: every rule ran on all that was given, none found anything
      1  findings, or an authority of several that could not be checked
      2  could not read what was given, or do what was asked
      3  a rule crashed
      4  nothing found, but a rule could not run, or a row or file not be read
    """
    form = _form(form, output, as_json=as_json)
    _check_output(form, output)
    _check_authority(authority)
    codes = only.replace(",", " ").split() if only else None
    if authorities:
        from kith.checks.authorities import Asked
        from kith.cli.checking_authorities import check_authorities

        _check_several(paths, previous, authority, form)
        asked = Asked(return_, year, codes, previous, _providers(providers))
        return check_authorities(paths[0], asked, form, output)
    from kith.checks.door.reading import wanted_of

    with progress("Checking", machine=form == "json") as step:
        step("reading", 0, 2)
        given = _read(paths, return_, year, authority)
        wanted = wanted_of(given, return_, year)
        last = _read((previous,), return_, None, authority) if previous else []
        _check_wanted(wanted, last, authority, form if output is None else "")
        reports = _checked(
            wanted,
            [*last, *given],
            _providers(providers),
            authority,
            codes,
            step,
        )
    _give(reports, form, output)
    ended = sum((report.statuses for report, _ in reports), Counter())
    return status_of(ended, unread=any(one.rejects for _, one in reports))


Checked = list[tuple["Report", "GivenReturn"]]


def _form(asked: str | None, output: Path | None, *, as_json: bool) -> str:
    """The form to answer in. Raises CouldNot where two were asked for."""
    if as_json and asked not in (None, "text", "json"):
        raise CouldNot(f"--json and --format {asked} ask for two forms. Say one of them, and --output FILE.")
    if as_json or asked:
        return "json" if as_json else str(asked)
    ending = output.suffix.lower().removeprefix(".") if output else ""
    return ending if ending in FORMATS else "text"


def _check_output(form: str, output: Path | None) -> None:
    if form == "xlsx" and output is None:
        raise CouldNot(
            "A workbook cannot be shown at the terminal. Say where to write it: --output FILE.xlsx"
        )
    if output is not None and not output.parent.is_dir():
        raise CouldNot(f"There is no folder {output.parent} to write to.")


def _check_authority(authority: str | None) -> None:
    """Raise CouldNot for what is no authority's code: the rules that ask it would be wrong."""
    if authority is not None and not AUTHORITY.fullmatch(authority):
        raise CouldNot(
            f"“{authority}” is not an authority's code. Give the three digits that the Department for "
            "Education knows it by, or the ONS code, for example: 301 or E09000002"
        )


def _read(
    paths: Sequence[Path], return_: str | None, year: int | None, authority: str | None
) -> "list[GivenReturn]":
    """Every return at the paths; of an extract, the return that was asked for and the year before's."""
    from kith.checks.door.extracts import holds_extract, read_extract
    from kith.checks.door.reading import read_given

    read: list[GivenReturn] = []
    for path in paths:
        if not holds_extract(path):
            read += read_given(path, year=year if len(paths) == 1 else None)
        elif return_ is None or year is None:
            raise CouldNot(
                "These are tables of the Standard Safeguarding Dataset, from which any return can be made. "
                "Say which to check: --return 903 or cin, and --year."
            )
        else:
            kind: Kind = "903" if return_ == "903" else "cin"
            read += read_extract(path, kind, year, authority)
    return read


def _check_several(paths: Sequence[Path], previous: Path | None, authority: str | None, form: str) -> None:
    """Raise CouldNot for what cannot be asked of several authorities at once."""
    if len(paths) > 1:
        raise CouldNot("With --authorities give one PATH: the folder that holds the authorities' folders.")
    if previous is not None and not previous.is_dir():
        raise CouldNot(f"There is no folder at {previous}. Give last year's folder of the same authorities.")
    if authority is not None:
        raise CouldNot(
            "--authority names one sender. With --authorities each folder's name says whose it is."
        )
    if form not in ("text", "csv", "json"):
        raise CouldNot(f"The counts of several authorities are told as text, csv or json, not as {form}.")


def _check_wanted(
    wanted: "list[GivenReturn]", last: "list[GivenReturn]", authority: str | None, form: str
) -> None:
    """Raise CouldNot where what was asked does not go with the returns that are there.

    `last` is what --previous holds, and `form` what would be printed at the terminal.
    """
    from kith.checks.checking import ons_code
    from kith.checks.door.reading import year_before, years_named

    if len(wanted) > 1 and form in ONE_AT_A_TIME:
        raise CouldNot(
            f"{len(wanted)} returns are there, and each has a report of its own. "
            f"Say where to write them: --output FILE.{form}; or choose one with --return and --year."
        )
    if last and not any(year_before(one, last) for one in wanted):
        held, asked = (", ".join(dict.fromkeys(years_named(each))) for each in (last, wanted))
        raise CouldNot(
            f"--previous holds {held}, but what is checked is {asked}. "
            "Give the same authority's return of the year before, or leave --previous out."
        )
    if authority and not any(ons_code(authority, one.year) for one in wanted):
        raise CouldNot(
            f"No authority for children's social care has the code {authority} in those years. "
            "Check it, or give the ONS code."
        )


def _providers(path: Path | None) -> "pl.DataFrame | None":
    if path is None:
        return None
    from kith.checks.door.providers import read_providers

    found: pl.DataFrame = read_providers(path)
    return found


def _checked(
    returns: "list[GivenReturn]",
    others: "list[GivenReturn]",
    providers: "pl.DataFrame | None",
    authority: str | None,
    only: list[str] | None,
    step: Callable[[str, int, int], None],
) -> Checked:
    from kith.checks import NoSuchRule
    from kith.checks import check as check_return
    from kith.checks.door.reading import year_before

    done: Checked = []
    for at, one in enumerate(returns):
        step("running the rules", at, len(returns))
        try:
            report = check_return(
                one,
                return_=one.return_,
                year=one.year,
                only=only,
                previous=year_before(one, others),
                providers=providers,
                authority=authority,
            )
        except NoSuchRule as problem:
            raise CouldNot(str(problem)) from None
        done.append((report, one))
    return done


def _give(reports: Checked, form: str, output: Path | None) -> None:
    if form == "text" and output is None:
        _tell_people(reports)
        return
    if form == "json" and output is None:
        from kith.checks.results.files import told

        whole = [told(report, one.rejects) for report, one in reports]
        tell({"returns": whole}, [], machine=True)
        return
    written: set[Path] = set()
    for report, one in reports:
        data = _as_file(report, one.rejects, form, one)
        if output is None:
            click.echo(data, nl=False)
        else:
            place = _place(output, one, len(reports), written)
            written.add(place)
            place.write_bytes(data)
            click.echo(f"{_title(report)}: {place}")
            click.echo("\n".join(f"  {line}" for line in _in_short(report, one)))


def _in_short(report: "Report", one: "GivenReturn") -> list[str]:
    """What a person asks first of a report they have not opened yet."""
    from kith.checks.results.summary import counts_in_words, found_in_words

    lines = [counts_in_words(report), found_in_words(report)]
    if doubt := _doubt_of_the_year(one):
        lines.insert(0, f"the year was given{doubt}")
    return [*lines, _unread(one)] if one.rejects else lines


def _unread(one: "GivenReturn") -> str:
    return f"{_counted(len(one.rejects), 'row or file', 'rows or files')} could not be read"


def _counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 file", "1,200 files"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _place(output: Path, one: "GivenReturn", count: int, written: Container[Path]) -> Path:
    """The file to write: as named, or with the return and year in its name where there are several.

    Where a year's return was given twice, with a number too, so that none writes over what another found.
    """
    if count == 1:
        return output
    named = output.with_stem(f"{output.stem}_{one.return_}_{one.year}")
    numbered = (named.with_stem(f"{named.stem}_{number}") for number in range(2, count + 1))
    return next(place for place in (named, *numbered) if place not in written)


def _as_file(report: "Report", rejects: "Sequence[Reject]", form: str, one: "GivenReturn") -> bytes:
    from kith.checks.results import files

    if form == "text":
        return ("\n".join(_lines(report, one)) + "\n").encode()
    if form == "csv":
        return files.as_csv(report)
    made: dict[str, Any] = {"html": files.as_page, "xlsx": files.as_workbook, "json": files.as_json}
    data: bytes = made[form](report, rejects)
    return data


def _tell_people(reports: Checked) -> None:
    for at, (report, one) in enumerate(reports):
        if at:
            click.echo("")
        click.echo("\n".join(_lines(report, one)))


def _lines(report: "Report", one: "GivenReturn") -> list[str]:
    from kith.checks.results.summary import summary

    lines = list(summary(report))
    rows, files = _counted(one.rows(), "row"), _counted(len(one.files), "file")
    lines.insert(1, f"{rows} of {files}; the year was {one.because}{_doubt_of_the_year(one)}")
    if one.rejects:
        lines += ["", f"{_unread(one)}:"]
        lines += [
            f"  {reject.file}{f', line {reject.line}' if reject.line else ''}: {reject.reason}"
            for reject in one.rejects[:20]
        ]
    return [_harmless(line) for line in lines]


def _doubt_of_the_year(one: "GivenReturn") -> str:
    """A doubt about a year that was given, where most dates of the return fall in another; else nothing."""
    from kith.dataset.formats import tables_903, tables_cin
    from kith.dataset.years import infer_year, year_name

    if one.because != "given":
        return ""
    inferred = infer_year(one.tables, tables_903() if one.return_ == "903" else tables_cin())
    if inferred is None or inferred[0] == one.year:
        return ""
    return f", but most of the dates fall in {year_name(inferred[0])}: is --year right?"


def _harmless(line: str) -> str:
    """A line without signs that would move or hide what stands on the terminal; a return may hold any."""
    return "".join(sign if sign.isprintable() else "?" for sign in line)


def _title(report: "Report") -> str:
    from kith.checks.results.summary import title

    return title(report)
