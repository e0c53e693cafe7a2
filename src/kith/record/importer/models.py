"""Rows as they came in files, kept with their file and line (D4), and how each import went (D6)."""

from django.db import models
from django.utils import timezone

from kith.record.audit.models import Batch
from kith.record.people.models import Person


class Outcome(models.TextChoices):
    """What a source row did to the record when it came in; the six counts are of these."""

    ADDED = "added", "Added"
    CONTINUED = "continued", "Continued: what was open has ended"
    CORRECTED = "corrected", "Corrected: it differs from what an earlier return said"
    UNCHANGED = "unchanged", "Unchanged: already on record"
    REJECTED = "rejected", "Rejected"


class SourceFile(models.Model):
    """A file that was opened, what was found in it, and what its rows did to the record."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    return_kind = models.CharField(max_length=10)
    year = models.PositiveIntegerField()  # END year: 2017-18 is 2018
    authority = models.CharField(max_length=20, blank=True)
    table = models.CharField(max_length=40)  # `*`: a file of many tables
    rows_read = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    continued = models.PositiveIntegerField(default=0)
    corrected = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    types = models.JSONField(default=dict, blank=True)  # table -> column -> date, integer or text
    same_as = models.ForeignKey(  # the same content is already here: its rows are kept once, there
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="repeats"
    )

    def __str__(self) -> str:
        return f"{self.name} ({self.year})"


class SourceRow(models.Model):
    """One row of a file, as typed values (dates as YYYY-MM-DD). Writers never read it."""

    file = models.ForeignKey(SourceFile, on_delete=models.PROTECT, related_name="rows")
    line = models.PositiveIntegerField()
    return_kind = models.CharField(max_length=10)
    year = models.PositiveIntegerField()
    table = models.CharField(max_length=40)
    child = models.CharField(max_length=40, db_index=True)
    authority = models.CharField(max_length=20, blank=True)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="source_rows"
    )
    hash = models.CharField(max_length=64)
    values = models.JSONField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    is_undone = models.BooleanField(default=False)
    replaced_by = models.ForeignKey(  # a newer file of the same return told this child's rows again
        Batch, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["child", "return_kind", "year"], name="source_row_child")]

    def __str__(self) -> str:
        return f"{self.table}, line {self.line}"


class Reject(models.Model):
    """A row, or a whole file (no line), that could not be taken in, and why."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="rejects")
    file = models.CharField(max_length=300)
    line = models.PositiveIntegerField(null=True, blank=True)
    column = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=500)
    row = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.reason


class Difference(models.Model):
    """What a file says otherwise than somebody here wrote. Theirs stands; somebody may want to look."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="differences")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    fact_table = models.CharField(max_length=60)  # app label and model, such as `care.placement`
    fact_thread = models.BigIntegerField()
    text = models.CharField(max_length=500)

    def __str__(self) -> str:
        return self.text


class Unreturned(models.Model):
    """A source row that the record, asked for the same return, does not give back just so, and why."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="unreturned")
    file = models.CharField(max_length=300)
    line = models.PositiveIntegerField(null=True, blank=True)
    table = models.CharField(max_length=40)
    child = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=500)

    def __str__(self) -> str:
        return self.reason


class ImportJob(models.Model):
    """An import, or the undo of one, asked for: where its files are, how far it is, and how it ended."""

    class State(models.TextChoices):
        RECEIVED = "received", "Looked at, and not brought in yet"
        WAITING = "waiting", "Waiting to start"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        DONE_WITH_REJECTS = "done_with_rejects", "Done, with rows left out"
        FAILED = "failed", "Could not be done"

    key = models.CharField(max_length=64, unique=True)  # of the files and the answers given with them
    folder = models.CharField(max_length=500, blank=True)
    description = models.CharField(max_length=300, blank=True)
    authority = models.CharField(max_length=20, blank=True)
    year = models.PositiveIntegerField(null=True, blank=True)  # given by a person; None: read from dates
    by_id = models.BigIntegerField(null=True, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.RECEIVED)
    is_undo = models.BooleanField(default=False)  # of `batch`; it has no files
    stage = models.CharField(max_length=60, blank=True)
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=1000, blank=True)
    batch = models.ForeignKey(Batch, null=True, blank=True, on_delete=models.PROTECT, related_name="jobs")

    def __str__(self) -> str:
        return self.description


class ImportLock(models.Model):
    """Who is at work, while an import or an undo is: what keeps another out is the sign of life (`alive`)."""

    name = models.CharField(max_length=20, primary_key=True)
    held_for = models.CharField(max_length=300)
    taken_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.held_for
