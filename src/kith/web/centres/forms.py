"""What is asked at family centres: of a family, a session and who came, and of a file for the directory."""

from typing import Any

from django import forms
from django.utils import timezone

from kith.record.centres.models import OpenSession
from kith.record.centres.policies import MOST_AT_ONCE, MOST_COUNTED
from kith.standards.codes import code_list
from kith.web.task_pages.forms import TaskForm, choice, code_choice, day, words, yes_no


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


def number(label: str, asks: str = "", *, least: int = 0, most: int = MOST_COUNTED) -> forms.IntegerField:
    """A field for a whole number."""
    return forms.IntegerField(
        label=label,
        required=bool(asks),
        min_value=least,
        max_value=most,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "kith-short", "autocomplete": "off"}),
        error_messages={"required": asks, "invalid": "Write a whole number"},
    )


def time_of_day(label: str, asks: str) -> forms.TimeField:
    """A field for a time of day."""
    return forms.TimeField(
        label=label,
        help_text="For example, 10:00",
        input_formats=["%H:%M", "%H.%M", "%H"],
        widget=forms.TextInput(attrs={"class": "kith-short", "autocomplete": "off"}),
        error_messages={"required": asks, "invalid": "Write the time as 10:00"},
    )


class PlaceForm(TaskForm):
    """A place for a family: how many come; all else only if they choose."""

    how_many = number("How many of you come?", "Write how many of you come", least=1, most=MOST_AT_ONCE)
    name_given = line(
        "A name to call you, if you like", help_text="Any name. You do not have to give one.", longest=100
    )
    reach = line(
        "If we should tell you of a change: how?",
        help_text="Only if it is safe for you. You can leave it empty.",
    )
    needs = line(
        "Is there anything you need?",
        help_text="For example: an interpreter, a ramp, a quiet room.",
        longest=500,
    )

    @property
    def place(self) -> dict[str, Any]:
        """What was answered, as `sign_up` takes it."""
        said = dict(self.answers)
        return {"called": said.pop("name_given"), **said}


class CentreForm(TaskForm):
    """A family centre."""

    name = line("What is it called?", "Write what it is called")
    address = line("Where is it?", "Write where it is", help_text="House and street.", longest=300)
    postcode = line("Postcode", "Write the postcode", longest=10)
    district = line("What do people call that part of town?", longest=100)
    phone = line("Phone", longest=40)
    access = line("Getting in", help_text="Steps, toilets, buses, parking.", longest=500)


class SessionForm(TaskForm):
    """Something open to families."""

    name = line("What is it called?", "Write what it is called")
    what = words("What happens there?", rows=2)
    for_whom = line(
        "Who is it for?", help_text="For example: under 5s and whoever looks after them.", longest=300
    )
    started_on = day("First day", "Write the first day")
    repeats = choice("How often?", OpenSession.Repeats.choices, "Choose how often")
    opens_at = time_of_day("From", "Write when it begins")
    closes_at = time_of_day("To", "Write when it ends")
    is_bookable = yes_no("Does a family need a place?", "Say whether a family needs a place")
    places = number("If so: how many places are there?", most=1_000)
    languages = line("Languages spoken", longest=300)
    access = line("Getting in", longest=500)


class ChangeCentreForm(CentreForm):
    """Other details of a centre, and why."""

    because = line("Why does it change?", "Write why it changes", longest=300)


class ChangeSessionForm(SessionForm):
    """Other details of a session, and why; on which days it is held stays."""

    started_on = None  # type: ignore[assignment]
    repeats = None  # type: ignore[assignment]
    because = line("Why does it change?", "Write why it changes", longest=300)


class CountForm(TaskForm):
    """How many came. No names."""

    adults = number("Adults", "Write how many adults, or 0")
    under_5 = number("Children under 5", "Write how many children under 5, or 0")
    five_and_over = number("Children of 5 and over", "Write how many children of 5 and over, or 0")
    first_time = number("Here for the first time, if you asked")


class EndForm(TaskForm):
    """A day from which something is held no more, or a centre is closed."""

    on = day("From which day?", "Write from which day")


class UnmetNeedForm(TaskForm):
    """What could not be given."""

    what = words("What was needed?", "Write what was needed", rows=2, help_text="No names.", longest=500)
    district = line("Where do they live?", help_text="The area is enough.", longest=100)
    ages = line("How old are the children?", longest=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = [code.code for code in code_list("help_needs")][:9]
        self.fields["kind"] = code_choice(
            "What kind of help?", "help_needs", timezone.localdate(), first=first
        )


class DirectoryForm(TaskForm):
    """A file of services."""

    file = forms.FileField(
        label="A file of services",
        help_text="Open Referral UK services as JSON, 10 MB at most.",
        allow_empty_file=True,
        error_messages={"required": "Choose a file"},
    )
