"""Help for families: what was asked for, a family's help and each child's place in it, and what came of it.

A request needs nobody on record. What is of the whole family is a matter; what is of one child is a part.
"""

from django.conf import settings
from django.db import models

from kith.record.facts import Fact, Matter, Part, in_order
from kith.record.planning.models import Basis
from kith.standards.codes import code_list


class Way(models.TextChoices):
    """How somebody got in touch, or was reached."""

    PAGE = "page", "On the page “Ask for help”"
    PHONE = "phone", "By phone"
    TEXT = "text", "By text"
    VISIT = "visit", "Face to face"
    LETTER = "letter", "By letter or email"
    PARTNER = "partner", "Through somebody who works with them"


class ForWhom(models.TextChoices):
    """For whom help is asked."""

    FAMILY = "family", "My family"
    MYSELF = "myself", "Me: I am under 18"
    SOMEBODY_ELSE = "somebody_else", "Somebody else"


class Answer(models.TextChoices):
    """What became of a request for help."""

    ACTIVITY = "activity", "Something at a family centre"
    ADVICE = "advice", "Advice was enough"
    FAMILY_HELP = "family_help", "Family help, with one person who leads it"
    OTHER_SERVICE = "other_service", "Help from another service"
    CANNOT_HELP = "cannot_help", "We cannot help with this"
    STOPPED = "stopped", "They do not want help now"
    CONTACT = "contact", "Told to the front door, because somebody may not be safe"
    TAKEN_BACK = "taken_back", "Taken back by the front door, which decided otherwise"


class HelpRequest(Matter):
    """Somebody asked for help. Nobody has to be on record for it, and it is no referral."""

    asked_at = models.DateTimeField()
    way = models.CharField(max_length=10, choices=Way)
    for_whom = models.CharField(max_length=15, choices=ForWhom, blank=True)
    what_would_help = models.TextField()
    name = models.CharField(max_length=200, blank=True)
    how_and_when_safe = models.TextField(blank=True)  # how to reach them, and when that is safe
    where = models.CharField(max_length=200, blank=True)
    anything_else = models.TextField(blank=True)
    asked_by = models.CharField(max_length=200, blank=True)  # somebody who asks for the family, in words
    does_family_know = models.BooleanField(null=True, blank=True)  # None: the family asked, or nobody said
    answer = models.CharField(max_length=15, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answer_in_words = models.TextField(blank=True)  # which service or advice, or what could not be given
    family_thread = models.BigIntegerField(null=True, blank=True, db_index=True)
    message_thread = models.BigIntegerField(null=True, blank=True)  # the front door chose help for a message
    told_table = models.CharField(max_length=60, blank=True)  # the front door's own row, for a contact
    told_thread = models.BigIntegerField(null=True, blank=True)

    class Meta(Matter.Meta):
        verbose_name = "request for help"


class HelpReply(Matter):
    """One try to reach somebody who asked for help."""

    request_thread = models.BigIntegerField(db_index=True)
    tried_at = models.DateTimeField()
    way = models.CharField(max_length=10, choices=Way)
    got_through = models.BooleanField()
    said = models.TextField(blank=True)
    against_safe_way_because = models.CharField(max_length=300, blank=True)

    class Meta(Matter.Meta):
        verbose_name = "try to reach somebody"


class FamilyHelp(Matter):
    """One family's help, from the day it was accepted until it ends."""

    request_thread = models.BigIntegerField(null=True, blank=True)
    accepted_at = models.DateTimeField()
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lead_named_on = models.DateField(null=True, blank=True)
    going_well = models.TextField(blank=True)
    is_hard = models.TextField(blank=True)
    what_would_help = models.TextField(blank=True)
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=20, blank=True)  # code list `help_end_reasons`
    why_ended = models.TextField(blank=True)
    in_place_now = models.TextField(blank=True)
    who_to_ring = models.CharField(max_length=300, blank=True)

    class Meta(Matter.Meta):
        verbose_name = "family help"


class HelpEpisode(Fact):
    """That a child or young person, born or not, is helped with their family, from a day to a day.

    What came in a file has its own words where we have codes.
    """

    family_thread = models.BigIntegerField(null=True, blank=True, db_index=True)  # None: it came in a file
    basis = models.CharField(max_length=20, choices=Basis, blank=True, default="")
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True, default="")  # code list `help_needs`
    end_reason = models.CharField(max_length=200, blank=True, default="")  # code list `help_end_reasons`
    organisation = models.CharField(max_length=200, blank=True, default="")  # code list `agency_types`
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    worker_reference = models.CharField(max_length=100, blank=True, default="")

    class Meta(Fact.Meta):
        verbose_name = "family help"
        constraints = [
            *Fact.Meta.constraints, in_order("started_on", "ended_on", "help_episode_ends_after_start")
        ]  # fmt: skip


class Agreement(Matter):
    """What one person of the family said to being helped."""

    family_thread = models.BigIntegerField(db_index=True)
    who = models.CharField(max_length=200)  # in words: a parent need not be on record
    answer = models.CharField(
        max_length=10,
        choices=[("yes", "Agrees"), ("no", "Does not agree"), ("withdrawn", "Agreed, and no longer")],
    )
    on = models.DateField()
    how = models.CharField(max_length=10, choices=Way)
    in_their_words = models.TextField(blank=True)


class ChildsView(Part):
    """What a child says about how things are at home, or why that is not known yet."""

    on = models.DateField()
    own_words = models.TextField(blank=True)
    not_asked_because = models.CharField(max_length=300, blank=True)  # too young: what was seen; not yet
    may_family_read = models.CharField(
        max_length=10, choices=[("yes", "Yes"), ("not_yet", "Not yet"), ("no", "No")], blank=True
    )

    class Meta(Part.Meta):
        verbose_name = "what the child says"


class FamilyNeed(Matter):
    """Something a family needs, and the help that was found for it."""

    family_thread = models.BigIntegerField(db_index=True)
    only_for = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=20)  # code list `help_needs`
    in_words = models.TextField(blank=True)
    met_by = models.CharField(max_length=300, blank=True)  # the service or the person
    service_thread = models.BigIntegerField(null=True, blank=True)  # of the directory, where it came from it
    offered_on = models.DateField(null=True, blank=True)
    was_taken_up = models.BooleanField(null=True, blank=True)
    has_helped = models.BooleanField(null=True, blank=True)
    nothing_found_on = models.DateField(null=True, blank=True)  # kept as help that could not be given

    class Meta(Matter.Meta):
        verbose_name = "need of a family"

    @property
    def kind_in_words(self) -> str:
        """What is needed, in plain words."""
        known = code_list("help_needs").find(self.kind)
        return known.label if known else self.kind


class TeamMember(Matter):
    """Somebody of the team around a family."""

    family_thread = models.BigIntegerField(db_index=True)
    professional_thread = models.BigIntegerField(null=True, blank=True)  # sharing.Professional
    name = models.CharField(max_length=200)
    does_what = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta(Matter.Meta):
        verbose_name = "member of the team around a family"


class FamilyMeeting(Matter):
    """A meeting at which a family makes its own plan: offered, answered, held, and what was agreed."""

    class Kind(models.TextChoices):
        NETWORK = "network", "Family network meeting"
        DECISION_MAKING = "decision_making", "Family group decision making"

    class Reply(models.TextChoices):
        YES = "yes", "Yes"
        NO = "no", "No"
        LATER = "later", "Not now"

    family_thread = models.BigIntegerField(db_index=True)
    kind = models.CharField(max_length=20, choices=Kind)
    offered_on = models.DateField(null=True, blank=True)
    offered_to = models.CharField(max_length=300, blank=True)
    offered_how = models.CharField(max_length=10, choices=Way, blank=True)
    not_offered_because = models.TextField(blank=True)
    reply = models.CharField(max_length=10, choices=Reply, blank=True)
    replied_on = models.DateField(null=True, blank=True)
    prepared_by = models.CharField(max_length=200, blank=True)
    held_on = models.DateField(null=True, blank=True)
    who_came = models.TextField(blank=True)
    had_private_time = models.BooleanField(null=True, blank=True)
    familys_plan = models.TextField(blank=True)
    agreed = models.TextField(blank=True)
    not_agreed = models.TextField(blank=True)
    not_agreed_because = models.TextField(blank=True)
    review_on = models.DateField(null=True, blank=True)
    reviewed_on = models.DateField(null=True, blank=True)
    how_it_goes = models.TextField(blank=True)  # as it was looked at again, last

    class Meta(Matter.Meta):
        verbose_name = "family meeting"


class HelpReview(Matter):
    """A family and those who help it looked at their plan again."""

    family_thread = models.BigIntegerField(db_index=True)
    held_on = models.DateField()
    who_was_there = models.CharField(max_length=300, blank=True)
    what_changed = models.TextField()
    next_on = models.DateField(null=True, blank=True)

    class Meta(Matter.Meta):
        verbose_name = "review of family help"


class StepUp(Matter):
    """Those who help a family ask whether social workers have to: a manager decides."""

    family_thread = models.BigIntegerField(db_index=True)
    asked_at = models.DateTimeField()
    what_has_changed = models.TextField()
    was_family_told = models.BooleanField()
    not_told_because = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(
        max_length=10,
        choices=[("step_up", "Step up: tell the front door"), ("stay", "Stay with family help")],
        blank=True,
    )
    decided_because = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_because = models.CharField(max_length=300, blank=True)
    told_table = models.CharField(max_length=60, blank=True)
    told_thread = models.BigIntegerField(null=True, blank=True)

    class Meta(Matter.Meta):
        verbose_name = "step up from family help"


class SteppedUp(Part):
    """That a step up is about this child; who has the same brothers and sisters may not be in it."""

    asked_on = models.DateField()

    class Meta(Part.Meta):
        verbose_name = "step up from family help"
