"""What the import page and the story ask about what came in."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import QuerySet

from kith.record.audit.models import Batch
from kith.record.facts import Fact
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


def people_in(batch: Batch) -> int:
    """How many people an import's rows tell of."""
    rows = SourceRow.objects.filter(file__batch=batch, person__isnull=False)
    return rows.order_by().values("person_id").distinct().count()
