"""The report as a workbook: what stands out, every figure, its groups, what is not held, and how each is
counted.
"""

from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter

from kith.insight.case.case import NOTHING
from kith.insight.case.largest import LARGEST
from kith.insight.catalogue import topics
from kith.insight.figures import NOT_HELD
from kith.insight.report.asking import Report, days_of, title_of

_LETTERS = {"text_wrap": True, "valign": "top"}
_HEADINGS = {"bold": True, "bg_color": "#14504c", "font_color": "#ffffff", "text_wrap": True, "valign": "top"}
_WIDEST = 60
OF_A_FIGURE = (
    "topic", "title", "indicator", "measure", "period", "first", "last", "breakdown", "group", "value",
    "numerator", "denominator", "low", "high", "state", "why_not", "marker",
)  # fmt: skip


def shown_figures(report: Report) -> pl.DataFrame:
    """Every figure as the audience is given it, with its title and topic, in the order of the report."""
    names = pl.DataFrame(
        {
            "indicator": [each.id for each in report.indicators],
            "title": [each.title for each in report.indicators],
            "topic": [topics()[each.topic] for each in report.indicators],
        },
        schema=dict.fromkeys(("indicator", "title", "topic"), pl.String),
    )
    return report.figures.join(names, on="indicator", how="inner", maintain_order="left").select(OF_A_FIGURE)


def write_workbook(report: Report, path: Path) -> None:
    """Write the workbook to `path`. Text is written as text, so that nothing in it is taken for a formula."""
    figures = shown_figures(report)
    everyone, not_held = pl.col("breakdown").is_null(), pl.col("state") == NOT_HELD
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(path, options) as book:
        _summary(book, report)
        _sheet(book, "Figures", figures.filter(everyone & ~not_held))
        _sheet(book, "By group", figures.filter(~everyone & ~not_held))
        _sheet(book, "Not held", _reasons(figures.filter(everyone & not_held)))
        _sheet(book, "How counted", _definitions(report))


def _reasons(figures: pl.DataFrame) -> pl.DataFrame:
    return figures.select("topic", "title", "indicator", "period", "why_not").unique(maintain_order=True)


def _definitions(report: Report) -> pl.DataFrame:
    rows = [
        (topics()[each.topic], each.title, each.id, each.definition, each.note, each.source)
        for each in report.indicators
    ]
    columns = ("topic", "title", "indicator", "definition", "note", "source")
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")


def _summary(book: Any, report: Report) -> None:
    sheet = book.add_worksheet("Summary")
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 100)
    bold, plain = book.add_format({"bold": True, "valign": "top"}), book.add_format(_LETTERS)
    for at, (name, words) in enumerate(_summary_rows(report)):
        sheet.write_string(at, 0, name, bold)
        sheet.write_string(at, 1, words, plain)


def _summary_rows(report: Report) -> list[tuple[str, str]]:
    rows = [(title_of(report), f"{days_of(report)}. {report.done}")]
    rows += [("Stands out", words) for words in [each.words for each in report.case.worries] or [NOTHING]]
    rows += [(LARGEST, share.words) for share in report.case.largest]
    for finding in report.case.findings:
        rows.append((finding.title, " ".join(finding.sentences) or "Nothing of this can be told yet."))
        rows += [("England", each) for each in finding.beside]
        rows += [("Does not know", each) for each in finding.unknown]
        rows.append(("Take care", finding.caution))
    return [*rows, *(("Told from", each) for each in report.told_from)]


def _sheet(book: Any, name: str, frame: pl.DataFrame) -> None:
    """A sheet of a frame: headings that stay in sight, a filter, columns as wide as what is in them."""
    sheet = book.add_worksheet(name)
    headings, day = book.add_format(_HEADINGS), book.add_format({"num_format": "d mmm yyyy", "align": "left"})
    sheet.freeze_panes(1, 0)
    if frame.height:
        sheet.autofilter(0, 0, frame.height, frame.width - 1)
    for column, heading in enumerate(frame.columns):
        sheet.write_string(0, column, heading.replace("_", " "), headings)
        values = frame[heading].to_list()
        longest = max((len(str(value)) for value in values if value is not None), default=0)
        sheet.set_column(column, column, min(max(longest, len(heading)) + 2, _WIDEST))
        for row, value in enumerate(values, start=1):
            _write(sheet, row, column, value, day)


def _write(sheet: Any, row: int, column: int, value: object, day: Any) -> None:
    if value is None:
        return
    if isinstance(value, str):
        sheet.write_string(row, column, value)
    elif hasattr(value, "year"):
        sheet.write_datetime(row, column, value, day)
    else:
        sheet.write(row, column, value)
