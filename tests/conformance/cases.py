"""Recorded cases: the tables an open tool was given, and the rows it flagged.

A cell that is null is any missing value; a date in a datetime column is ISO text; one inside an object column
is {"$date": iso}. A table that is there but lacks a column that our rule reads gets it, blank: a case holds
only what the tool's own rule read.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from kith.checks import Report, Rule
from kith.checks.collection import Collection
from kith.checks.door.typing import made_ready
from kith.checks.paths import LAST_YEAR
from kith.checks.runner import run
from kith.checks.views import Views
from kith.dataset.formats import tables_903, tables_cin

CIN_TABLES = {
    "ChildIdentifiers": "Children",
    "ChildCharacteristics": "Children",
    "AssessmentFactorsList": "AssessmentFactors",
    "PreProceedingsandFGDM": "PreProceedings",
}
CIN_COLUMNS = {"AssessmentID": "AssessmentsID"}
COLUMNS_903 = {"UASC_STATUS": "UASC", "PLACEMENT": "PLACE"}
"""Names that the open tool has for a column of no file (known_peer_defects.csv), and the file's own."""
NUMBERS = {
    "CINdetails": ("CINdetailsID",),
    "Assessments": ("CINdetailsID", "AssessmentsID"),
    "AssessmentFactors": ("CINdetailsID", "AssessmentsID"),
    "ChildProtectionPlans": ("CINdetailsID", "CPPID"),
    "Reviews": ("CINdetailsID", "CPPID"),
}


@dataclass
class Case:
    """One recorded case as our own tables; `labels` gives the file's name for each row of a table."""

    name: str
    return_: str
    code: str
    year: int
    expected: Mapping[str, Any]
    metadata: Mapping[str, Any]
    tables: dict[str, pl.DataFrame] = field(default_factory=dict)
    labels: dict[str, list[tuple[str, Any]]] = field(default_factory=dict)
    unlike_a_file: set[tuple[str, Any]] = field(default_factory=set)
    """Rows with an empty text or small letters in a field of the rule. No file of the return holds them as
    they are: its reader takes a blank cell as no value, and its text in capitals."""


def read_case(path: Path) -> Case:
    """The case in a file."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    year = int(raw["ruleset"][-2:]) + 2000
    case = Case(path.stem, raw["return"], raw["rule"], year, raw["expected"], raw["metadata"])
    for name, table in raw["tables"].items():
        own = CIN_TABLES.get(name, name) if case.return_ == "cin" else _own_name(name)
        _add_table(case, own, name, table)
        if case.return_ == "903":
            case.unlike_a_file |= _unlike_a_file(name, table, raw["fields"])
    if case.metadata.get("file_format") == "csv":
        _as_csv_files_are(case)
    if case.return_ == "cin" and "AssessmentFactors" not in case.tables:
        _spread_factors(case)
    return case


def _unlike_a_file(name: str, table: Mapping[str, Any], fields: list[str]) -> set[tuple[str, Any]]:
    places = [at for at, column in enumerate(table["columns"]) if column["name"] in fields]
    labelled = zip(table["index"], table["rows"], strict=True)
    return {(name, label) for label, row in labelled if any(_is_unlike_a_file(row[at]) for at in places)}


def _is_unlike_a_file(cell: Any) -> bool:
    return isinstance(cell, str) and (not cell.strip() or cell != cell.upper())


def _own_name(name: str) -> str:
    return f"{LAST_YEAR}.{name.removesuffix('_last')}" if name.endswith("_last") else name


def _add_table(case: Case, own: str, name: str, table: Mapping[str, Any]) -> None:
    renamed = COLUMNS_903 if case.return_ == "903" else CIN_COLUMNS
    columns = [renamed.get(column["name"], column["name"]) for column in table["columns"]]
    day_first = case.return_ == "903"
    cells = {
        column: pl.Series([_text(row[at], day_first) for row in table["rows"]], dtype=pl.String)
        for at, column in enumerate(columns)
    }
    frame = pl.DataFrame(cells)
    labels = [(name, label) for label in table["index"]]
    if own in case.tables:
        frame = pl.concat([case.tables[own], frame], how="diagonal")
        labels = case.labels[own] + labels
    case.tables[own], case.labels[own] = frame, labels


def _as_csv_files_are(case: Case) -> None:
    """Header as CSV files have it: every unaccompanied child in it, no column UASC (the tool adds one)."""
    for year in ("", f"{LAST_YEAR}."):
        header, unaccompanied = f"{year}Header", f"{year}UASC"
        if header in case.tables:
            case.tables[header] = case.tables[header].drop("UASC", strict=False)
        elif unaccompanied in case.tables:
            case.tables[header] = case.tables[unaccompanied].select("CHILD")


def _text(value: Any, day_first: bool) -> str | None:
    if isinstance(value, dict) and "$date" in value:
        value = value["$date"]
    if value is None:
        return None
    if isinstance(value, list):
        return json.dumps(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value)
    return _in_the_return_s_form(text, day_first)


def _in_the_return_s_form(text: str, day_first: bool) -> str:
    """A date in the form of the return's own files; any other text as it is."""
    try:
        day = date.fromisoformat(text[:10]) if len(text) >= 10 and text[4:5] == "-" else None
    except ValueError:
        day = None
    if day is not None and day_first:
        return f"{day:%d/%m/%Y}"
    if day is not None:
        return day.isoformat()
    if not day_first and len(text) == 10 and text[2] == text[5] and text[2] in "/-":
        return f"{text[6:]}-{text[3:5]}-{text[:2]}"
    return text


def _spread_factors(case: Case) -> None:
    """A list of factors in an assessment's cell as rows of their own, pointing back at the assessment."""
    assessments = case.tables.get("Assessments")
    if assessments is None or "AssessmentFactors" not in assessments.columns:
        return
    listed = [_listed(cell) for cell in assessments["AssessmentFactors"]]
    if "AssessmentsID" not in assessments.columns:
        numbers = pl.Series("AssessmentsID", [str(at) for at in range(assessments.height)])
        case.tables["Assessments"] = assessments = assessments.with_columns(numbers)
    places = [at for at, factors in enumerate(listed) for _ in factors]
    keys = [key for key in ("LAchildID", "CINdetailsID", "AssessmentsID") if key in assessments.columns]
    flat = pl.Series("AssessmentFactor", [one for factors in listed for one in factors], dtype=pl.String)
    case.tables["AssessmentFactors"] = assessments[places].select(keys).with_columns(flat)
    case.labels["AssessmentFactors"] = [case.labels["Assessments"][at] for at in places]


def _listed(cell: str | None) -> list[str]:
    if cell is None:
        return []
    return json.loads(cell) if cell.startswith("[") else [cell]


def answer(case: Case, rule: Rule) -> Report:
    """Our rule's report on a case, by the rule as it stands in the case's year."""
    tables = {
        name: made_ready(_filled(frame, name, case), _bare(name), case.return_)
        for name, frame in case.tables.items()
    }
    collection = _collection(case, tables)
    views = Views(tables, collection, _providers(case))
    return Report(collection, run([rule], views), views)


def _bare(name: str) -> str:
    return name.removeprefix(f"{LAST_YEAR}.")


def _filled(frame: pl.DataFrame, name: str, case: Case) -> pl.DataFrame:
    """The table with every column of its return, blank where the case has none of it."""
    formats = tables_903() if case.return_ == "903" else tables_cin()
    bare = _bare(name)
    wanted = list(formats[bare].headings) if bare in formats else []
    if case.return_ == "cin" and bare != "Header":
        wanted += ["LAchildID", *NUMBERS.get(bare, ("CINdetailsID",) if bare != "Children" else ())]
    missing = [column for column in dict.fromkeys(wanted) if column not in frame.columns]
    return frame.with_columns(pl.lit(None, dtype=pl.String).alias(column) for column in missing)


def _collection(case: Case, tables: Mapping[str, pl.DataFrame]) -> Collection:
    told = case.metadata
    first, last = _day(told.get("collection_start")), _day(told.get("collection_end"))
    if case.return_ == "cin" and "Header" in tables:
        last = next(iter(tables["Header"]["ReferenceDate"].drop_nulls()), None)
    year = case.year
    if told.get("collectionYear"):
        year = int(str(told["collectionYear"])[:4]) + (1 if "/" in str(told["collectionYear"]) else 0)
    if last and not first:
        first = date(last.year - 1, 4, 1)
    if first and not last:
        last = date(first.year + 1, 3, 31)
    return Collection(case.return_, year, told.get("localAuthority"), first, last)


def _day(text: str | None) -> date | None:
    if not text:
        return None
    day, month, year = str(text).split("/")
    return date(int(year), int(month), int(day))


def _providers(case: Case) -> pl.DataFrame | None:
    table = case.metadata.get("provider_info")
    if table is None:
        return None
    table = table["$table"]
    cells = {
        column["name"]: pl.Series([_text(row[at], False) for row in table["rows"]], dtype=pl.String)
        for at, column in enumerate(table["columns"])
    }
    frame = pl.DataFrame(cells)
    dates = [name for name in ("REG_DATE", "REG_END") if name in frame.columns]
    return frame.with_columns(pl.col(name).str.to_date("%Y-%m-%d", strict=False) for name in dates)


def flagged(case: Case, report: Report) -> tuple[set[tuple[str, Any]], set[tuple[str, Any]]]:
    """The rows our rule found, by the case's own table names and labels: those it is about (in its own table,
    and those of other tables beside them), and those of its own table that it links."""
    own: set[tuple[str, Any]] = set()
    linked: set[tuple[str, Any]] = set()
    for finding in report.findings():
        first, *others = finding.rows
        for row in finding.rows:
            if row.table in case.labels:
                is_linked = row in others and row.table == first.table
                (linked if is_linked else own).add(case.labels[row.table][row.row])
    return own, linked


def expected(case: Case) -> set[tuple[str, Any]]:
    """The rows the case says were flagged."""
    if "flags" in case.expected:
        return {(table, row) for table, rows in case.expected["flags"].items() for row in rows}
    return {(table, row) for table, _, row in case.expected.get("locations", [])}
