"""Powers that protect a child at once, and end at an hour."""

from django.db import models
from django.db.models import Q

from kith.record.facts import Fact


class EmergencyStep(Fact):
    """Police protection, an emergency protection order, its extension, or a child assessment order."""

    class Kind(models.TextChoices):
        POLICE_PROTECTION = "police_protection", "Police protection"
        EMERGENCY_ORDER = "emergency_order", "Emergency protection order"
        EXTENSION = "extension", "Extension of the emergency protection order"
        ASSESSMENT_ORDER = "assessment_order", "Child assessment order"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    began_on = models.DateField()
    began_at = models.DateTimeField(null=True, blank=True)  # None: the hour is not known
    until_at = models.DateTimeField(null=True, blank=True)  # as the court set it
    extends_thread = models.BigIntegerField(null=True, blank=True)
    where = models.CharField(max_length=300, blank=True)
    who = models.CharField(max_length=200, blank=True)  # the officer, or the court
    terms = models.TextField(blank=True)
    parents_told = models.TextField(blank=True)
    child_told = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.TextField(blank=True)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(kind="extension") | Q(extends_thread__isnull=False),
                name="extension_extends_an_order",
            ),
        ]
