"""What an act left to be done, and whom it is about."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from kith.record.facts import Matter, Part
from kith.record.people.models import Team


class Owed(Matter):
    """Something that an act was saved without, and somebody still has to do.

    It is made in the transaction of that act and never held it up. It ends by the fact that was missing
    being written (`done_table`, `done_thread`), or with a reason; never by a tick. When it is due is worked
    out from `started_at` and the table, so that a holiday proclaimed later moves it; `due_on` is a day that
    somebody named.
    """

    what = models.CharField(max_length=40)  # data/what.csv
    fact_table = models.CharField(max_length=60)  # the act that it was left of
    fact_thread = models.BigIntegerField(db_index=True)
    owed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="owes"
    )
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="owes")
    started_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField(null=True, blank=True)
    because = models.CharField(max_length=300, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_table = models.CharField(max_length=60, blank=True)
    done_thread = models.BigIntegerField(null=True, blank=True)
    not_needed_at = models.DateTimeField(null=True, blank=True)
    not_needed_because = models.CharField(max_length=300, blank=True)

    class Meta(Matter.Meta):
        verbose_name = "work still owed"
        verbose_name_plural = "work still owed"
        constraints = [
            *Matter.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(owed_by=None) | ~Q(team=None), name="owed_by_a_worker_or_a_team"
            ),
            models.CheckConstraint(
                condition=Q(not_needed_at=None) | ~Q(not_needed_because=""), name="owed_not_needed_has_reason"
            ),
            models.CheckConstraint(condition=Q(done_at=None) | Q(not_needed_at=None), name="owed_ended_once"),
        ]

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.done_at is None and self.not_needed_at is None


class OwedFor(Part):
    """One of the people whom something owed is about."""

    class Meta(Part.Meta):
        verbose_name = "work still owed"
        verbose_name_plural = "work still owed"
