"""Conferences: planned, held, decided; who was asked, who came, and who saw it otherwise."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from kith.record.facts import Fact, Matter, Part
from kith.record.people.models import Decided


class InitialConference(Decided):
    """An initial child protection conference, from an enquiry or from a transfer in.

    Who decided is who chaired it.
    """

    referral_thread = models.BigIntegerField(null=True, blank=True)
    enquiry_thread = models.BigIntegerField(null=True, blank=True)  # None: no enquiry led to it
    held_on = models.DateField()
    is_plan_made = models.BooleanField(null=True, blank=True)  # None: the source does not tell
    conference_thread = models.BigIntegerField(null=True, blank=True)  # None: not arranged here


class Conference(Matter):
    """A child protection conference: arranged for a day, moved, held or called off."""

    class Kind(models.TextChoices):
        INITIAL = "initial", "Initial conference"
        PRE_BIRTH = "pre_birth", "Conference before birth"
        REVIEW = "review", "Review conference"
        TRANSFER_IN = "transfer_in", "Transfer-in conference"

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        HELD = "held", "Held"
        CALLED_OFF = "called_off", "Called off"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    state = models.CharField(max_length=12, choices=State.choices, default=State.PLANNED)
    planned_for = models.DateTimeField()
    convened_on = models.DateField(null=True, blank=True)  # no report was asked for before; None: not known
    is_date_only_held = models.BooleanField(default=False)  # still enquiring: nobody is invited yet
    minutes_long = models.PositiveSmallIntegerField(null=True, blank=True)
    room = models.CharField(max_length=200, blank=True)
    is_by_video = models.BooleanField(null=True, blank=True)
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    interpreter = models.CharField(max_length=200, blank=True)
    family_told_by = models.CharField(max_length=150, blank=True)  # who is to tell them, or told them
    family_not_told_because = models.TextField(blank=True)
    moved_because = models.TextField(blank=True)
    safe_until_then = models.TextField(blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    went_on_because = models.TextField(blank=True)  # held without its quorum
    said = models.TextField(blank=True)  # the minutes that everybody may share

    class Meta(Matter.Meta):
        constraints = [
            *Matter.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(state="held") | Q(held_at__isnull=False), name="held_conference_has_its_day"
            ),
        ]


class ConferenceOf(Part):
    """What a conference is about and decided for one child."""

    class Decision(models.TextChoices):
        PLAN = "plan", "A protection plan"
        NO_PLAN = "no_plan", "No protection plan"
        CONTINUE = "continue", "The plan goes on"
        END = "end", "The plan ends"

    held_on = models.DateField(null=True, blank=True)  # as the matter has it
    enquiry_thread = models.BigIntegerField(null=True, blank=True)
    plan_thread = models.BigIntegerField(null=True, blank=True, db_index=True)
    transfer_thread = models.BigIntegerField(null=True, blank=True)
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    category = models.CharField(max_length=4, blank=True)  # code list `category_of_abuse`
    end_reason = models.CharField(max_length=10, blank=True)  # one of `ProtectionPlan.End`
    why = models.TextField(blank=True)
    instead = models.TextField(blank=True)  # what helps where no plan is made, or when it ends
    child_said = models.TextField(blank=True)
    participation = models.CharField(max_length=4, blank=True)  # code list `review_participation`
    family_view = models.TextField(blank=True)

    class Meta(Part.Meta):
        verbose_name = "conference"


class Invited(Matter):
    """Somebody asked to a conference: how they were told, their report, whether they came, what was sent."""

    class Came(models.TextChoices):
        THERE = "there", "Came"
        VIDEO = "video", "By video or phone"
        REPORT = "report", "Sent a report"
        APOLOGIES = "apologies", "Sent apologies"
        SILENT = "silent", "Not heard from"
        KEPT_OUT = "kept_out", "Not to be there"

    conference_thread = models.BigIntegerField(db_index=True)
    name = models.CharField(max_length=200)
    job = models.CharField(max_length=100, blank=True)
    agency = models.CharField(max_length=40, blank=True)  # code list `agency_types`; "" for the family
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    professional_thread = models.BigIntegerField(null=True, blank=True)
    relative = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    apart = models.CharField(max_length=300, blank=True)  # how they come where they are not to meet
    kept_out_because = models.TextField(blank=True)
    told_on = models.DateField(null=True, blank=True)  # in person; a parent learns of it from no letter
    told_by = models.CharField(max_length=150, blank=True)
    invited_on = models.DateField(null=True, blank=True)
    invited_how = models.CharField(max_length=20, blank=True)  # one of `people.SafeContact.Way`
    is_report_wanted = models.BooleanField(default=False)
    report = models.TextField(blank=True)  # as they wrote it themselves, by a link
    report_received_on = models.DateField(null=True, blank=True)
    report_shared_on = models.DateField(null=True, blank=True)  # with the family
    report_shared_how = models.CharField(max_length=300, blank=True)
    came = models.CharField(max_length=10, choices=Came.choices, blank=True)
    decisions_sent_on = models.DateField(null=True, blank=True)
    record_sent_on = models.DateField(null=True, blank=True)

    class Meta(Matter.Meta):
        verbose_name_plural = "invited"

    def __str__(self) -> str:
        return self.name

    @property
    def is_family(self) -> bool:
        return self.relative_id is not None


class Dissent(Fact):
    """That somebody would have decided otherwise about this child. It is never left out of the minutes."""

    conference_thread = models.BigIntegerField(db_index=True)
    held_on = models.DateField()  # the day of the conference
    who = models.CharField(max_length=200)
    agency = models.CharField(max_length=40, blank=True)  # code list `agency_types`; "" for the family
    would_have = models.TextField()
    because = models.TextField(blank=True)
