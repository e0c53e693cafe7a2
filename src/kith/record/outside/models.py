"""Harm outside the home: what worries us there, which young people it touches, and what is done about it.

A place, a group or an adult of concern is no person of the record: Find never finds it, no family picture
and no young person's story names it. One who is harmed and causes harm is one person with two links.
Source: docs/decisions/0029-harm-outside-the-home.md.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from kith.record.facts import Fact, Matter, Part, in_order
from kith.record.people.permissions import can


class Kind(models.TextChoices):
    """What there is to be concerned about."""

    PLACE = "place", "A place"
    GROUP = "group", "A group"
    ADULT = "adult", "An adult"
    VEHICLE = "vehicle", "A vehicle"
    PHONE = "phone", "A phone"
    ONLINE = "online", "An online account"


class HowKnown(models.TextChoices):
    """How somebody came to know of it."""

    SEEN = "seen", "Somebody saw it"
    TOLD = "told", "A young person or their family told us"
    POLICE = "police", "The police told us"
    RUMOUR = "rumour", "It is said; nobody we know has seen it"


class Tie(models.TextChoices):
    """What a young person has to do with it. One may have two of these at once."""

    HARMED = "harmed", "Is harmed there, or by it"
    CAUSES_HARM = "causes_harm", "Causes harm there"
    GOES_THERE = "goes_there", "Goes there"
    NOT_KNOWN = "not_known", "Not known"


class Concern(Matter):
    """A place, group, adult, vehicle, phone or online account of concern, as young people call it."""

    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    how_known = models.CharField(max_length=10, choices=HowKnown)
    known_since = models.DateField()
    may_be_shared = models.BooleanField(null=True, blank=True)  # None: nobody said, so it may not
    ended_on = models.DateField(null=True, blank=True)
    over_because = models.CharField(max_length=300, blank=True)

    class Meta(Matter.Meta):
        constraints = [
            *Matter.Meta.constraints,
            in_order("known_since", "ended_on", "concern_ends_after_it_was_known"),
        ]

    def __str__(self) -> str:
        return self.name


class Between(Matter):
    """That two of them have to do with each other: a car of a group, an adult at a place."""

    one_thread = models.BigIntegerField(db_index=True)
    other_thread = models.BigIntegerField(db_index=True)
    what = models.CharField(max_length=200)
    how_known = models.CharField(max_length=10, choices=HowKnown)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta(Matter.Meta):
        verbose_name = "link between two concerns"
        verbose_name_plural = "links between concerns"
        constraints = [
            *Matter.Meta.constraints,
            in_order("started_on", "ended_on", "between_ends_after_start"),
            models.CheckConstraint(condition=~Q(one_thread=F("other_thread")), name="between_two_concerns"),
        ]


class Linked(Part):
    """A young person's link to it; `what` is known of them alone."""

    kept_from_source_page: ClassVar[frozenset[str]] = frozenset({"matter_thread", "what"})

    kind = models.CharField(max_length=10, choices=Kind)  # the concern's, so that a count needs no look-up
    tie = models.CharField(max_length=12, choices=Tie)
    how_known = models.CharField(max_length=10, choices=HowKnown)
    what = models.TextField(blank=True)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta(Part.Meta):
        verbose_name = "link to a concern outside the home"
        verbose_name_plural = "links to concerns outside the home"
        constraints = [*Part.Meta.constraints, in_order("started_on", "ended_on", "linked_ends_after_start")]

    def source_check(self, user: Any) -> bool:
        """Nobody: it is read on the page of the young person's links, where its reader is asked for."""
        return False


class Screening(Fact):
    """How a young person's risk outside the home was graded with the local tool, and why."""

    tool = models.CharField(max_length=100)
    level = models.CharField(max_length=100)  # in the words of the local tool
    reason = models.TextField()
    screened_on = models.DateField()
    review_on = models.DateField(null=True, blank=True)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            in_order("screened_on", "review_on", "screening_reviewed_after_it"),
        ]

    def source_check(self, user: Any) -> bool:
        """Those who work on harm outside the home."""
        return can("work_on_harm_outside", user)


class Panel(Matter):
    """A meeting of agencies about harm outside the home; what it decides stands with each young person."""

    held_on = models.DateField()
    chaired_by = models.CharField(max_length=200)
    who_came = models.CharField(max_length=300, blank=True)

    class Meta(Matter.Meta):
        verbose_name = "panel about harm outside the home"
        verbose_name_plural = "panels about harm outside the home"


class PanelDecision(Part):
    """What a panel decided for one young person, why, what is to be done, and what they said themselves."""

    held_on = models.DateField()  # the panel's, so that a line needs no look-up
    decided = models.TextField()
    why = models.TextField()
    actions = models.TextField(blank=True)  # one a line: what, who, until when
    own_words = models.TextField(blank=True)

    def source_check(self, user: Any) -> bool:
        """Those who work on harm outside the home."""
        return can("work_on_harm_outside", user)


class Answer(models.TextChoices):
    """What the competent authority answered to a referral to the National Referral Mechanism."""

    GROUNDS = "grounds", "There are reasonable grounds"
    NO_GROUNDS = "no_grounds", "There are no reasonable grounds"
    CONCLUSIVE = "conclusive", "It is conclusive: a victim of modern slavery"
    NOT_CONCLUSIVE = "not_conclusive", "It is conclusive: not a victim of modern slavery"


class NationalReferral(Fact):
    """A referral to the National Referral Mechanism. A child need not consent; an adult is asked."""

    referred_on = models.DateField()
    referred_by = models.CharField(max_length=200)  # the first responder
    what = models.TextField()
    reference = models.CharField(max_length=50, blank=True)
    answer = models.CharField(max_length=15, choices=Answer, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    consents = models.BooleanField(null=True, blank=True)  # as an adult; None: not asked
    asked_on = models.DateField(null=True, blank=True)

    class Meta(Fact.Meta):
        verbose_name = "referral to the National Referral Mechanism"
        verbose_name_plural = "referrals to the National Referral Mechanism"
        constraints = [
            *Fact.Meta.constraints,
            in_order("referred_on", "answered_on", "national_referral_answered_after_it"),
        ]

    def source_check(self, user: Any) -> bool:
        """Those who work on harm outside the home."""
        return can("work_on_harm_outside", user)


class Step(models.TextChoices):
    """What can be done against those who harm, and to make a place safer."""

    WARNING = "warning", "A child abduction warning notice"
    ORDER = "order", "A court order"
    LICENSING = "licensing", "Licensing, or trading standards"
    VISIT = "visit", "Visits by police or others"
    PLACE = "place", "The place itself: light, cameras, staff"
    ONLINE = "online", "An account reported or closed"
    OTHER = "other", "Something else"


class Disruption(Matter):
    """A step against what is of concern: what kind, who takes it, and until when it lasts."""

    concern_thread = models.BigIntegerField(db_index=True)
    kind = models.CharField(max_length=10, choices=Step)
    what = models.CharField(max_length=300, blank=True)
    who = models.CharField(max_length=200)
    started_on = models.DateField()
    until = models.DateField(null=True, blank=True)
    came_of_it = models.CharField(max_length=300, blank=True)

    class Meta(Matter.Meta):
        verbose_name = "disruption step"
        constraints = [*Matter.Meta.constraints, in_order("started_on", "until", "disruption_lasts_forward")]


class HandedToAdults(Fact):
    """Who goes on with a young person as an adult; from 17, so that nobody falls off at 18."""

    to_whom = models.CharField(max_length=200)
    agreed = models.TextField(blank=True)
    handed_on = models.DateField()

    class Meta(Fact.Meta):
        verbose_name = "hand-over to services for adults"
        verbose_name_plural = "hand-overs to services for adults"

    def source_check(self, user: Any) -> bool:
        """Those who work on harm outside the home."""
        return can("work_on_harm_outside", user)
