"""What the import page and the story ask about what came in."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Min, QuerySet

from kith.record.audit.models import Batch
from kith.record.care.models import PeriodOfCare
from kith.record.facts import Fact
from kith.record.frontdoor.models import Referral
from kith.record.importer.counts import Counts
from kith.record.importer.models import (
    Difference,
    ImportJob,
    Outcome,
    Reject,
    SourceFile,
    SourceRow,
    Unreturned,
)
from kith.standards.years import return_year


def imports() -> "QuerySet[Batch]":
    """Every import, the newest first, undone ones too."""
    return Batch.objects.filter(files__isnull=False).distinct().order_by("-started_at", "-pk")


def files_of(batch: Batch) -> "QuerySet[SourceFile]":
    """The files that came with an import, each with its six counts, by year and name."""
    return SourceFile.objects.filter(batch=batch).order_by("year", "return_kind", "name")


def counts_of(batch: Batch) -> Counts:
    """The six counts of an import in all."""
    names = ("added", "continued", "corrected", "unchanged", "rejected")
    return sum((Counts(*row) for row in files_of(batch).values_list(*names)), Counts())


def rejects_of(batch: Batch) -> "QuerySet[Reject]":
    """Rows and files left out, in the order of file and line."""
    return Reject.objects.filter(batch=batch).order_by("file", "line", "pk")


def corrected_rows_of(batch: Batch) -> "QuerySet[SourceRow]":
    """Rows that say otherwise than an earlier return did."""
    return (
        SourceRow.objects.filter(file__batch=batch, outcome=Outcome.CORRECTED)
        .select_related("file")
        .order_by("file__year", "file__name", "line")
    )


def differences_of(batch: Batch) -> "QuerySet[Difference]":
    """Where a file says otherwise than somebody here wrote."""
    return Difference.objects.filter(batch=batch).order_by("person_id", "pk")


def unreturned_of(batch: Batch) -> "QuerySet[Unreturned]":
    """Source rows that the record does not give back just so, each with its reason."""
    return Unreturned.objects.filter(batch=batch).order_by("file", "line", "pk")


def rows_behind(fact: Fact) -> "QuerySet[SourceRow]":
    """The source rows that told a fact, with their files, the oldest return first."""
    return (
        SourceRow.objects.filter(pk__in=fact.source_rows)
        .select_related("file")
        .order_by("year", "file__name", "line")
    )


def unfinished_jobs() -> "QuerySet[ImportJob]":
    """Imports and undos that wait, run, failed, or were received and not brought in; the newest first."""
    state = ImportJob.State
    states = (state.RECEIVED, state.WAITING, state.RUNNING, state.FAILED)
    return ImportJob.objects.filter(state__in=states).order_by("-asked_at", "-pk")


def counts_by_return(files: Iterable[SourceFile]) -> dict[tuple[str, int], Counts]:
    """The six counts of each return among these files, by its kind and END year."""
    counts: dict[tuple[str, int], Counts] = {}
    for file in files:
        key = (file.return_kind, file.year)
        counts[key] = counts.get(key, Counts()) + counts_of_file(file)
    return counts


def counts_of_file(file: SourceFile) -> Counts:
    """The six counts of one file."""
    return Counts(file.added, file.continued, file.corrected, file.unchanged, file.rejected)


def unreturned_by_reason(batch: Batch) -> list[tuple[str, int]]:
    """How many rows the record does not give back just so, by kind of reason, the commonest first.

    The kind stands before any colon of the reason.
    """
    reasons = unreturned_of(batch).order_by().values_list("reason", flat=True)
    return Counter(reason.partition(":")[0] for reason in reasons).most_common()


SSD_YEARS = 6  # an extract of the Standard Safeguarding Dataset tells its own year and the five before it
_FACTS: dict[str, tuple[type[Fact], str]] = {
    "903": (PeriodOfCare, "started_on"),
    "cin": (Referral, "received_on"),
}


def first_year_told(kind: str) -> int | None:
    """The first return year (END year) of a kind that the record was told as a year, or None for none.

    That is the first year of which files came in and were not undone, or in which somebody here wrote
    down that something began. What began before is history that came with it: a child in care for years
    is in each of them, and all the others of those years are not.
    """
    files = SourceFile.objects.filter(batch__undone_at=None).exclude(rows_read=0)
    years = set(files.filter(return_kind=kind).values_list("year", flat=True))
    years |= {year - SSD_YEARS + 1 for year in files.filter(return_kind="ssd").values_list("year", flat=True)}
    model, field = _FACTS[kind]
    typed: Any = model.current.filter(batch=None).aggregate(first=Min(field))["first"]
    years |= {return_year(typed)} if typed else set()
    return min(years, default=None)


def people_in(batch: Batch) -> int:
    """How many people an import's rows tell of."""
    rows = SourceRow.objects.filter(file__batch=batch, person__isnull=False)
    return rows.order_by().values("person_id").distinct().count()
