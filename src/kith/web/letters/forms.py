"""For whom a paper is, what stands in it, and how it reaches them: chosen each time, never beforehand."""

from collections.abc import Sequence
from typing import Any

from django import forms

from kith.record.people.models import SafeContact
from kith.web.task_pages.forms import TaskForm, choice, ticks
from kith.web.task_pages.forms import words as text

RECORD = "record"
HANDED_OVER = SafeContact.Way.IN_PERSON
WAYS = [
    (HANDED_OVER.value, "I hand it over"),
    (SafeContact.Way.LETTER.value, "By post"),
    (SafeContact.Way.EMAIL.value, "By email"),
]
Options = Sequence[tuple[str, str]]


class LetterForm(TaskForm):
    """A paper to be printed."""

    to = choice("For whom is it?", (), "Choose for whom it is")
    let_in = ticks("Only if you tick it, a copy for the family also holds", ())
    leave_out = ticks("Leave out of this copy", ())
    hold_back = text(
        "Words to hold back wherever they stand",
        rows=2,
        help_text="A nickname, a school, a sentence: one a line. In their place stands “(held back)”.",
    )
    way = choice("How does it reach them?", WAYS, across=True)
    has_looked = forms.BooleanField(
        label="I have read it, and looked for what names or could hurt somebody else",
        error_messages={"required": "Read it first, then say that you did"},
    )
    because = text("If it has to go in a way that nobody called safe: why?", rows=1)
    is_kept = forms.BooleanField(label="Keep a copy among the child’s documents", required=False)

    def __init__(
        self, *args: Any, family: Options = (), let_in: Options = (), leave_out: Options = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        readers = [(RECORD, "For the record, or somebody who may read the whole file"), *family]
        for name, options in {"to": readers, "let_in": let_in, "leave_out": leave_out}.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = options
            if not options:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Somebody of the family is reached in some way."""
        if self.cleaned_data.get("to") not in (None, "", RECORD) and not self.cleaned_data.get("way"):
            self.add_error("way", "Choose how it reaches them")
        return self.cleaned_data
