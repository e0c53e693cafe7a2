"""Assessments of need, what is written in them, and plans for children in need."""

from django.conf import settings
from django.db import models

from kith.record.facts import Fact, Matter, Part
from kith.record.people.models import Decided


class Assessment(Decided):
    """A child and family assessment; its factors are recorded when it is authorised.

    Who decided is who authorised it.
    """

    referral_thread = models.BigIntegerField(null=True, blank=True)
    is_asked_for = models.BooleanField(default=False, editable=False)  # begun by a decision or an enquiry
    started_on = models.DateField()
    reviewed_on = models.DateField(null=True, blank=True)
    authorised_on = models.DateField(null=True, blank=True)
    factors = models.JSONField(default=list, blank=True)  # code list `assessment_factors`
    is_no_further_action = models.BooleanField(null=True, blank=True)  # None: nobody said
    # Why it ended on `authorised_on` with nobody having authorised it; "" where somebody did.
    unfinished_because = models.CharField(max_length=100, blank=True, default="", db_default="")


class ChildInNeedPlan(Decided):
    """A plan for a child in need (section 17). Who decided is who began it."""

    referral_thread = models.BigIntegerField(null=True, blank=True)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)


class NeedPlanMeeting(Fact):
    """A meeting about a child in need plan, as held; after the first, each one reviews the plan."""

    plan_thread = models.BigIntegerField(db_index=True)
    held_on = models.DateField()
    is_family_there = models.BooleanField(null=True, blank=True)  # None: nobody said
    who_came = models.CharField(max_length=300, blank=True)
    decided = models.TextField(blank=True)  # for this child alone

    class Meta(Fact.Meta):
        verbose_name = "meeting about a child in need plan"


class Stage(models.TextChoices):
    """How far an assessment has come."""

    WRITING = "writing", "Being written"
    ASKED = "asked", "Waiting for a manager to read it"
    SENT_BACK = "sent_back", "Sent back to be worked on"
    AUTHORISED = "authorised", "Authorised"
    UNFINISHED = "unfinished", "Ended without being finished"


class FamilyAssessment(Matter):
    """What one assessment says of a family: the words about all of them, and how far it has come.

    The dates, and what each child's part comes to in a return, are on the child's own `Assessment`.
    """

    started_on = models.DateField()
    words = models.JSONField(default=dict, blank=True)  # by section of data/sections.csv
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.WRITING)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(null=True, blank=True)
    sent_back_because = models.TextField(blank=True)
    # Why it was authorised with nothing under a heading that is needed; "" where all was written.
    signed_although = models.TextField(blank=True, default="", db_default="")

    class Meta(Matter.Meta):
        verbose_name = "assessment of a family"


class ChildsPart(Part):
    """What an assessment says of one child alone: their life in words, and what should come of it."""

    assessment_thread = models.BigIntegerField(db_index=True)
    words = models.JSONField(default=dict, blank=True)  # by section of data/sections.csv
    next_step = models.CharField(max_length=30, blank=True)  # data/next_steps.csv; blank: not said yet
    next_step_because = models.TextField(blank=True)
    factors = models.JSONField(default=list, blank=True)  # code list `assessment_factors`
    not_seen_because = models.CharField(max_length=300, blank=True)

    class Meta(Part.Meta):
        verbose_name = "child's part of an assessment"


class AssessmentShared(Part):
    """That somebody in the family was given an assessment to read, and what they said of it."""

    on = models.DateField()
    with_whom = models.CharField(max_length=200)
    way = models.CharField(max_length=100, blank=True)
    held_back = models.TextField(blank=True)  # what was left out of their copy, and why
    their_words = models.TextField(blank=True)

    class Meta(Part.Meta):
        verbose_name = "sharing of an assessment"
