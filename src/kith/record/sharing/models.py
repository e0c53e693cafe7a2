"""Other agencies, their professionals, whom these work with, and what they are asked and tell."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from kith.record.facts import Fact, Matter, Part, in_order


class Agency(Matter):
    """A school, a practice, a police team: anywhere that professionals of other services work."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)  # code list `agency_types`
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)

    class Meta(Matter.Meta):
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name


class Professional(Matter):
    """Somebody who works for another agency and knows a family by their work."""

    name = models.CharField(max_length=200)
    job = models.CharField(max_length=100, blank=True)
    agency_thread = models.BigIntegerField(null=True, blank=True, db_index=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)

    def __str__(self) -> str:
        return self.name


class WorksWith(Fact):
    """That a professional of another agency works with a person."""

    professional_thread = models.BigIntegerField(db_index=True)
    role = models.CharField(max_length=40, blank=True)  # code list `working_relationship_roles`
    started_on = models.DateField(null=True, blank=True)  # None: nobody said since when
    ended_on = models.DateField(null=True, blank=True)

    class Meta(Fact.Meta):
        verbose_name = "professional who works with them"
        constraints = [
            *Fact.Meta.constraints,
            in_order("started_on", "ended_on", "works_with_ends_after_start"),
        ]


class Ask(Matter):
    """Three questions to a partner about a family, the power they are asked under, and what came back.

    `shown` is the least that lets them look: a name, a birth date, an address of each child. Kith sends
    nothing out: a worker gives the link on and writes that they did.
    """

    about_table = models.CharField(max_length=60)  # what it is asked for: a message, an enquiry
    about_thread = models.BigIntegerField(db_index=True)
    asked_of = models.CharField(max_length=200)  # who, in words
    kind = models.CharField(max_length=40)  # code list `agency_types`
    agency_thread = models.BigIntegerField(null=True, blank=True)
    professional_thread = models.BigIntegerField(null=True, blank=True)
    shown = models.JSONField(default=list)
    why = models.TextField()
    power = models.CharField(max_length=300)  # in the words they are told
    is_urgent = models.BooleanField(default=False)
    asked_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)  # when a worker gave the link on
    sent_how = models.CharField(max_length=200, blank=True)
    chased_at = models.DateTimeField(null=True, blank=True)
    chased_how = models.CharField(max_length=200, blank=True)
    times_chased = models.PositiveSmallIntegerField(default=0, db_default=0)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    is_family_known = models.BooleanField(null=True, blank=True)  # to them; None: they did not say
    known_since = models.TextField(blank=True)
    worries_and_strengths = models.TextField(blank=True)
    danger_and_doing = models.TextField(blank=True)
    is_taken_back = models.BooleanField(default=False)

    class Meta(Matter.Meta):
        verbose_name = "question to a partner"
        verbose_name_plural = "questions to partners"
        constraints = [
            *Matter.Meta.constraints,
            models.CheckConstraint(
                condition=Q(answered_at=None) | ~Q(is_taken_back=True), name="ask_answered_or_taken_back"
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Whether an answer is still waited for."""
        return self.answered_at is None and not self.is_taken_back


class AskedAbout(Part):
    """That a partner was asked about this person, and so was told of them."""

    class Meta(Part.Meta):
        verbose_name = "question to a partner"
        verbose_name_plural = "questions to partners"
