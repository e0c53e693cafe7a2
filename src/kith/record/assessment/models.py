"""Assessments of need, and plans for children in need."""

from django.db import models

from kith.record.facts import Fact


class Assessment(Fact):
    """A child and family assessment; its factors are recorded when it is authorised."""

    referral_thread = models.BigIntegerField(null=True, blank=True)
    started_on = models.DateField()
    reviewed_on = models.DateField(null=True, blank=True)
    authorised_on = models.DateField(null=True, blank=True)
    factors = models.JSONField(default=list, blank=True)  # code list `assessment_factors`


class ChildInNeedPlan(Fact):
    """A plan for a child in need (section 17)."""

    referral_thread = models.BigIntegerField(null=True, blank=True)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
