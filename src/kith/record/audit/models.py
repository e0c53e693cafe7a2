"""Who looked, who wrote, and what came in together. Nothing here points at another room,
so that an entry outlives what it tells of."""

from django.db import models
from django.utils import timezone


class Batch(models.Model):
    """Facts that came in together (an import), and can be undone together."""

    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    by_id = models.BigIntegerField(null=True, blank=True)
    description = models.CharField(max_length=300)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by_id = models.BigIntegerField(null=True, blank=True)


class Entry(models.Model):
    """One look or one act. Entries are only ever added."""

    at = models.DateTimeField(default=timezone.now, db_index=True)
    actor_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    act = models.CharField(max_length=60)
    person_id = models.BigIntegerField(null=True, blank=True)
    about = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes = [models.Index(fields=["person_id", "at"], name="audit_entry_person_at")]


class Seal(models.Model):
    """A hash over a run of entries and the seal before it, so that a changed or missing entry shows."""

    first_entry = models.BigIntegerField()
    last_entry = models.BigIntegerField(unique=True)
    sealed_at = models.DateTimeField(default=timezone.now)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)
