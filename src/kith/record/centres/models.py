"""Family centres: places, what is open there and when, how many came, who wants a place, what was missing.

Nothing here is about anybody on record: a family that comes to a centre is counted, and never named, unless
it gives a name to be called by when it asks for a place.
"""

from datetime import date, timedelta

from django.db import models
from django.db.models import Q

from kith.record.facts import Matter, in_order
from kith.standards.codes import code_list


class Centre(Matter):
    """A place that families may come to."""

    name = models.CharField(max_length=200)
    address = models.CharField(max_length=300)
    postcode = models.CharField(max_length=10)
    district = models.CharField(max_length=100, blank=True)  # what people call the place: "Northbrook West"
    phone = models.CharField(max_length=40, blank=True)
    access = models.CharField(max_length=500, blank=True)  # steps, toilets, parking, buses
    closed_on = models.DateField(null=True, blank=True)

    class Meta(Matter.Meta):
        verbose_name = "family centre"

    def __str__(self) -> str:
        return self.name


class OpenSession(Matter):
    """Something open to families at a centre, once or again and again, from a day, to a day."""

    class Repeats(models.TextChoices):
        ONCE = "once", "Once"
        WEEKLY = "weekly", "Every week"
        FORTNIGHTLY = "fortnightly", "Every two weeks"

    centre_thread = models.BigIntegerField(db_index=True)
    name = models.CharField(max_length=200)
    what = models.TextField(blank=True)
    for_whom = models.CharField(max_length=300, blank=True)
    languages = models.CharField(max_length=300, blank=True)
    access = models.CharField(max_length=500, blank=True)
    repeats = models.CharField(max_length=12, choices=Repeats)
    started_on = models.DateField()  # its first day, and its day of the week
    ended_on = models.DateField(null=True, blank=True)  # none on that day, nor after it
    opens_at = models.TimeField()
    closes_at = models.TimeField()
    not_on = models.JSONField(default=list, blank=True)  # days left out, as "2026-12-25"
    is_bookable = models.BooleanField()  # False: anybody drops in
    places = models.PositiveIntegerField(null=True, blank=True)  # None: as many as come

    class Meta(Matter.Meta):
        verbose_name = "session"
        constraints = [
            *Matter.Meta.constraints,
            in_order("started_on", "ended_on", "session_ends_after_start"),
            models.CheckConstraint(
                condition=Q(closes_at__gt=models.F("opens_at")), name="session_closes_after_it_opens"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_held_on(self, day: date) -> bool:
        """Whether it is held on a day."""
        if day < self.started_on or (self.ended_on and day >= self.ended_on):
            return False
        since = (day - self.started_on).days
        every = {self.Repeats.WEEKLY.value: 7, self.Repeats.FORTNIGHTLY.value: 14}.get(self.repeats)
        return day.isoformat() not in self.not_on and (since % every == 0 if every else since == 0)

    def days_between(self, first: date, last: date) -> list[date]:
        """The days on which it is held, from `first` to `last`, both among them."""
        days = (first + timedelta(days=number) for number in range((last - first).days + 1))
        return [day for day in days if self.is_held_on(day)]


class WhoCame(Matter):
    """How many came to a session on a day. No names, and nobody's record."""

    session_thread = models.BigIntegerField(db_index=True)
    held_on = models.DateField()
    adults = models.PositiveIntegerField()
    under_5 = models.PositiveIntegerField()
    five_and_over = models.PositiveIntegerField()
    first_time = models.PositiveIntegerField(null=True, blank=True)  # None: nobody asked

    class Meta(Matter.Meta):
        verbose_name = "count of who came"
        constraints = [
            *Matter.Meta.constraints,
            models.UniqueConstraint(
                fields=["session_thread", "held_on"],
                condition=Q(superseded_at=None),
                name="one_count_of_a_session_and_day",
            ),
        ]

    @property
    def in_all(self) -> int:
        return self.adults + self.under_5 + self.five_and_over


class SignUp(Matter):
    """A place asked for at a session, by a family or for one, with no more of a name than they choose."""

    session_thread = models.BigIntegerField(db_index=True)
    on = models.DateField()
    how_many = models.PositiveIntegerField()
    called = models.CharField(max_length=100, blank=True)
    reach = models.CharField(max_length=200, blank=True)  # only if they want to be told of a change
    needs = models.CharField(max_length=500, blank=True)  # an interpreter, a ramp, a quiet room
    given_back_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)  # that it is not held after all
    what_changed = models.CharField(max_length=500, blank=True, default="", db_default="")  # still to be told

    class Meta(Matter.Meta):
        verbose_name = "place at a session"
        verbose_name_plural = "places at sessions"


class UnmetNeed(Matter):
    """Help that somebody needed and nobody here could give, with no more of them than their district."""

    what = models.CharField(max_length=500)
    kind = models.CharField(max_length=20, blank=True)  # code list `help_needs`
    district = models.CharField(max_length=100, blank=True)
    ages = models.CharField(max_length=100, blank=True)
    noted_on = models.DateField()
    request_thread = models.BigIntegerField(null=True, blank=True)  # of the request for help it was left of
    need_thread = models.BigIntegerField(null=True, blank=True)  # of the need of a family, kept once

    class Meta(Matter.Meta):
        verbose_name = "need that was not met"

    @property
    def kind_in_words(self) -> str:
        """What kind of help it is, in plain words; "" where nobody said."""
        known = code_list("help_needs").find(self.kind) if self.kind else None
        return known.label if known else self.kind


class DirectoryService(Matter):
    """A service of the directory, with the fields, the names and the ids of whoever publishes it.

    Source: Open Referral UK, the UK profile of HSDS 3.0.
    """

    source_id = models.CharField(max_length=200)
    name = models.CharField(max_length=300)
    status = models.CharField(max_length=40, blank=True)
    as_given = models.JSONField()

    class Meta(Matter.Meta):
        verbose_name = "service of the directory"
        verbose_name_plural = "services of the directory"
        constraints = [
            *Matter.Meta.constraints,
            models.UniqueConstraint(
                fields=["source_id"], condition=Q(superseded_at=None), name="one_service_of_an_id"
            ),
        ]
