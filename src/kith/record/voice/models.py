"""What the family says of how it felt, and what was decided because of what a child said."""

from django.db import models
from django.db.models import Q

from kith.record.facts import Fact, Matter, Part


class AskedAbout(models.TextChoices):
    """What somebody is asked about, in the words used with a family."""

    ASSESSMENT = "assessment", "Our finding out what would help"
    ENQUIRY = "enquiry", "Our checking that your children are safe"
    FAMILY_HELP = "family_help", "The help you had"


class Feeling(models.TextChoices):
    """How it felt: the first tap."""

    HELPED_A_LOT = "helped_a_lot", "It helped a lot"
    HELPED = "helped", "It helped"
    NEITHER = "neither", "Neither"
    HARDER = "harder", "It made things harder"
    MUCH_HARDER = "much_harder", "It made things much harder"


class Listened(models.TextChoices):
    """Whether they were listened to: the second tap."""

    YES = "yes", "Yes"
    PARTLY = "partly", "Partly"
    NO = "no", "No"


class HowItFelt(Matter):
    """One person in a family, asked how it felt, and their answer.

    The first tap is kept by itself; the second, and any words, may follow or never come.
    """

    asked_about = models.CharField(max_length=20, choices=AskedAbout.choices)
    fact_table = models.CharField(max_length=60)  # what ended: an assessment, an enquiry, an episode of help
    fact_thread = models.BigIntegerField(db_index=True)
    asked_of = models.CharField(max_length=200)  # "Mum, Nadia"; a child by their name
    asked_at = models.DateTimeField()
    feeling = models.CharField(max_length=20, choices=Feeling.choices, blank=True)
    listened = models.CharField(max_length=10, choices=Listened.choices, blank=True)
    words = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta(Matter.Meta):
        verbose_name = "answer to how it felt"
        verbose_name_plural = "answers to how it felt"
        constraints = [
            *Matter.Meta.constraints,
            models.CheckConstraint(
                condition=Q(answered_at=None) | ~Q(feeling=""), name="an_answer_to_how_it_felt_says_something"
            ),
        ]


class FeltAbout(Part):
    """One of the children whom what is asked about was about."""

    class Meta(Part.Meta):
        verbose_name = "answer to how it felt"


class Heeded(Fact):
    """What was decided because of something a child said; in no one's words but the worker's.

    `said_table` and `said_thread` are the fact in which the child's words stand; `decided_table` and
    `decided_thread` what was decided, where that is a fact of its own (an action of a plan, a decision).
    """

    kept_from_source_page = frozenset({"said_table", "said_thread", "decided_table", "decided_thread"})

    said_table = models.CharField(max_length=60)
    said_thread = models.BigIntegerField(db_index=True)
    what = models.CharField(max_length=300)
    decided_on = models.DateField()
    decided_table = models.CharField(max_length=60, blank=True)
    decided_thread = models.BigIntegerField(null=True, blank=True)

    class Meta(Fact.Meta):
        verbose_name = "decision because of what the child said"
        verbose_name_plural = "decisions because of what the child said"
