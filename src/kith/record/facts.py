"""What every fact in the record shares: whose it is, when it was recorded, and what it replaced.

A fact is never changed in place. Its versions share one `thread`; the current one has no
`superseded_at`, and the database allows one current version a thread.
Source: docs/decisions/0003-change.md.
"""

import secrets
from datetime import date
from typing import Any, Protocol

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


def new_id() -> int:
    """A random id of 62 bits: it tells nothing, and two are as good as never equal."""
    return secrets.randbits(62) + 1


class Ending(models.TextChoices):
    """Why a version of a fact stopped being the current one."""

    CONTINUED = "continued", "Continued: what was open has ended"
    CORRECTED = "corrected", "Corrected"
    ENTERED_IN_ERROR = "entered_in_error", "Entered in error"
    UNDONE = "undone", "Its import was undone"


class CurrentFacts(models.Manager[Any]):
    """Only the versions in force now."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().filter(superseded_at=None)


class Fact(models.Model):
    """One version of something that is true of a person."""

    thread = models.BigIntegerField(default=new_id, db_index=True, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="%(class)s_facts")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    batch = models.ForeignKey(
        "audit.Batch", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    source_rows = models.JSONField(default=list, blank=True)  # ids of the importer's SourceRow
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    superseded_at = models.DateTimeField(null=True, blank=True)
    ended_as = models.CharField(max_length=20, choices=Ending.choices, blank=True)
    ended_because = models.CharField(max_length=300, blank=True)

    objects = models.Manager()
    current = CurrentFacts()

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["thread"], condition=Q(superseded_at=None), name="one_current_%(class)s"
            )
        ]


def in_order(first: str, last: str, name: str) -> models.CheckConstraint:
    """A constraint: the date `last` is empty, or not before the date `first`."""
    return models.CheckConstraint(
        condition=Q(**{last: None}) | Q(**{first: None}) | Q(**{f"{last}__gte": models.F(first)}), name=name
    )


class Spell(Protocol):
    """Anything that lasts from a day (None: it was not told), to a day or still."""

    @property
    def started_on(self) -> date | None: ...
    @property
    def ended_on(self) -> date | None: ...


def is_in_force(spell: Spell, on: date) -> bool:
    """Whether a spell had started by a day and not ended by then."""
    has_started = spell.started_on is None or spell.started_on <= on
    return has_started and (spell.ended_on is None or spell.ended_on > on)
