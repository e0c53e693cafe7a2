"""Where a child learns, how often they are there, when they were kept out, and their special needs."""

from django.db import models
from django.db.models import Q

from kith.record.facts import Fact, in_order


class PlaceKind(models.TextChoices):
    """Where, or why nowhere."""

    SCHOOL = "school", "At school"
    EARLY_YEARS = "early_years", "At nursery or with a child minder"
    COLLEGE = "college", "At college or in training"
    ALTERNATIVE = "alternative", "In alternative provision"
    AT_HOME = "at_home", "Educated at home"
    OFF_ROLL = "off_roll", "Off the roll: no longer at any school"
    NO_PLACE = "no_place", "Waiting for a school place"


HAS_NO_SCHOOL = {PlaceKind.OFF_ROLL, PlaceKind.NO_PLACE}


class SchoolPlace(Fact):
    """Where a child learns from one day to another; only one at a time."""

    kind = models.CharField(max_length=20, choices=PlaceKind.choices)
    school = models.CharField(max_length=200, blank=True)
    agency_thread = models.BigIntegerField(null=True, blank=True)  # of `sharing.Agency`, where it is one
    year_group = models.CharField(max_length=20, blank=True)
    is_part_time = models.BooleanField(null=True, blank=True)  # a part-time table; None: nobody said
    started_on = models.DateField(null=True, blank=True)  # None: nobody said since when
    ended_on = models.DateField(null=True, blank=True)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            in_order("started_on", "ended_on", "school_place_ends_after_start"),
        ]

    @property
    def is_no_school(self) -> bool:
        """Whether this says that the child is at no school, which someone has to mend."""
        return self.kind in HAS_NO_SCHOOL


class Attendance(Fact):
    """How much of the school days from one day to another a child was there, in per cent."""

    started_on = models.DateField()
    ended_on = models.DateField()
    percent = models.DecimalField(max_digits=4, decimal_places=1)
    said_by = models.CharField(max_length=100, blank=True)

    class Meta(Fact.Meta):
        verbose_name_plural = "attendance"
        constraints = [
            *Fact.Meta.constraints,
            in_order("started_on", "ended_on", "attendance_ends_after_start"),
            models.CheckConstraint(
                condition=Q(percent__gte=0, percent__lte=100), name="attendance_is_a_share"
            ),
        ]


class ExclusionKind(models.TextChoices):
    SUSPENSION = "suspension", "Suspended"
    PERMANENT = "permanent", "Permanently excluded"


class Exclusion(Fact):
    """A time when a school kept a child out. `days` may end in a half; None: nobody said how many."""

    kind = models.CharField(max_length=20, choices=ExclusionKind.choices)
    started_on = models.DateField()
    days = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)


class Support(models.TextChoices):
    """What a child with special needs is given."""

    NONE = "none", "No special needs are known"
    SCHOOL = "school", "Help from school (SEN support)"
    PLAN_ASKED_FOR = "plan_asked_for", "A plan (EHCP) has been asked for"
    PLAN = "plan", "Has an education, health and care plan (EHCP)"


class SpecialNeed(Fact):
    """What special educational needs a child has and what help with them; one at a time."""

    support = models.CharField(max_length=20, choices=Support.choices)
    needs = models.JSONField(
        default=list, blank=True
    )  # codes of the list `sen_need_type`, the main one first
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            in_order("started_on", "ended_on", "special_need_ends_after_start"),
        ]
