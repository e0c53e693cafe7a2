"""Pre-proceedings; care proceedings come with their own part."""

from django.db import models

from kith.record.facts import Fact


class PreProceedings(Fact):
    """Work under the public law outline before care proceedings, as the CIN census has it from 2026-27."""

    referral_thread = models.BigIntegerField(null=True, blank=True)
    started_on = models.DateField(null=True, blank=True)
    letter_before_proceedings_on = models.DateField(null=True, blank=True)
    is_family_group_meeting_offered = models.BooleanField(null=True, blank=True)
    is_family_group_meeting_held = models.BooleanField(null=True, blank=True)
    first_meeting_on = models.DateField(null=True, blank=True)
    review_meetings = models.PositiveIntegerField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=20, blank=True)  # codes unverified
    court_application_on = models.DateField(null=True, blank=True)
    letter_to_start_on = models.DateField(null=True, blank=True)
