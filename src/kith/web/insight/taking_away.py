"""A figure taken away as a file, as the audience it is for is given it."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl
from django.http import Http404, HttpRequest, HttpResponse

from kith.dataset.writers.spreadsheet_cells import plain_cell
from kith.insight.disclosure import INSIDE
from kith.insight.indicator import Indicator
from kith.record.figures import services
from kith.record.figures.permissions import may_take_away
from kith.record.people.models import User
from kith.record.refusals import NotAllowed, NotPossible
from kith.standards.dates import short_date
from kith.web.insight.broken_down import breakdown_asked
from kith.web.insight.one_figure import IN_WORDS, indicator_or_404
from kith.web.insight.reading import Reading, exact_reading, is_of_people_who_decide, reading_made_for
from kith.web.who_may import power, user_of

COLUMNS = (
    "authority", "indicator", "title", "measure", "period", "first", "last", "breakdown", "group", "value",
    "low", "high", "numerator", "denominator", "state", "why_not", "marker",
)  # fmt: skip
FORMS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@power("see_insight")
def figure_file(request: HttpRequest, indicator: str, form: str) -> HttpResponse:
    """The figure's rows, of everybody and by the breakdown chosen, as CSV or a workbook."""
    asked, user = indicator_or_404(indicator), user_of(request)
    if form not in FORMS:
        raise Http404("There is no such file.")
    audience = request.GET.get("for", "") or may_take_away(user)[-1]
    reading = _reading(asked, user, audience, request.GET.get("period", ""))
    by = breakdown_asked(request, asked, reading)
    rows = _rows(reading, asked, by)
    about = _about(asked, reading, audience)
    body = _as_csv(rows, about) if form == "csv" else _as_workbook(rows, about)
    services.record_taken_away(asked.id, form, audience, by=user)
    answer = HttpResponse(body, content_type=FORMS[form])
    answer["Content-Disposition"] = f'attachment; filename="{asked.id}-{audience}.{form}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _reading(asked: Indicator, user: User, audience: str, period: str) -> Reading:
    """The figures as the audience is given them. Raises NotAllowed, NotPossible."""
    if audience not in may_take_away(user) or is_of_people_who_decide(asked.id):
        raise NotAllowed(
            "You may not take these figures away.", "Ask your analyst for what may be given out."
        )
    reading = exact_reading(period) if audience == INSIDE else reading_made_for(audience, period)
    if reading is None:
        raise NotPossible(
            "These figures are not there yet.",
            "Those for outside are made once a quarter, in the background. Work out today’s figures first.",
        )
    return reading


def _rows(reading: Reading, asked: Indicator, by: str) -> pl.DataFrame:
    look = reading.look((asked.id,), (by,) if by else ())
    labels = [*look.years, reading.period.label]
    kept = pl.col("indicator").eq(asked.id) & pl.col("period").is_in(labels)
    whose = pl.col("breakdown").is_null() | pl.col("breakdown").eq(by)
    rows = look.figures.filter(kept & whose)
    marker = pl.col("marker") if "marker" in rows.columns else pl.lit("")
    named = rows.with_columns(marker.alias("marker"), pl.lit(asked.title).alias("title"))
    return named.select(COLUMNS).sort("first", "breakdown", "group", "measure", nulls_last=False)


def _about(asked: Indicator, reading: Reading, audience: str) -> list[tuple[str, str]]:
    return [
        ("Figure", asked.title),
        ("Definition", asked.definition),
        ("Place", reading.place),
        ("The record as of", short_date(reading.as_of)),
        ("For whom", IN_WORDS[audience]),
        *([("What was done to the numbers", reading.done)] if reading.done else []),
    ]


def _cells(rows: pl.DataFrame) -> Iterator[list[str]]:
    for row in rows.iter_rows():
        yield [
            "" if cell is None else plain_cell(cell) if isinstance(cell, str) else str(cell) for cell in row
        ]


def _as_csv(rows: pl.DataFrame, about: Sequence[tuple[str, str]]) -> bytes:
    """The rows under their headings; what they are is told in the workbook and on the page."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(_cells(rows))
    return text.getvalue().encode("utf-8-sig")


def _as_workbook(rows: pl.DataFrame, about: Sequence[tuple[str, str]]) -> bytes:
    import xlsxwriter

    kept = io.BytesIO()
    options: dict[str, Any] = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(kept, options) as book:
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet("Figures")
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, COLUMNS, bold)
        for at, row in enumerate(rows.iter_rows(), 1):
            for column, cell in enumerate(row):
                _write(sheet, at, column, cell)
        note = book.add_worksheet("What these are")
        note.set_column(0, 0, 24)
        note.set_column(1, 1, 90)
        for at, (what, words) in enumerate(about):
            note.write_string(at, 0, what, bold)
            note.write_string(at, 1, words, wrapped)
    return kept.getvalue()


def _write(sheet: Any, row: int, column: int, cell: Any) -> None:
    if isinstance(cell, (int, float)):
        sheet.write_number(row, column, cell)
    elif cell is not None:
        sheet.write_string(row, column, str(cell))
