"""Handing a child over, and what is said of something that is late or that nobody has to do."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from kith.record.facts import Fact


class Handover(Fact):
    """What one worker tells the next about one child; the rest is read from the record, not typed again."""

    handed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    handed_at = models.DateTimeField(default=timezone.now)
    what_matters = models.TextField(blank=True)  # to this child: what they like and what frightens them
    promised = models.TextField(blank=True)  # to the family, and not yet kept
    comes_next = models.TextField(blank=True)
    family_told_on = models.DateField(null=True, blank=True)  # that their worker changes
    family_told_by = models.CharField(max_length=150, blank=True, default="", db_default="")
    goodbye_on = models.DateField(null=True, blank=True)  # a visit with both workers, or a goodbye, to come
    goodbye_held_on = models.DateField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)  # when the next worker said that they read it

    class Meta(Fact.Meta):
        verbose_name = "handover"
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(handed_by=models.F("taken_by")), name="nobody_hands_over_to_themselves"
            ),
            models.CheckConstraint(
                condition=Q(family_told_on=None) | ~Q(family_told_by=""), name="handover_says_who_told"
            ),
        ]


class SaidOfClock(Fact):
    """Why something due for one child is late, or why nobody has to do it. A reason never moves the day."""

    class Kind(models.TextChoices):
        LATE = "late", "Why it is late"
        NOT_NEEDED = "not_needed", "Why it is not needed"

    kind = models.CharField(max_length=12, choices=Kind)
    clock = models.CharField(max_length=12)
    fact_table = models.CharField(max_length=60)  # the fact that started the clock
    fact_thread = models.BigIntegerField(db_index=True)
    due_on = models.DateField(null=True, blank=True)  # which of the days of a clock that repeats
    reason = models.CharField(max_length=500)

    class Meta(Fact.Meta):
        verbose_name = "reason of something due"
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(condition=~Q(reason=""), name="said_of_clock_has_a_reason"),
            models.UniqueConstraint(
                fields=["person", "kind", "clock", "fact_thread", "due_on"],
                condition=Q(superseded_at=None),
                name="one_reason_of_a_clock_and_day",
            ),
        ]
