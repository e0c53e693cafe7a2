"""Protection plans, their core groups and reviews, and their moves between authorities."""

from django.db import models

from kith.record.facts import Fact, Matter, Part


class ProtectionPlan(Fact):
    """A child protection plan."""

    class End(models.TextChoices):
        SAFER = "safer", "The risk is less now"
        IN_CARE = "in_care", "The child is in care"
        MOVED = "moved", "The child moved to another area"
        ADULT = "adult", "The young person is 18"
        DIED = "died", "The child died"
        OTHER = "other", "Another reason"

    referral_thread = models.BigIntegerField(null=True, blank=True)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    initial_category = models.CharField(max_length=4, blank=True)  # code list `category_of_abuse`
    latest_category = models.CharField(max_length=4, blank=True)
    previous_plans = models.PositiveIntegerField(null=True, blank=True)  # ever, in any authority
    visits_every = models.PositiveSmallIntegerField(null=True, blank=True)  # working days; None: the usual
    visits_every_from = models.DateField(null=True, blank=True)  # the review that set it; None: the start
    is_mother_unwell = models.BooleanField(null=True, blank=True)  # after the birth; None: nobody said
    end_reason = models.CharField(max_length=10, choices=End.choices, blank=True, default="", db_default="")
    ended_why = models.TextField(blank=True, default="", db_default="")


class PlanReview(Fact):
    """A review conference of a protection plan."""

    plan_thread = models.BigIntegerField()
    held_on = models.DateField()
    conference_thread = models.BigIntegerField(null=True, blank=True)  # None: not arranged here


class LegalPlanningLook(Fact):
    """What was decided with a lawyer about a child whose plan lasts long, or who has a second one."""

    class Decision(models.TextChoices):
        PLAN_GOES_ON = "plan_goes_on", "The plan goes on"
        PRE_PROCEEDINGS = "pre_proceedings", "Begin pre-proceedings"
        COURT = "court", "Go to court now"

    plan_thread = models.BigIntegerField(db_index=True)
    looked_on = models.DateField()
    who = models.TextField(blank=True)
    decision = models.CharField(max_length=20, choices=Decision.choices)
    why = models.TextField(blank=True)

    class Meta(Fact.Meta):
        verbose_name = "legal planning look"


class CoreGroup(Matter):
    """A meeting of those who carry out a protection plan, as held."""

    held_on = models.DateField()
    who_came = models.TextField(blank=True)
    is_family_there = models.BooleanField(null=True, blank=True)  # None: nobody said
    what_changed = models.TextField(blank=True)


class CoreGroupOf(Part):
    """What the core group settled for one child's plan."""

    held_on = models.DateField()  # as the matter has it, so that a clock asks the part alone
    plan_thread = models.BigIntegerField(db_index=True)
    decided = models.TextField(blank=True)

    class Meta(Part.Meta):
        verbose_name = "core group"


class TransferIn(Fact):
    """A protection plan of another authority, kept here from when they wrote until our conference."""

    from_authority = models.CharField(max_length=100)
    notified_on = models.DateField()  # in writing
    category = models.CharField(max_length=4, blank=True)  # theirs; code list `category_of_abuse`
    their_plan_began_on = models.DateField(null=True, blank=True)
    papers = models.TextField(blank=True)
    their_chair = models.CharField(max_length=150, blank=True)
    conference_on = models.DateField(null=True, blank=True)  # our own, which took the plan over
    ended_on = models.DateField(null=True, blank=True)
    ended_why = models.TextField(blank=True)

    class Meta(Fact.Meta):
        verbose_name = "plan from another area"


class TransferOut(Fact):
    """That a child with our plan moved away. The plan stays ours until the other authority's conference."""

    plan_thread = models.BigIntegerField(db_index=True)
    to_authority = models.CharField(max_length=100)
    told_on = models.DateField()
    sent = models.TextField(blank=True)
    their_conference_on = models.DateField(null=True, blank=True)

    class Meta(Fact.Meta):
        verbose_name = "plan going to another area"
