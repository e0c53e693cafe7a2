"""Section 47 enquiries, conferences, protection plans and their reviews."""

from django.db import models

from kith.record.facts import Fact


class Section47Enquiry(Fact):
    """An enquiry into suspected significant harm; it starts with the strategy discussion."""

    referral_thread = models.BigIntegerField(null=True, blank=True)
    started_on = models.DateField()
    is_joint = models.BooleanField(null=True, blank=True)  # with the police; None: the source does not tell
    conference_target_on = models.DateField(null=True, blank=True)  # as the source gave it
    is_conference_not_required = models.BooleanField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=40, blank=True)  # code list `s47_outcome`


class InitialConference(Fact):
    """An initial child protection conference, from an enquiry or from a transfer in."""

    referral_thread = models.BigIntegerField(null=True, blank=True)
    enquiry_thread = models.BigIntegerField(null=True, blank=True)  # None: no enquiry led to it
    held_on = models.DateField()
    is_plan_made = models.BooleanField(null=True, blank=True)  # None: the source does not tell


class ProtectionPlan(Fact):
    """A child protection plan."""

    referral_thread = models.BigIntegerField(null=True, blank=True)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    initial_category = models.CharField(max_length=4, blank=True)  # code list `category_of_abuse`
    latest_category = models.CharField(max_length=4, blank=True)
    previous_plans = models.PositiveIntegerField(null=True, blank=True)  # ever, in any authority


class PlanReview(Fact):
    """A review conference of a protection plan."""

    plan_thread = models.BigIntegerField()
    held_on = models.DateField()
