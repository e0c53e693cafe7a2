"""Messages, what is decided about them, contacts and referrals: how a child came to notice."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from kith.record.facts import Fact, Matter, Part, Version
from kith.record.people.models import Decided, Person, Team


class Contact(Fact):
    """A message about a child, from anyone."""

    reference = models.CharField(max_length=40, blank=True)
    received_on = models.DateField()
    source = models.CharField(max_length=3, blank=True)  # code list `referral_source`
    outcome = models.CharField(max_length=40, blank=True)  # code list `contact_outcome`
    message_thread = models.BigIntegerField(null=True, blank=True)  # the message this is one child's row of


class Referral(Decided):
    """A contact that social care decided to respond to; the CIN census calls it an episode of need.

    Who decided is who received it; who closed it is held beside, in the same way.
    """

    reference = models.CharField(max_length=40, blank=True)
    contact_thread = models.BigIntegerField(null=True, blank=True)  # the contact that became this
    received_on = models.DateField()
    source = models.CharField(max_length=3, blank=True)  # code list `referral_source`
    primary_need = models.CharField(max_length=3, blank=True)  # code list `need_codes`
    is_no_further_action = models.BooleanField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closure_reason = models.CharField(max_length=4, blank=True)  # code list `cin_closure_reason`
    closed_because = models.TextField(blank=True, default="", db_default="")  # in words a family can read
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    closed_by_reference = models.CharField(
        max_length=100, blank=True, editable=False, default="", db_default=""
    )
    closing_team = models.ForeignKey(
        Team, null=True, editable=False, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    closing_team_reference = models.CharField(
        max_length=255, blank=True, editable=False, default="", db_default=""
    )


class Way(models.TextChoices):
    """How a message came."""

    PHONE = "phone", "By phone"
    LETTER = "letter", "By letter or email"
    VISIT = "visit", "Somebody came in"
    PAGE = "page", "From our public page"
    LINK = "link", "From a partner’s page"
    WORKER = "worker", "A worker here tells it themselves"
    STEP_UP = "step_up", "Family help asks for more"


class Danger(models.TextChoices):
    """Whether somebody is in danger, as the one who told us sees it."""

    NOW = "now", "Yes, now"
    NOT_TODAY = "not_today", "Not today"
    CANNOT_TELL = "cannot_tell", "They cannot tell"


class IsTold(models.TextChoices):
    """Whether a parent knows of the message. Blank: nobody asked."""

    TOLD = "told", "Told"
    NOT_TOLD = "not_told", "Not told"
    NOT_KNOWN = "not_known", "Not known"


class Together(models.TextChoices):
    """What the children of a message are to each other, as whoever told us said it. Blank: nobody said."""

    SIBLINGS = "siblings", "Brothers and sisters"
    HOUSEHOLD = "household", "They live in one home, and are no brothers or sisters"
    APART = "apart", "Neither"


class Message(Matter):
    """What somebody told us about one or several children, word for word, before anything is decided.

    Whom it is about are rows of `Concerned`. Who told us, and how to reach them, is a third party's: it
    goes on no paper of the family's unless they may be named.
    """

    received_at = models.DateTimeField()
    written_at = models.DateTimeField(default=timezone.now)
    way = models.CharField(max_length=10, choices=Way.choices)
    source = models.CharField(max_length=3, blank=True)  # code list `referral_source`
    teller_name = models.CharField(max_length=150, blank=True)
    teller_role = models.CharField(max_length=150, blank=True)
    teller_organisation = models.CharField(max_length=150, blank=True)
    teller_way_back = models.TextField(blank=True)  # whole: what is cut off may be what makes it safe
    may_name_teller = models.BooleanField(null=True, blank=True)  # None: not asked, so no
    what_was_said = models.TextField()
    is_from_third_party = models.BooleanField(default=True)
    about_when = models.CharField(max_length=200, blank=True)
    what_they_want = models.TextField(blank=True)
    home = models.CharField(max_length=300, blank=True)  # the address, as it was said
    is_home_hidden = models.BooleanField(null=True, blank=True)  # to be kept from anybody; None: nobody said
    together = models.CharField(
        max_length=10, choices=Together.choices, blank=True, default="", db_default=""
    )
    others_at_home = models.TextField(blank=True)
    danger = models.CharField(max_length=12, choices=Danger.choices, blank=True)
    mother_told = models.CharField(max_length=10, choices=IsTold.choices, blank=True)
    father_told = models.CharField(max_length=10, choices=IsTold.choices, blank=True)
    other_parent_told = models.CharField(max_length=10, choices=IsTold.choices, blank=True)
    language = models.CharField(max_length=60, blank=True)
    interpreter = models.CharField(max_length=200, blank=True)
    is_family_told = models.BooleanField(null=True, blank=True)  # by whoever told us; None: nobody said
    is_allegation = models.BooleanField(default=False)  # about somebody who works with children: passed on
    help_request_thread = models.BigIntegerField(null=True, blank=True)
    managers_told_at = models.DateTimeField(null=True, blank=True)  # at once, as it was urgent
    seen_at = models.DateTimeField(null=True, blank=True)  # by a manager, as it was urgent
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)

    class Meta(Matter.Meta):
        verbose_name = "message"
        constraints = [
            *Matter.Meta.constraints,
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_because=""), name="message_withdrawn_has_reason"
            ),
        ]
        indexes = [
            models.Index(
                fields=["received_at"],
                condition=Q(superseded_at=None, decided_at=None, withdrawn_at=None),
                name="message_waiting",
            )
        ]

    @property
    def is_waiting(self) -> bool:
        """Whether a decision is still to be taken."""
        return self.decided_at is None and self.withdrawn_at is None

    @property
    def is_urgent(self) -> bool:
        """Whether somebody is said to be in danger now."""
        return self.danger == Danger.NOW


class Match(models.TextChoices):
    """Who on record a child named in a message is. Blank: nobody has looked yet."""

    KNOWN = "known", "On record"
    NEW = "new", "Somebody new"
    CONFIRM = "confirm", "A manager will confirm"
    NOBODY_CAN_TELL = "nobody_can_tell", "Nobody can tell yet"


class Concerned(Version):
    """A child as a message named them; `person` once somebody chose who on record that is.

    Nobody is registered before: a girl of about four may have a file already, or stay unknown.
    """

    message_thread = models.BigIntegerField(db_index=True)
    place = models.PositiveSmallIntegerField(default=0)  # in the order in which they were named
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="messages_about"
    )
    match = models.CharField(max_length=16, choices=Match.choices, blank=True)
    given_names = models.CharField(max_length=200, blank=True)
    family_name = models.CharField(max_length=200, blank=True)
    said_as = models.CharField(max_length=200, blank=True)  # "a girl, about 4"
    age_said = models.CharField(max_length=40, blank=True)
    sex = models.CharField(max_length=1, blank=True)
    date_of_birth = models.DateField(null=True, blank=True)
    expected_date_of_birth = models.DateField(null=True, blank=True)
    decision_thread = models.BigIntegerField(null=True, blank=True)

    class Meta(Version.Meta):
        verbose_name = "child named in a message"
        verbose_name_plural = "children named in messages"
        constraints = [
            *Version.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(match="known") | ~Q(person=None), name="concerned_known_is_somebody"
            ),
        ]

    @property
    def called(self) -> str:
        """The child as the message called them."""
        name = f"{self.given_names} {self.family_name}".strip()
        return name or self.said_as or "A child nobody named"


class Came(models.TextChoices):
    """What became, by a change of a decision, of what the earlier one had begun."""

    BEGAN = "began", "Begun now"
    STANDS = "stands", "Stands as it was"
    UNDONE = "undone", "Undone"
    BY_HAND = "by_hand", "To be undone by hand"


class Decision(Matter):
    """What was decided about a message: what, why, how the family stands and under which power.

    It holds what was decided for all; what is decided differently for one child is on that child's part.
    Changed, it is a new version: by whom, why, and what became of what the one before had begun.
    """

    message_thread = models.BigIntegerField(db_index=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    deciding_team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=24)  # data/decisions.csv
    threshold = models.CharField(max_length=8, blank=True)  # the local setting `threshold_levels`
    reason = models.TextField(blank=True)
    consent_position = models.CharField(max_length=20, blank=True)  # data/consent_positions.csv
    lawful_basis = models.CharField(max_length=20, blank=True)  # data/lawful_bases.csv
    family_told = models.CharField(max_length=200, blank=True)  # who tells them, and when
    partners = models.JSONField(default=list, blank=True)  # what each partner had said by then, in sentences
    is_urgent = models.BooleanField(default=False)
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    agreed_because = models.TextField(blank=True)
    came_of_change = models.JSONField(
        default=list, db_default=[], blank=True
    )  # of all the children; as `DecidedFor` has it

    class Meta(Matter.Meta):
        verbose_name = "decision about a message"
        verbose_name_plural = "decisions about messages"


class DecidedFor(Part):
    """What was decided for one child, with what that child said and what was known of them then."""

    concerned_thread = models.BigIntegerField()
    decision = models.CharField(max_length=24)  # data/decisions.csv
    reason = models.TextField(blank=True)  # this child's own; blank: as for all
    decided_on = models.DateField()
    child_said = models.TextField(blank=True)
    known_then = models.JSONField(default=list, blank=True)  # sentences, as the page showed them
    is_referred_again = models.BooleanField(default=False)  # within 12 months of an earlier referral
    referral_thread = models.BigIntegerField(null=True, blank=True)  # what it began, or what it was added to
    came_of_change = models.JSONField(
        default=list, db_default=[], blank=True
    )  # [Came, sentence] of the last change

    class Meta(Part.Meta):
        verbose_name = "decision about a message"
        verbose_name_plural = "decisions about messages"


class Section17Help(Matter):
    """Help in kind or in money that social care gave a family at the front door (Children Act 1989 s17(6)).

    It needs no case, no assessment and no record of anybody: food for tonight is given first.
    """

    message_thread = models.BigIntegerField(db_index=True)
    given_on = models.DateField()
    kind = models.CharField(max_length=20)  # data/section_17_help.csv
    in_words = models.CharField(max_length=300, blank=True)
    amount = models.DecimalField(
        max_digits=8, decimal_places=2, null=True, blank=True
    )  # pounds; for them all

    class Meta(Matter.Meta):
        verbose_name = "section 17 help"
        verbose_name_plural = "section 17 help"
        constraints = [
            *Matter.Meta.constraints,
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gt=0), name="section_17_help_costs_something"
            ),
        ]


class HelpedUnder17(Part):
    """That section 17 help was given for this child, among the others of the message."""

    given_on = models.DateField()
    kind = models.CharField(max_length=20)  # data/section_17_help.csv

    class Meta(Part.Meta):
        verbose_name = "section 17 help"
        verbose_name_plural = "section 17 help"


class MessageRead(Part):
    """That whoever works with a child has read a message added to their open work, and what they will do."""

    read_on = models.DateField()
    what_next = models.TextField()

    class Meta(Part.Meta):
        verbose_name = "message read by who works with the child"
        verbose_name_plural = "messages read by who works with the child"


class Reply(Matter):
    """What we told whoever told us, as it was sent by a worker: Kith itself sends nothing out."""

    message_thread = models.BigIntegerField(db_index=True)
    words = models.TextField()
    sent_to = models.CharField(max_length=200, blank=True)
    way = models.CharField(max_length=40, blank=True)
    sent_at = models.DateTimeField()

    class Meta(Matter.Meta):
        verbose_name = "reply"
        verbose_name_plural = "replies"


class SentElsewhere(Matter):
    """A message sent on to another authority: what was sent, under which power, and when they owned it."""

    message_thread = models.BigIntegerField(db_index=True)
    authority = models.CharField(max_length=150)
    sent_to = models.CharField(max_length=150, blank=True)
    what_was_sent = models.TextField()
    lawful_basis = models.CharField(max_length=20)  # data/lawful_bases.csv
    sent_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.CharField(max_length=150, blank=True)

    class Meta(Matter.Meta):
        verbose_name = "message sent to another authority"
        verbose_name_plural = "messages sent to other authorities"


class Allegation(Matter):
    """That somebody who works with children may have harmed one; it leaves the child's file.

    It is for the custodians, who pass it to the officer that the authority has for such allegations (LADO),
    and never for the one it is about, whose name may be that of a colleague.
    """

    adult_name = models.CharField(max_length=200)
    adult_work = models.CharField(max_length=300, blank=True)
    what_was_said = models.TextField()
    known_at = models.DateTimeField(default=timezone.now)
    message_thread = models.BigIntegerField(null=True, blank=True)
    passed_at = models.DateTimeField(null=True, blank=True)  # to the officer
    passed_to = models.CharField(max_length=200, blank=True)

    class Meta(Matter.Meta):
        verbose_name = "allegation"
