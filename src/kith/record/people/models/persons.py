"""Persons: one internal id each; names, identifiers and the rest are facts about them (decision 0001)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from kith.record.facts import Fact, in_order, new_id
from kith.record.people import names


class DatePrecision(models.TextChoices):
    """How much of a date is known (decision 0002)."""

    DAY = "day", "Day known"
    MONTH = "month", "Month known"
    YEAR = "year", "Year known"
    UNKNOWN = "unknown", "Not known"


class Person(models.Model):
    """Anyone the record knows: a child, a parent, a relative, a carer."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    is_never_proposed = models.BooleanField(
        default=False
    )  # an adopted child, in the old name or the new (D1)

    class Meta:
        # Of the few who were merged: an index over everyone, nearly all of them null, is passed over by
        # SQLite's planner, and each question about merges then reads every person.
        indexes = [
            models.Index(
                fields=["merged_into"], condition=Q(merged_into__isnull=False), name="person_merged_into"
            )
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"


class PregnancyEnd(models.TextChoices):
    """How a pregnancy ended without a child who lives, in words that a family may read."""

    LOST = "lost", "The baby was lost before birth"
    STILLBORN = "stillborn", "The baby was stillborn"
    TERMINATED = "terminated", "The pregnancy was ended"
    NOT_SAID = "not_said", "It ended; the family does not want to say how"
    MISTAKE = "mistake", "There was no baby: the record was made by mistake"


class PersonDetails(Fact):
    """What is known of a person once: sex, birth, death, ethnicity, and what to know before ringing."""

    sex = models.CharField(max_length=1, blank=True)
    gender = models.CharField(max_length=2, blank=True)  # code list `gender`, where a source tells it apart
    ethnicity = models.CharField(max_length=4, blank=True)
    date_of_birth = models.DateField(null=True, blank=True, db_index=True)
    date_of_birth_precision = models.CharField(
        max_length=7, choices=DatePrecision.choices, default=DatePrecision.DAY
    )
    expected_date_of_birth = models.DateField(null=True, blank=True)
    pregnancy_ended_on = models.DateField(null=True, blank=True)
    pregnancy_ended_as = models.CharField(
        max_length=10, choices=PregnancyEnd, blank=True, default="", db_default=""
    )
    # What happened, as the family says it.
    pregnancy_ended_words = models.TextField(blank=True, default="", db_default="")
    date_of_death = models.DateField(null=True, blank=True)
    likes_to_be_called = models.CharField(max_length=100, blank=True)
    first_language = models.CharField(max_length=60, blank=True)
    know_before_ringing = models.TextField(blank=True)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(
                fields=["person"], condition=Q(superseded_at=None), name="one_details_a_person"
            ),
        ]


class NameKey(models.CharField):  # type: ignore[type-arg]
    """A name made alike for searching, kept in step with the field `of` whenever the row is written."""

    def __init__(self, *args: Any, of: str = "", **options: Any) -> None:
        self.of = of
        super().__init__(*args, **{"blank": True, "editable": False, **options})

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        written = getattr(model_instance, self.of)
        key = names.first_given(written) if self.of == "given_names" else names.normalise(written)
        key = key[: self.max_length]
        setattr(model_instance, self.attname, key)
        return key


class PersonName(Fact):
    """A name a person has or had."""

    class Kind(models.TextChoices):
        LEGAL = "legal", "Legal name"
        KNOWN_AS = "known_as", "Known as"
        PREVIOUS = "previous", "Previous name"

    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.LEGAL)
    given_names = models.CharField(max_length=200, blank=True)
    family_name = models.CharField(max_length=200, blank=True)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    given_key = NameKey(of="given_names", max_length=200)
    family_key = NameKey(of="family_name", max_length=200)

    class Meta(Fact.Meta):
        indexes = [
            models.Index(fields=["family_key", "given_key"], name="name_family_given"),
            models.Index(fields=["given_key", "family_key"], name="name_given_family"),
        ]


class Identifier(Fact):
    """An id that someone outside gave this person."""

    class Kind(models.TextChoices):
        CHILD_ID = "child_id", "Child's id at the authority"
        UPN = "upn", "Unique pupil number"
        FORMER_UPN = "former_upn", "Former unique pupil number"
        UPN_UNKNOWN = "upn_unknown", "Reason there is no unique pupil number"
        NHS = "nhs", "NHS number"
        HOME_OFFICE = "home_office", "Home Office reference"
        COMMON_CHILD_ID = "common_child_id", "Single child identifier"

    authority = models.CharField(max_length=20, blank=True)
    source = models.CharField(max_length=30, blank=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    value = models.CharField(max_length=60)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta(Fact.Meta):
        indexes = [models.Index(fields=["kind", "value"], name="identifier_kind_value")]


class Disability(Fact):
    """A disability recorded for a person (code list `disability`)."""

    code = models.CharField(max_length=10)


class Address(Fact):
    """Where a person lives or lived."""

    kind = models.CharField(max_length=20, default="home")
    lines = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    is_confidential = models.BooleanField(default=False)
    said_by = models.CharField(  # who told us, in words that name nobody; blank: checked, or nobody said
        max_length=200, blank=True, default="", db_default=""
    )

    class Meta(Fact.Meta):
        constraints = [*Fact.Meta.constraints, in_order("started_on", "ended_on", "address_ends_after_start")]


class Relationship(Fact):
    """`other` is `kind` to `person`: other is the mother, brother, foster carer of person."""

    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relationships_to")
    kind = models.CharField(max_length=30)  # code list `family_relationships`
    has_parental_responsibility = models.BooleanField(null=True, blank=True)
    is_born_together = models.BooleanField(  # twins and more: alike in all, and never one person
        default=False, db_default=False
    )
    said_by = models.CharField(  # who told us, in words that name nobody; blank: checked, or nobody said
        max_length=200, blank=True, default="", db_default=""
    )
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(person=models.F("other")), name="nobody_is_their_own_relative"
            ),
        ]


class SafeContact(Fact):
    """How somebody may be reached, or may not: where nobody said, only a call without a message is safe."""

    class Way(models.TextChoices):
        CALL = "call", "Phone call"
        TEXT = "text", "Text message"
        EMAIL = "email", "Email"
        LETTER = "letter", "Letter"
        SCHOOL = "school", "Through school"
        SOMEBODY = "somebody", "Through somebody else"
        IN_PERSON = "in_person", "In person"

    way = models.CharField(max_length=10, choices=Way.choices)
    is_safe = models.BooleanField()  # False: this way is never to be used
    where = models.CharField(max_length=300, blank=True)  # a number, an address, whom to go through
    when = models.CharField(max_length=200, blank=True)
    may_leave_message = models.BooleanField(null=True, blank=True)  # None: nobody said, so none is left
    may_say_who_we_are = models.BooleanField(null=True, blank=True)
    who_must_not_know = models.CharField(max_length=200, blank=True)
    said_by = models.CharField(max_length=200)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta(Fact.Meta):
        verbose_name = "safe contact"
        constraints = [
            *Fact.Meta.constraints,
            in_order("started_on", "ended_on", "safe_contact_ends_after_start"),
        ]


class MayFamilyRead(models.TextChoices):
    """Whether the family may read a child's own words. Blank, nobody said yet, prints them for no parent.

    For `models.CharField(max_length=10, blank=True, choices=MayFamilyRead.choices)`.
    """

    YES = "yes", "Yes, the family may read this"
    NOT_YET = "not_yet", "Not yet"
    NO = "no", "No, never"


class PersonMerge(models.Model):
    """Two records found to be one person. Facts stay where they were written, so it can be undone."""

    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_kept")
    merged = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_away")
    reason = models.CharField(max_length=300)
    merged_at = models.DateTimeField(default=timezone.now)
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at=None), name="merged_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.merged_id} merged into {self.kept_id}"


class MatchProposal(models.Model):
    """Two records that may be one person, put to somebody to decide."""

    class State(models.TextChoices):
        OPEN = "open", "Waiting for a decision"
        SAME = "same", "The same person"
        DIFFERENT = "different", "Different people"

    first = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="a_pair_is_proposed_once")]

    def __str__(self) -> str:
        return f"{self.first_id} and {self.second_id}: {self.get_state_display()}"
