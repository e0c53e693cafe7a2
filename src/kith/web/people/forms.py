"""What is asked of people: who somebody is, whose brother, how to reach them, whether two are one."""

from typing import Any

from django import forms
from django.utils import timezone

from kith.record.people.models import PersonName, SafeContact
from kith.standards.codes import code_list
from kith.web.task_pages.forms import TaskForm, choice, code_choice, day, words, yes_no

NAMED = "Write a given name or a family name"
CHILD = "Say whether this is a child"
SEXES = [("F", "Female"), ("M", "Male"), ("U", "Not known, or not yet born")]  # code list `sex`
BORN = "For example, 3/3/2026. Leave it empty if nobody knows."


def line(label: str, asks: str = "", *, help_text: str = "", longest: int = 200) -> forms.CharField:
    """A field for a few words on one line."""
    return forms.CharField(
        label=label,
        required=bool(asks),
        help_text=help_text,
        max_length=longest,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": asks},
    )


def _named(form: TaskForm) -> dict[str, Any]:
    """What was answered, of somebody who has one name at least."""
    said = form.cleaned_data
    if not (said.get("given_names", "").strip() or said.get("family_name", "").strip()):
        form.add_error("given_names", NAMED)
    return said


class RegisterForm(TaskForm):
    """Somebody new: what is known of them, and no more than that."""

    given_names = line("Given names", help_text="For a baby without a name: Baby.")
    family_name = line("Family name")
    who = choice(
        "Who is this?", [("child", "A child, or a baby not yet born"), ("adult", "A grown-up")], CHILD
    )
    date_of_birth = day("Date of birth", help_text=BORN)
    expected_date_of_birth = day(
        "If not yet born: expected on", help_text="It may be mended after each scan."
    )
    lines = line("Where they live", longest=300, help_text="House and street.")
    postcode = line("Postcode", longest=10)
    is_confidential = yes_no("Is the address to be kept hidden from anybody?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["sex"] = choice("Sex", SEXES)
        self.fields["ethnicity"] = code_choice("Ethnicity", "ethnicity", today, first=("NOBT",))
        self.fields["none_of_these"] = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        said = _named(self)
        if said.get("date_of_birth") and said.get("expected_date_of_birth"):
            self.add_error("expected_date_of_birth", "Give the day of birth or the day expected, not both")
        lives = said.get("lines", "").strip() or said.get("postcode", "").strip()
        if lives and said.get("is_confidential") is None:
            self.add_error("is_confidential", "Say whether the address is to be kept hidden")
        return said


class RelateForm(TaskForm):
    """How two people are tied."""

    has_parental_responsibility = yes_no("Do they have parental responsibility?")
    is_born_together = yes_no(
        "Were they born together (twins or more)?",
        help_text="Then nobody is asked again whether they are one.",
    )
    started_on = day("Since", help_text="Leave it empty for what was always so.")

    def __init__(self, *args: Any, person: str = "", other: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(code.code, code.label) for code in code_list("family_relationships")]
        asks = "Choose how they are tied"
        kind = choice(f"What is {other} to {person}?", kinds, asks, first=len(kinds))
        self.fields = {"kind": kind, **self.fields}


class CorrectNameForm(TaskForm):
    """A name that was written down wrongly; a changed name is another matter."""

    given_names = line("Given names")
    family_name = line("Family name")
    because = line("What was wrong?", "Write what was wrong", longest=300)

    def clean(self) -> dict[str, Any]:
        return _named(self)


class AddNameForm(TaskForm):
    """A further name: what they are known as, or were called."""

    kind = choice(
        "What name is it?",
        [(str(each.value), str(each.label)) for each in (PersonName.Kind.KNOWN_AS, PersonName.Kind.PREVIOUS)],
        "Choose what name it is",
    )
    given_names = line("Given names")
    family_name = line("Family name")

    def clean(self) -> dict[str, Any]:
        return _named(self)


class SafeContactForm(TaskForm):
    """How somebody may be reached, or must not be."""

    way = choice("By what way?", SafeContact.Way.choices, "Choose by what way")
    is_safe = choice(
        "Is it safe?",
        [("yes", "Yes"), ("no", "No: never use this way")],
        "Say whether it is safe",
        across=True,
    )
    where = line("Number, address, or through whom", longest=300)
    when = line("When", help_text="For example: after 6, not at weekends.")
    may_leave_message = yes_no("May a message be left?", help_text="Left alone, none is left.")
    may_say_who_we_are = yes_no("May we say who we are?", help_text="Left alone, nobody says.")
    who_must_not_know = line("Who must not know")
    said_by = line("Who said so?", "Write who said so")
    started_on = day("Since", "Write since when", is_filled=True)


class EndSafeContactForm(TaskForm):
    """That something said is no longer so."""

    on = day("From", "Write from when", is_filled=True)
    because = line("Why?", "Write why", longest=300)


class DecideMatchForm(TaskForm):
    """Whether two records are one person."""

    same = choice(
        "Are these one person?",
        [("one", "One person"), ("two", "Two people")],
        "Say whether they are one person",
    )
    reason = words("What tells you?", "Write what tells you", rows=2, longest=300)


class UntieForm(TaskForm):
    """What is wrong about a tie between two people: it has ended, or it never was."""

    what = choice(
        "What is so?",
        [("ended", "It was so, and is no longer"), ("mistake", "It was never so: it is a mistake")],
        "Say whether it has ended, or was a mistake",
    )
    on = day("If it ended: when?")
    because = words("How do you know?", "Write how you know", rows=2, longest=300)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("what") == "ended" and not said.get("on") and "on" not in self.errors:
            self.add_error("on", "Write the day it ended")
        return said
