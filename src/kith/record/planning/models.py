"""A plan, who is on it, what it is to reach and who does what.

A line of a plan is its own thread: two people who change two lines do not meet. A line for one person only
(`only_for`) is theirs alone, and stands on no brother's or sister's copy.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from kith.record.facts import Matter, Part, in_order


class PlanKind(models.TextChoices):
    """What a plan is made for."""

    FAMILY_HELP = "family_help", "Family help plan"
    CHILD_IN_NEED = "child_in_need", "Child in need plan"
    PROTECTION = "protection", "Child protection plan"
    OUTSIDE = "outside", "Plan about harm outside the home"


class Basis(models.TextChoices):
    """On what ground a family and the authority work by a plan; it decides what the census is told."""

    VOLUNTARY = "voluntary", "The family chose this help, and may stop it at any time"
    SECTION_17 = "section_17", "Help to a child in need, under section 17"


class Plan(Matter):
    """What a family and those who help them agreed to do."""

    kind = models.CharField(max_length=20, choices=PlanKind)
    basis = models.CharField(max_length=20, choices=Basis, blank=True)
    started_on = models.DateField()
    agreed_with = models.CharField(max_length=300, blank=True)  # who of the family agreed, in words
    review_on = models.DateField(null=True, blank=True)
    safe_meanwhile = models.TextField(blank=True)  # what keeps the children safe while it is worked for
    if_nothing_changes = models.TextField(blank=True)  # what happens then
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=300, blank=True)

    class Meta(Matter.Meta):
        constraints = [*Matter.Meta.constraints, in_order("started_on", "ended_on", "plan_ends_after_start")]

    def __str__(self) -> str:
        return PlanKind(self.kind).label


class Planned(Part):
    """That a plan is for this person, from a day to a day."""

    kind = models.CharField(max_length=20, choices=PlanKind)  # the plan's, so that a line needs no look-up
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta(Part.Meta):
        verbose_name = "plan"
        constraints = [*Part.Meta.constraints, in_order("started_on", "ended_on", "planned_ends_after_start")]


class Goal(Matter):
    """What should be better, for all on a plan or for one of them."""

    plan_thread = models.BigIntegerField(db_index=True)
    only_for = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    what = models.TextField()
    position = models.PositiveSmallIntegerField(default=0)
    reached_on = models.DateField(null=True, blank=True)
    set_aside_because = models.CharField(max_length=300, blank=True)


class PlanAction(Matter):
    """What somebody will do, by when."""

    plan_thread = models.BigIntegerField(db_index=True)
    goal_thread = models.BigIntegerField(null=True, blank=True, db_index=True)
    only_for = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    what = models.TextField()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    owner_in_words = models.CharField(max_length=200, blank=True)  # “Mum”, “Nan”, “Bea from school”
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    not_needed_because = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(Matter.Meta):
        verbose_name = "action of a plan"
        constraints = [
            *Matter.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(owner=None) | ~Q(owner_in_words=""), name="action_has_an_owner"
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Neither done nor given up."""
        return self.done_on is None and not self.not_needed_because

    @property
    def worker(self) -> int | None:
        """The id of the worker who took it on; None where somebody else does it."""
        return self.owner_id

    @property
    def whose(self) -> str:
        """Who does it, in words."""
        return self.owner_in_words or str(self.owner)
