"""What is asked of whoever sets what this authority decides for itself."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from kith.record.people.local import BETWEEN, Setting
from kith.web.task_pages.forms import TaskForm, day, words

HOW = {
    "number": "A whole number.",
    "time": "A time such as 09:00.",
    "list": "One on each line.",
    "words": "A few words.",
}
LONG_AGO = timedelta(days=366)  # what was decided further back stays as it was decided


class FromADay(TaskForm):
    """Something that holds from a day on."""

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        started_on = said.get("started_on")
        if started_on and started_on < timezone.localdate() - LONG_AGO:
            self.add_error("started_on", "This is more than a year ago: what held then stays as it was")
        return said


class SettingForm(FromADay):
    """What is set, from when, and who agreed to it."""

    started_on = day("From", "Write the day from which it holds", is_filled=True)
    agreed_by = forms.CharField(
        label="Who agreed to it?", max_length=200, error_messages={"required": "Write who agreed to it"}
    )

    def __init__(self, *args: Any, of: Setting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = of.meaning[:1].upper() + of.meaning[1:]
        value: forms.Field
        if of.kind == "list":
            value = words(label, rows=5, help_text=HOW[of.kind], longest=450)
        else:
            value = forms.CharField(label=label, help_text=HOW[of.kind], max_length=450, required=False)
        self.of = of
        self.fields = {"value": value, **self.fields}

    def clean_value(self) -> str:
        """As it is kept; only words and a list may be empty, and no number is below nothing."""
        said = str(self.cleaned_data["value"]).strip()
        if self.of.kind == "list":
            return BETWEEN.join(filter(None, (one.strip() for one in said.splitlines())))
        if not said and self.of.kind != "words":
            raise forms.ValidationError("Write what it is to be")
        if self.of.kind == "number" and said.startswith("-"):
            raise forms.ValidationError("Write a whole number, not below 0")
        return said


class WhoseForm(FromADay):
    """Whose record this is."""

    code = forms.CharField(
        label="Code of the authority", max_length=20,
        help_text="As in child ids and returns, such as 299.", error_messages={"required": "Write the code"},
    )  # fmt: skip
    name = forms.CharField(
        label="Name of the authority", max_length=100, error_messages={"required": "Write the name"}
    )
    started_on = day("From", "Write the day from which it is theirs", is_filled=True)
