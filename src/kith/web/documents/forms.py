"""The form of a document: the file, what it is, and whom it is about."""

from collections.abc import Sequence
from typing import Any

from django import forms

from kith.record.people.queries import Shown
from kith.web.task_pages.forms import TaskForm, day, ticks
from kith.web.task_pages.forms import words as text


class DocumentForm(TaskForm):
    """A file to keep."""

    file = forms.FileField(
        label="The file",
        help_text="A PDF, a picture, a Word file, a spreadsheet or plain text, of at most 10 MB",
        error_messages={
            "required": "Choose the file",
            "empty": "There is nothing in this file. Choose it again.",
        },
        max_length=None,
    )
    what = forms.CharField(
        label="What is it?",
        max_length=200,
        help_text="For example, School report, May. It stands on the file of each child ticked.",
        error_messages={"required": "Write what it is"},
    )
    children = ticks("About", (), "Choose whom it is about", coerce=int)
    who_from = forms.CharField(label="Who gave it", required=False, max_length=200)
    received_on = day("When it came")
    is_from_third_party = forms.BooleanField(
        label="It tells of the family from outside: keep it out of copies for them", required=False
    )

    def __init__(self, *args: Any, children: Sequence[Shown] = (), **kwargs: Any) -> None:
        super().__init__(*args, children=children, **kwargs)
        field = self.fields["children"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(pk, name) for pk, name in self.called.items()]


class TakeOffForm(TaskForm):
    """Why a document is not about somebody."""

    because = text("Why is it not about this child?", "Say in a few words what went wrong", rows=1)
