"""Checks of returns that were asked for, what they found, and what people said of a finding."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from kith.record.people.models import Person


class CheckRun(models.Model):
    """One check of one return against the DfE's rules: of the live record, or of files that were sent."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to start"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        FAILED = "failed", "Could not be done"

    class Source(models.TextChoices):
        RECORD = "record", "The record as it stands"
        FILES = "files", "Files that were sent"

    kind = models.CharField(max_length=10)  # "903" or "cin"
    year = models.PositiveIntegerField()  # END year: 2026-27 is 2027
    authority = models.CharField(max_length=20, blank=True)
    source = models.CharField(max_length=10, choices=Source.choices)
    description = models.CharField(max_length=300, blank=True)
    by_id = models.BigIntegerField()
    asked_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    message = models.CharField(max_length=1000, blank=True)
    rows = models.PositiveIntegerField(default=0)
    has_last_year = models.BooleanField(default=False)
    has_providers = models.BooleanField(default=False)
    rules = models.JSONField(default=list, blank=True)  # each rule's outcome: code, result, findings, ...
    rejects = models.JSONField(default=list, blank=True)  # of files: rows and files not checked, and why

    def __str__(self) -> str:
        return f"{self.kind} {self.year}"


class CheckFinding(models.Model):
    """One finding of a run. `fingerprint` is the same for the same finding of another run or year."""

    run = models.ForeignKey(CheckRun, on_delete=models.CASCADE, related_name="findings")
    rule = models.CharField(max_length=12)
    table = models.CharField(max_length=40)
    child = models.CharField(max_length=40, blank=True)  # the return's own id
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=400, blank=True)  # file and line, of files that were sent
    values = models.JSONField()  # [label, as typed] pairs
    linked = models.CharField(max_length=400, blank=True)
    fingerprint = models.CharField(max_length=64, db_index=True)

    class Meta:
        indexes = [
            models.Index(fields=["run", "rule"], name="check_finding_rule"),
            models.Index(fields=["run", "person"], name="check_finding_person"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.child}"


class Explanation(models.Model):
    """Why a finding is right as it stands, as the DfE's portal asks. It holds until somebody withdraws it."""

    kind = models.CharField(max_length=10)
    authority = models.CharField(max_length=20, blank=True)
    rule = models.CharField(max_length=12)
    child = models.CharField(max_length=40, blank=True)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    fingerprint = models.CharField(max_length=64)
    text = models.CharField(max_length=1000)
    by_id = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["fingerprint"], condition=Q(withdrawn_at=None), name="one_explanation_in_force"
            )
        ]

    def __str__(self) -> str:
        return self.text
