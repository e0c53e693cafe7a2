"""What all that is recorded shares: when and by whom, what it replaced, and whose it is.

A fact is of one person; a matter is of several, or of nobody known yet; a part is what a matter holds of
one person alone. Nothing is changed in place. Its versions share one `thread`; the current one has no
`superseded_at`, and the database allows one current version a thread.
Source: docs/decisions/0003-change.md.
"""

import secrets
from datetime import date
from typing import Any, ClassVar, Protocol

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from kith.record.lengths import check_lengths


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


class Version(models.Model):
    """One version of something that is on record."""

    thread = models.BigIntegerField(default=new_id, db_index=True, editable=False)
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

    def save(self, *args: Any, **options: Any) -> None:
        """Store it; raises TooLong where somebody said more in one box than is kept."""
        if self._state.adding and self.batch_id is None:  # what a file said was measured as it was read
            check_lengths(self)
        super().save(*args, **options)


class Fact(Version):
    """One version of something that is true of a person.

    Whoever may open the record reads each field of it on the page of its source, but for those in
    `kept_from_source_page`, and where `source_check` says no.
    """

    kept_from_source_page: ClassVar[frozenset[str]] = frozenset()

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="%(class)s_facts")

    class Meta(Version.Meta):
        abstract = True

    def source_check(self, user: Any) -> bool:
        """Whether `user`, who may open the person's record, may read this fact's source too."""
        return True


class Matter(Version):
    """One version of something about several people together, or about nobody who is on record yet.

    It holds only what all of them may share. What is true of one person alone is a `Part` of it, so that it
    never shows on a brother's or sister's file.
    """

    class Meta(Version.Meta):
        abstract = True


class Part(Fact):
    """What a matter holds of one person alone; `matter_thread` says of which."""

    matter_thread = models.BigIntegerField(db_index=True, editable=False)

    class Meta(Fact.Meta):
        abstract = True


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
