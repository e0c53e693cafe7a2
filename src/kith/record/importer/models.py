"""Rows as they came in files, kept with their file and line (D4)."""

from django.db import models

from kith.record.audit.models import Batch


class SourceFile(models.Model):
    """A file that was opened, and what was found in it."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    return_kind = models.CharField(max_length=10)
    year = models.PositiveIntegerField()  # END year: 2017-18 is 2018
    table = models.CharField(max_length=40)
    rows_read = models.PositiveIntegerField(default=0)


class SourceRow(models.Model):
    """One row of a file, as typed values. Writers never read it."""

    file = models.ForeignKey(SourceFile, on_delete=models.PROTECT, related_name="rows")
    line = models.PositiveIntegerField()
    return_kind = models.CharField(max_length=10)
    year = models.PositiveIntegerField()
    table = models.CharField(max_length=40)
    child = models.CharField(max_length=40, db_index=True)
    hash = models.CharField(max_length=32)
    values = models.JSONField()
    is_undone = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["child", "return_kind", "year"], name="source_row_child")]


class Reject(models.Model):
    """A row that could not be read, and why."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="rejects")
    file = models.CharField(max_length=300)
    line = models.PositiveIntegerField(null=True, blank=True)
    column = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=500)
    row = models.TextField(blank=True)
