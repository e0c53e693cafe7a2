"""A report as a file: workbook, page, table or JSON."""

import json
from collections.abc import Sequence
from html import escape
from io import BytesIO
from typing import Any

import polars as pl

from kith.checks.catalogue import rules_year
from kith.checks.report import Report
from kith.checks.results.summary import counts_in_words, found_in_words, lacking, rules_used, title
from kith.checks.results.tables import NOT_STATED, by_child, by_rule, findings_table, told_severity
from kith.dataset.returns import Reject
from kith.dataset.writers.spreadsheet_cells import plain_cells

_WIDTHS = {
    "what is wrong": 70,
    "values": 60,
    "linked rows": 40,
    "not run because": 50,
    "rules": 60,
    "file": 28,
}
_SHEET_ROWS = 1_000_000


def as_csv(report: Report) -> bytes:
    """Every finding as CSV in UTF-8, with a byte-order mark so that spreadsheets keep accents."""
    return b"\xef\xbb\xbf" + plain_cells(findings_table(report)).write_csv().encode()


def as_json(report: Report, rejects: Sequence[Reject] = ()) -> bytes:
    """The whole report as one JSON object."""
    return json.dumps(told(report, rejects), ensure_ascii=False, default=str).encode()


def told(report: Report, rejects: Sequence[Reject] = ()) -> dict[str, Any]:
    """The report for machines: the return, the counts, each rule's outcome, each finding, each reject.

    `rules_of` is the END year whose rules were run: where its own are not held, the nearest that are.
    """
    return {
        "return": report.collection.return_,
        "year": report.collection.year,
        "rules_of": rules_year(report.collection.return_, report.collection.year),
        "rules": dict(report.statuses),
        "findings": report.finding_count,
        "by_rule": by_rule(report).to_dicts(),
        "rows": [
            {
                "rule": finding.rule.code,
                "child": finding.child,
                "rows": [vars(row) for row in finding.rows],
                "values": dict(finding.values),
            }
            for finding in report.findings()
        ],
        "rejects": [vars(reject) for reject in rejects],
    }


def as_workbook(report: Report, rejects: Sequence[Reject] = ()) -> bytes:
    """A workbook: summary, by child, by rule, every finding, the rules not run, the rows not read."""
    import xlsxwriter

    findings, rules = (told_severity(frame) for frame in (findings_table(report), by_rule(report)))
    ran = ["clear", "findings"]
    sheets = {
        "By rule": rules.filter(pl.col("findings") > 0).drop("not run because"),
        "By child": by_child(findings),
        "Findings": findings.head(_SHEET_ROWS),
        "Rules not run": rules.filter(~pl.col("result").is_in(ran)).drop("findings", "children"),
        "Rules clear": rules.filter(pl.col("result") == "clear").select(
            pl.col("rule", "^severity$", "what is wrong")
        ),
        "Rows not read": _rejects_table(rejects),
    }
    kept = BytesIO()
    with xlsxwriter.Workbook(kept, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        _write_summary(book, report, findings, rejects)
        for name, frame in sheets.items():
            _write_sheet(book, name, frame)
    return kept.getvalue()


def _write_summary(book: Any, report: Report, findings: pl.DataFrame, rejects: Sequence[Reject]) -> None:
    sheet = book.add_worksheet("Summary")
    bold = book.add_format({"bold": True, "font_size": 14})
    sheet.set_column(0, 0, 60)
    sheet.set_column(1, 1, 14)
    sheet.write_string(0, 0, f"Checks of the {title(report)}", bold)
    rows: list[tuple[str, int]] = [
        ("Rules", len(report.outcomes)),
        *((f"Rules: {status}", count) for status, count in report.statuses.most_common()),
        ("Findings", findings.height),
        ("Children with a finding", findings["child"].drop_nulls().n_unique()),
        ("Rows that could not be read", len(rejects)),
        *((f"Rules that lacked {what}", count) for what, count in lacking(report).most_common()),
    ]
    if findings.height > _SHEET_ROWS:
        rows.append(("Findings left out, for a sheet holds no more: use CSV", findings.height - _SHEET_ROWS))
    sheet.write_string(1, 0, rules_used(report))
    for at, (name, count) in enumerate(rows, start=3):
        sheet.write_string(at, 0, name)
        sheet.write_number(at, 1, count)


def _write_sheet(book: Any, name: str, frame: pl.DataFrame) -> None:
    """A sheet to read and to print: long cells wrapped, one page wide, its headings on every page."""
    sheet = book.add_worksheet(name)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    frame.write_excel(book, name, autofit=False, table_style="Table Style Light 1", freeze_panes=(1, 0))
    for at, column in enumerate(frame.columns):
        sheet.set_column(at, at, _WIDTHS.get(column, 14), wrapped)
    sheet.ignore_errors({"number_stored_as_text": f"A1:Z{frame.height + 1}"})
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _rejects_table(rejects: Sequence[Reject]) -> pl.DataFrame:
    columns = ("file", "line", "column", "reason", "row")
    cells = {name: [getattr(reject, name) for reject in rejects] for name in columns}
    schema = {name: pl.Int64 if name == "line" else pl.String for name in columns}
    return pl.DataFrame(cells, schema=schema)


def as_page(report: Report, rejects: Sequence[Reject] = ()) -> bytes:
    """One HTML page that needs nothing beside it: the summary, and each rule with its findings to unfold."""
    findings = findings_table(report)
    rules = by_rule(report)
    parts = [
        f"<h1>Checks of the {escape(title(report))}</h1>",
        f"<p>{escape(rules_used(report))}</p>",
        f"<p>{escape(counts_in_words(report))}. {found_in_words(report)}.</p>",
        *(_rule_in_html(row, findings) for row in rules.iter_rows(named=True) if row["findings"]),
        "<h2>By child</h2>",
        _table_in_html(by_child(findings), "By child"),
        "<h2>Rules not run</h2>",
        _table_in_html(
            rules.filter(pl.col("not run because") != "").select("rule", "not run because", "what is wrong"),
            "Rules not run",
        ),
        "<h2>Rows that could not be read</h2>",
        _table_in_html(_rejects_table(rejects), "Rows that could not be read"),
    ]
    return (
        f"{_HEAD}<title>{escape(title(report))}</title></head>"
        f"<body><main>{''.join(parts)}</main></body></html>".encode()
    )


def _rule_in_html(row: dict[str, Any], findings: pl.DataFrame) -> str:
    own = findings.filter(pl.col("rule") == row["rule"]).drop("rule", "severity", "what is wrong")
    severity = "" if row["severity"] == NOT_STATED else f"{row['severity']}, "
    name = f"Findings of rule {row['rule']}"
    heading = f"{row['rule']}: {row['what is wrong']} ({severity}{row['findings']:,})"
    return f"<details><summary>{escape(heading)}</summary>{_table_in_html(own, name)}</details>"


def _table_in_html(frame: pl.DataFrame, name: str) -> str:
    """The table, in a box that the keyboard can move where it is too wide for the page."""
    if not frame.height:
        return "<p>None.</p>"
    head = "".join(f"<th scope=col>{escape(column)}</th>" for column in frame.columns)
    cells = ("".join(f"<td>{escape(_shown(cell))}</td>" for cell in row) for row in frame.iter_rows())
    body = "".join(f"<tr>{row}</tr>" for row in cells)
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f'<div class=wide tabindex=0 role=region aria-label="{escape(name)}">{table}</div>'


def _shown(cell: object) -> str:
    return "" if cell is None else str(cell)


_HEAD = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><style>
body { font: 1rem/1.45 "Helvetica Neue", Arial, sans-serif; margin: 1rem auto; max-width: 75rem;
  padding: 0 1rem; color: #0b0c0c }
h1 { font-size: 1.6rem } h2 { font-size: 1.2rem; margin-top: 2rem }
summary { padding: .5rem 0; border-top: 1px solid #b1b4b6; cursor: pointer; font-weight: bold }
.wide { overflow-x: auto } table { border-collapse: collapse; font-size: .9rem }
th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0;
  border-bottom: 1px solid #dcdddf }
@media print { details > * { display: block } }
</style>"""
