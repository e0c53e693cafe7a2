"""A visit and a note: what was shared by all its children once, and what is one child's alone apart."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from kith.record.facts import Matter, Part, new_id
from kith.record.people.models import MayFamilyRead


class How(models.TextChoices):
    """How a visit was made."""

    IN_PERSON = "in_person", "In person"
    VIDEO = "video", "By video"
    PHONE = "phone", "By phone"
    NOBODY_IN = "nobody_in", "Nobody was in"


class HowSeen(models.TextChoices):
    """How a child was seen at a visit."""

    ALONE = "alone", "Seen alone"
    NOT_ALONE = "not_alone", "Seen, not alone"
    NOT_SEEN = "not_seen", "Not seen"
    MOTHER_SEEN = "mother_seen", "Not yet born: mother seen"


class NoteKind(models.TextChoices):
    """What a note is of."""

    NOTE = "note", "Note"
    CALL = "call", "Phone call"
    MEETING = "meeting", "Meeting"
    CHILDS_WORDS = "childs_words", "Child’s own words"
    MANAGERS_DECISION = "managers_decision", "Manager’s decision"


class Written(Matter):
    """Something that was written about several children, and may have come from another record.

    `first_written_by` and `first_written_at` are of what was first written on the wrong record and moved
    from there: the version of that is ended, and this one was recorded by whoever moved it.
    """

    first_written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    first_written_at = models.DateTimeField(null=True, blank=True)

    class Meta(Matter.Meta):
        abstract = True


class Visit(Written):
    """One visit to a family's children, as it was made: what may be known on each of their files.

    `at` is when it was made, whenever it was written down. `people_there` are ids of people on record,
    `others_there` names that are not. What was told by somebody outside the family, or by one parent of
    another, is marked `is_from_third_party` and held back from copies for the family. `actions` are the
    threads of what it put into plans.
    """

    at = models.DateTimeField()
    how = models.CharField(max_length=20, choices=How.choices)
    place = models.CharField(max_length=100, blank=True)  # blank: at home
    visitor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    with_worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    with_professional = models.CharField(max_length=200, blank=True)
    people_there = models.JSONField(default=list, blank=True)
    others_there = models.CharField(max_length=300, blank=True)
    was_nobody_else_there = models.BooleanField(null=True)
    interpreter = models.CharField(max_length=200, blank=True)
    what_happened = models.TextField(blank=True)
    is_from_third_party = models.BooleanField(default=False)
    what_next = models.TextField(blank=True)
    next_by = models.DateField(null=True, blank=True)
    actions = models.JSONField(default=list, blank=True)

    class Meta(Written.Meta):
        verbose_name = "visit"


class Seen(Part):
    """What a visit was to one child: seen, seen alone or not, their own words, what is theirs alone.

    A visit that came by a file has no shared part here: its `matter_thread` is of nothing. Blank flags
    are that nobody said, never no. `visitor_roles` are the roles that the visitors held on that day, and
    none where a file tells of no visitor. `counts_as` and `plan_thread` are the plan the child had then.
    """

    kept_from_source_page = frozenset({"visitor_roles", "counts_as"})

    matter_thread = models.BigIntegerField(default=new_id, db_index=True, editable=False)
    visited_on = models.DateField()
    visited_at = models.DateTimeField(null=True, blank=True)
    how = models.CharField(max_length=20, choices=How.choices, default=How.IN_PERSON)
    is_seen = models.BooleanField(null=True)
    is_seen_alone = models.BooleanField(null=True)
    is_mother_seen = models.BooleanField(null=True)  # of a child not yet born
    is_bedroom_seen = models.BooleanField(null=True)
    why_not_seen = models.TextField(blank=True)
    own_words = models.TextField(blank=True)
    may_family_read = models.CharField(max_length=10, choices=MayFamilyRead.choices, blank=True)
    presentation = models.TextField(blank=True)  # how the child looked and was
    private_line = models.TextField(blank=True)
    is_private_line_from_third_party = models.BooleanField(default=False)
    counts_as = models.CharField(max_length=20, blank=True)
    plan_thread = models.BigIntegerField(null=True, blank=True)
    visitor_roles = models.JSONField(default=list, blank=True)

    class Meta(Part.Meta):
        verbose_name = "visit to the child"
        constraints = [
            *Part.Meta.constraints,
            models.CheckConstraint(
                condition=Q(is_seen_alone=None) | Q(is_seen_alone=False) | Q(is_seen=True),
                name="seen_alone_is_seen",
            ),
        ]

    @property
    def how_seen(self) -> HowSeen | None:
        """How the child was seen; None where nobody said."""
        if self.is_mother_seen:
            return HowSeen.MOTHER_SEEN
        if self.is_seen:
            return HowSeen.ALONE if self.is_seen_alone else HowSeen.NOT_ALONE
        return None if self.is_seen is None else HowSeen.NOT_SEEN

    @property
    def moment(self) -> date | datetime:
        """When the visit was made, with its hour where it is known."""
        return self.visited_at or self.visited_on


class Note(Written):
    """A note, a call, a meeting or a manager's decision about one child or several."""

    at = models.DateTimeField()
    kind = models.CharField(max_length=20, choices=NoteKind.choices)
    words = models.TextField(blank=True)
    because = models.TextField(blank=True)  # of a decision
    with_whom = models.CharField(max_length=300, blank=True)
    is_from_third_party = models.BooleanField(default=False)
    what_next = models.TextField(blank=True)
    next_by = models.DateField(null=True, blank=True)

    class Meta(Written.Meta):
        verbose_name = "note"


class NoteAbout(Part):
    """What a note is to one child: their own words, and what is theirs alone."""

    noted_on = models.DateField()
    kind = models.CharField(max_length=20, choices=NoteKind.choices)
    own_words = models.TextField(blank=True)
    may_family_read = models.CharField(max_length=10, choices=MayFamilyRead.choices, blank=True)
    private_line = models.TextField(blank=True)
    is_private_line_from_third_party = models.BooleanField(default=False)

    class Meta(Part.Meta):
        verbose_name = "note about the child"
