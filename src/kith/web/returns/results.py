"""What an import did: its six counts, what was left out and why, and taking it out again."""

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify

from kith.dataset.writers.spreadsheet_cells import plain_cell
from kith.record.audit.models import Batch
from kith.record.audit.services import record, record_read
from kith.record.extract.queries import restricted_among
from kith.record.importer import jobs, queries
from kith.record.importer.counts import Counts
from kith.record.importer.models import Difference, Reject, SourceRow, Unreturned
from kith.record.people.models import Identifier, Role
from kith.record.people.permissions import can, powers
from kith.standards.years import CALLED, year_label
from kith.web.returns.forms import UndoForm
from kith.web.returns.views import names_of
from kith.web.who_may import power, user_of

ROWS_A_PAGE = 50
ROWS_SHOWN_FIRST = 8
Cells = list[Any]


@dataclass(frozen=True)
class Listing:
    """One list of an import: its words, its headings, its rows, and a row's cells."""

    title: str
    what: str
    headings: tuple[str, ...]
    rows: Callable[[Batch], "QuerySet[Any]"]
    cells: Callable[[Iterable[Any]], list[Cells]]

    def named(self, rows: Iterable[Any]) -> list[list[tuple[str, Any]]]:
        """Each row's cells with their headings."""
        return [list(zip(self.headings, row, strict=True)) for row in self.cells(rows)]


def _rejects(rows: Iterable[Reject]) -> list[Cells]:
    return [[row.file, row.line or "whole file", row.column, row.reason] for row in rows]


def _unreturned(rows: Iterable[Unreturned]) -> list[Cells]:
    return [[row.file, row.line or "", row.table, row.child, row.reason] for row in rows]


def _corrected(rows: Iterable[SourceRow]) -> list[Cells]:
    return [[row.file.name, row.line, row.table, row.child] for row in rows]


def _differences(rows: Iterable[Difference]) -> list[Cells]:
    """A restricted person's facts are not told here: only that there is something to look at."""
    listed = list(rows)
    persons = {row.person_id for row in listed}
    ids = Identifier.current.filter(kind=Identifier.Kind.CHILD_ID, person_id__in=persons)
    children = dict(ids.values_list("person_id", "value"))
    hidden = restricted_among(persons)
    return [
        [
            children.get(row.person_id, "not known"),
            row.fact_table.rpartition(".")[2],
            "This record is restricted. Ask its custodian." if row.person_id in hidden else row.text,
        ]
        for row in listed
    ]


LISTINGS = {
    "rejected": Listing(
        "Rejected",
        "Rows and files that could not be taken in. Mend them at their source, and bring the file in again.",
        ("File", "Line", "Column", "Why"),
        queries.rejects_of,
        _rejects,
    ),
    "different": Listing(
        "Different from what was written here",
        "What somebody wrote in Kith stands. Somebody who knows the child may want to look.",
        ("Child’s id", "Fact", "The difference"),
        queries.differences_of,
        _differences,
    ),
    "not-given-back": Listing(
        "Not given back just so",
        "These rows were taken in, but a return made from the record will not hold them just as they stand: "
        "they contradict other rows, or belong to another year.",
        ("File", "Line", "Table", "Child’s id", "Why"),
        queries.unreturned_of,
        _unreturned,
    ),
    "corrected": Listing(
        "Corrected",
        "Rows that say otherwise than an earlier return did. The earlier version is kept behind each fact.",
        ("File", "Line", "Table", "Child’s id"),
        queries.corrected_rows_of,
        _corrected,
    ),
}


@dataclass(frozen=True)
class Shown:
    """A list as the result page shows it: how many, in words, and the first few."""

    name: str
    listing: Listing
    count: int
    many: str
    rows: list[list[tuple[str, Any]]]


@power("import_returns")
def import_done(request: HttpRequest, batch_id: int) -> HttpResponse:
    """What an import did, in six counts that add up, and everything about it that wants looking at."""
    batch = _import(batch_id)
    write_down(request, queries.differences_of(batch)[:ROWS_SHOWN_FIRST])
    files = list(queries.files_of(batch))
    counts = sum((queries.counts_of_file(file) for file in files), Counts())
    names = names_of([batch.by_id, batch.undone_by_id])
    context = {
        "batch": batch,
        "by": names[batch.by_id],
        "undone_by": names[batch.undone_by_id],
        "counts": counts,
        "people": queries.people_in(batch),
        "who_may_open": "" if can("open_record", user_of(request)) else _who_may_open(),
        "by_return": [
            (f"{CALLED.get(kind, kind)} {year_label(year)}", of_return)
            for (kind, year), of_return in queries.counts_by_return(files).items()
        ],
        "files": [(file, queries.counts_of_file(file)) for file in files],
        "unread": _whole_files(batch),
        "lists": [shown for name in LISTINGS if (shown := _first_of(name, batch)).count],
        "reasons": queries.unreturned_by_reason(batch),
    }
    return render(request, "kith/returns/done.html", context)


def _who_may_open() -> str:
    """Who may open the records that an import made, for somebody who may not."""
    waiting = powers()["open_unallocated"].roles
    holders = [str(role.label).lower() for role in Role if role in waiting]
    return (
        "You may bring files in, but not open the records they tell of: that is for those who work with a "
        "child, their worker, team and manager. While nobody has been allocated and work is open, it is for: "
        f"{', '.join(holders)}. A manager allocates; a custodian keeps adopted children’s files."
    )


def write_down(request: HttpRequest, rows: Iterable[Any]) -> None:
    """A difference tells a fact of somebody: that it was shown is written down for each of them."""
    record_read(
        "name_shown",
        by=user_of(request),
        persons=sorted({row.person_id for row in rows if isinstance(row, Difference)}),
        about={"why": "differences of an import"},
        may_journal=False,
    )


def _import(batch_id: int) -> Batch:
    return get_object_or_404(queries.imports(), pk=batch_id)


def _first_of(name: str, batch: Batch) -> Shown:
    listing = LISTINGS[name]
    rows = listing.rows(batch)
    count = rows.count()
    many = _rows_and_files(count, len(_whole_files(batch))) if name == "rejected" else f"{count:,}"
    return Shown(name, listing, count, many, listing.named(rows[:ROWS_SHOWN_FIRST]))


def _whole_files(batch: Batch) -> set[str]:
    """The files of which not one line could be read."""
    return set(queries.rejects_of(batch).filter(line=None).values_list("file", flat=True))


def _rows_and_files(rejects: int, files: int) -> str:
    """How many rows, and how many whole files, were left out: "2 rows, 1 file"."""
    counted = ((rejects - files, "row"), (files, "file"))
    return ", ".join(f"{many:,} {what}{'' if many == 1 else 's'}" for many, what in counted if many)


@power("import_returns")
def import_list(request: HttpRequest, batch_id: int, what: str) -> HttpResponse:
    """One list of an import, page by page."""
    batch, listing = _import(batch_id), _listing(what)
    rows, reason = listing.rows(batch), request.GET.get("reason", "").replace("\x00", "")
    if what == "not-given-back" and reason:
        rows = rows.filter(reason__startswith=reason)
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    write_down(request, page)
    context = {
        "batch": batch,
        "what": what,
        "listing": listing,
        "page": page,
        "rows": listing.named(page),
        "reason": reason,
    }
    return render(request, "kith/returns/list.html", context)


@power("import_returns")
def import_csv(request: HttpRequest, batch_id: int, what: str) -> HttpResponse:
    """One list of an import as a CSV file that a spreadsheet opens without running anything in it."""
    batch, listing = _import(batch_id), _listing(what)
    record("import_list_taken", by=user_of(request), about={"batch": batch.pk, "list": what})
    write_down(request, listing.rows(batch))
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{slugify(listing.title)}-{batch.pk}.csv"'
    answer.write("\ufeff")  # Excel reads UTF-8 only where the file begins so
    writer = csv.writer(answer)
    writer.writerow(listing.headings)
    writer.writerows([harmless(cell) for cell in row] for row in listing.cells(listing.rows(batch)))
    return answer


def harmless(cell: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    return plain_cell(cell) if isinstance(cell, str) else cell


def _listing(what: str) -> Listing:
    if what not in LISTINGS:
        raise Http404("An import has no such list.")
    return LISTINGS[what]


@power("import_returns")
def import_undo(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Ask why, and take an import out again."""
    batch = _import(batch_id)
    if batch.undone_at:
        return redirect("import_done", batch.pk)
    form = UndoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        job = jobs.request_undo(batch, by=user_of(request), reason=form.cleaned_data["reason"])
        return redirect("import_progress", job.pk)
    context = {"batch": batch, "form": form, "counts": queries.counts_of(batch)}
    return render(request, "kith/returns/undo.html", context)
