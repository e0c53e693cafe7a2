"""The record as it stood when it was taken for figures."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Taking(models.Model):
    """One taking of the whole record's facts, kept as tables beside the database, without names or addresses.

    `as_of` is the last day that it tells of. Its tables lie in the folder of `kith.record.figures.folders`.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to start"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        FAILED = "failed", "Could not be done"

    as_of = models.DateField(null=True, blank=True)
    authority = models.CharField(max_length=20, blank=True)
    by_id = models.BigIntegerField(null=True, blank=True)  # None: Kith itself
    asked_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    message = models.CharField(max_length=1000, blank=True)
    people = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="done") | Q(as_of__isnull=False), name="taking_done_has_day"
            )
        ]

    def __str__(self) -> str:
        return f"The record as of {self.as_of}" if self.as_of else "The record, being taken"
