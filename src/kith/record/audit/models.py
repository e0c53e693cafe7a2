"""Who looked, who wrote, and what came in together. Nothing here points at another room,
so that an entry outlives what it tells of."""

from typing import Any, NoReturn

from django.db import models
from django.utils import timezone


class AppendOnly(Exception):
    """Somebody tried to change or delete what may only be added to."""

    def __init__(self) -> None:
        super().__init__("The audit is only ever added to. Record a new entry that tells what was wrong.")


class AppendOnlyQuerySet(models.QuerySet[Any]):
    def update(self, **values: Any) -> NoReturn:
        raise AppendOnly

    def bulk_update(self, *args: Any, **options: Any) -> NoReturn:
        raise AppendOnly

    def delete(self) -> NoReturn:
        raise AppendOnly

    def update_or_create(self, *args: Any, **options: Any) -> NoReturn:
        raise AppendOnly


class AppendOnlyModel(models.Model):
    """Rows that are added, read, and never changed. `triggers.py` holds the database to it too."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        raise AppendOnly


class Batch(models.Model):
    """Facts that came in together (an import), and can be undone together."""

    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    by_id = models.BigIntegerField(null=True, blank=True)
    description = models.CharField(max_length=300)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by_id = models.BigIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        return self.description


class Entry(AppendOnlyModel):
    """One look or one act. Entries are only ever added."""

    at = models.DateTimeField(default=timezone.now, db_index=True)
    actor_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    act = models.CharField(max_length=60)
    person_id = models.BigIntegerField(null=True, blank=True)
    about = models.JSONField(default=dict, blank=True)
    journal_key = models.CharField(max_length=32, null=True, unique=True)  # came by the journal (D9)

    class Meta(AppendOnlyModel.Meta):
        indexes = [models.Index(fields=["person_id", "at"], name="audit_entry_person_at")]

    def __str__(self) -> str:
        return f"{self.act} at {self.at:%Y-%m-%d %H:%M}"


class Seal(AppendOnlyModel):
    """A hash over a run of entries and the seal before it, so that a changed or missing entry shows."""

    first_entry = models.BigIntegerField()
    last_entry = models.BigIntegerField(unique=True)
    sealed_at = models.DateTimeField(default=timezone.now)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)
    marks = models.JSONField(default=list)  # [id, start of the chain's hash there]: where a break lies

    def __str__(self) -> str:
        return f"entries {self.first_entry} to {self.last_entry}"
