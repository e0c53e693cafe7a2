"""What harm is suspected, the enquiry into it, the strategy discussion, and what was found."""

from django.conf import settings
from django.db import models

from kith.record.facts import Fact, Matter, Part
from kith.record.people.models import Decided


class Section47Enquiry(Decided):
    """An enquiry into suspected significant harm; it starts with the strategy discussion.

    Who decided is who concluded it.
    """

    referral_thread = models.BigIntegerField(null=True, blank=True)
    started_on = models.DateField()
    started_at = models.DateTimeField(null=True, blank=True)  # None: the hour is not known
    is_joint = models.BooleanField(null=True, blank=True)  # with the police; None: the source does not tell
    conference_target_on = models.DateField(null=True, blank=True)  # as the source gave it
    is_conference_not_required = models.BooleanField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=40, blank=True)  # code list `s47_outcome`
    harm_thread = models.BigIntegerField(null=True, blank=True)  # the HarmSuspected it began with
    strategy_thread = models.BigIntegerField(null=True, blank=True)  # the StrategyDiscussion that began it


class HarmSuspected(Matter):
    """What harm somebody suspects, in words that all the children it is about may share."""

    words = models.TextField()
    kinds = models.JSONField(default=list, blank=True)  # code list `category_of_abuse`; none while unsure
    suspected_at = models.DateTimeField()  # when the message came, else when a worker wrote it
    is_danger_now = models.BooleanField(null=True, blank=True)  # None: nobody said

    class Meta(Matter.Meta):
        verbose_name = "suspected harm"


class HarmSuspectedOf(Part):
    """That the harm is suspected for this child, the enquiry it led to, and what was known that day."""

    enquiry_thread = models.BigIntegerField(db_index=True)
    suspected_at = models.DateTimeField()  # as the matter has it, so that a clock asks the part alone
    is_danger_now = models.BooleanField(null=True, blank=True)
    is_added = models.BooleanField()  # told while an enquiry was going on already
    help_before = models.JSONField(default=list, blank=True)  # what help had come before, as known then

    class Meta(Part.Meta):
        verbose_name = "suspected harm"


class StrategyDiscussion(Matter):
    """A strategy discussion, as held: who took part, what was shared, what was decided."""

    class Way(models.TextChoices):
        TOGETHER = "together", "In one room"
        VIDEO = "video", "By video"
        PHONE = "phone", "By phone"

    class Decision(models.TextChoices):
        ENQUIRE_WITH_POLICE = "enquire_with_police", "Enquire with police"
        ENQUIRE_ALONE = "enquire_alone", "Enquire, social care alone"
        NO_ENQUIRY = "no_enquiry", "No enquiry"
        MEET_AGAIN = "meet_again", "Meet again"

    held_at = models.DateTimeField()
    way = models.CharField(max_length=10, choices=Way.choices, blank=True)
    led_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    took_part = models.JSONField(default=list)  # [{"agency": code of `agency_types`, "who": words}]
    discussed = models.TextField()
    risk_now = models.TextField(blank=True)
    of_concern = models.TextField(blank=True, default="", db_default="")  # an adult, on record here or not
    actions = models.TextField(blank=True)  # who does what by when
    decision = models.CharField(max_length=20, choices=Decision.choices)
    meets_again_at = models.DateTimeField(null=True, blank=True)


class StrategyDiscussionOf(Part):
    """What the discussion settled for one child."""

    held_at = models.DateTimeField()  # as the matter has it, so that a clock asks the part alone
    enquiry_thread = models.BigIntegerField(null=True, blank=True, db_index=True)  # None: none came of it
    sleeps_where = models.TextField(blank=True)  # tonight
    is_safe_tonight = models.BooleanField(null=True, blank=True)  # None: nobody said
    seen_when = models.TextField(blank=True)
    medical = models.TextField(blank=True)
    about_child = models.TextField(blank=True)

    class Meta(Part.Meta):
        verbose_name = "strategy discussion"


class EnquiryFinding(Fact):
    """What an enquiry found about one child, why, and who agreed."""

    class Finding(models.TextChoices):
        CONTINUING = "continuing", "Borne out and continuing"
        NOT_CONTINUING = "not_continuing", "Borne out, not continuing"
        NOT_BORNE_OUT = "not_borne_out", "Not borne out"
        TO_COURT = "to_court", "Borne out: going to court"

    enquiry_thread = models.BigIntegerField(db_index=True)
    finding = models.CharField(max_length=20, choices=Finding.choices)
    found_on = models.DateField()
    why = models.TextField(blank=True)
    child_said = models.TextField(blank=True)
    seen_on = models.DateField(null=True, blank=True)
    is_seen_alone = models.BooleanField(null=True, blank=True)  # None: nobody said
    not_seen_because = models.TextField(blank=True)
    help_offered = models.TextField(blank=True)
    family_told_on = models.DateField(null=True, blank=True)
    family_told_by = models.CharField(max_length=150, blank=True)
    family_not_told_because = models.TextField(blank=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    agreed_at = models.DateTimeField(null=True, blank=True)
    sent_back_because = models.TextField(blank=True)

    class Meta(Fact.Meta):
        verbose_name = "finding of an enquiry"
