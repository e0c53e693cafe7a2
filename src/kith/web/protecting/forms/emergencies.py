"""The forms of a power used at once: its start, its extension, its end."""

from collections.abc import Sequence

from django import forms

from kith.record.protection.models import EmergencyStep
from kith.web.task_pages.forms import TaskForm, choice, day, moment, ticks, words


def emergency_form(options: Sequence[tuple[int, str]]) -> type[TaskForm]:
    """A power used at once. Extensions are made from the order they extend."""
    kinds = [one for one in EmergencyStep.Kind.choices if one[0] != EmergencyStep.Kind.EXTENSION]

    class EmergencyForm(TaskForm):
        children = ticks(
            "Which children are protected?", options, "Choose the children", with_all=True, coerce=int
        )
        kind = choice("By which power?", kinds, "Choose the power")
        began_on = day("From which day?", "Write the day")
        began_at = forms.TimeField(
            label="From which hour?", required=False, help_text="For example 22:30. Empty: nobody knows.",
            error_messages={"invalid": "Write the time as 14:05"},
        )  # fmt: skip
        until_at = moment("If a court set when it ends")
        where = forms.CharField(label="Where is the child?", required=False, max_length=300)
        who = forms.CharField(label="Which officer, or which court?", required=False, max_length=200)
        terms = words("What does the order say?", rows=2)
        parents_told = words("Who told the parents, and when?", rows=2)
        child_told = words("What was the child told?", rows=2)

    return EmergencyForm


class EndEmergencyForm(TaskForm):
    at = moment("When did it end?", "Write the day and the time", is_filled=False)
    because = words(
        "What keeps the child safe now?", "Say where the child is and what keeps them safe", rows=3
    )


class ExtendForm(TaskForm):
    on = day("When did the court extend it?", "Write the day")
    until_at = moment("Until when?")
