"""Young people who have left care."""

from django.db import models

from kith.record.facts import Fact


class CareLeaverYear(Fact):
    """A care leaver around their birthday in a year: in touch, what they do, where they live."""

    year = models.PositiveIntegerField()
    in_touch = models.CharField(max_length=4, blank=True)  # code list `care_leaver_in_touch`
    activity = models.CharField(max_length=2, blank=True)  # code list `care_leaver_activity`
    accommodation = models.CharField(max_length=2, blank=True)  # code list `care_leaver_accommodation`
