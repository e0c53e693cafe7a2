"""The forms of the steps of a family's help: more help, less help, and its end."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from kith.standards.codes import code_list
from kith.web.help.forms.fields import REACHED_BY, line
from kith.web.task_pages.forms import TaskForm, choice, code_choice, day, ticks, words, yes_no


class StepUpForm(TaskForm):
    """Asking whether social workers have to help as well."""

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: dict[str, forms.Field] = {
            "people": ticks("Which children?", people, "Choose which children", with_all=True, coerce=int),
            "what_has_changed": words("What has changed?", "Write what has changed"),
            "was_family_told": yes_no("Does the family know that you ask?", "Say whether the family knows"),
            "not_told_because": line("If not: why?", longest=300),
        }
        self.fields = {**asked, **self.fields}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("was_family_told") is False and not said.get("not_told_because", "").strip():
            self.add_error("not_told_because", "Write why the family does not know")
        return said


class DecideStepUpForm(TaskForm):
    """A manager decides whether the front door is told."""

    decision = choice(
        "What do you decide?",
        [("step_up", "Tell the front door: more than family help may be needed"),
         ("stay", "The family stays with family help")],
        "Choose what you decide",
    )  # fmt: skip
    because = words("Why?", "Write why", rows=3)


class WithdrawStepUpForm(TaskForm):
    """That nobody asks for more any longer."""

    because = line("Why is it not needed?", "Write why it is not needed", longest=300)


class CloseForm(TaskForm):
    """How a family's help ends."""

    on = day("When?", "Write when", is_filled=True)
    because = words(
        "What led to this?", rows=2, help_text="A family that chooses to stop owes nobody a reason."
    )
    in_place_now = words("What is in place now?", rows=3)
    who_to_ring = line("Who can the family ring?", longest=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = [code.code for code in code_list("help_end_reasons")]
        asks = "Choose why help ends"
        reason = code_choice(
            "Why does help end?", "help_end_reasons", timezone.localdate(), asks, first=codes
        )
        self.fields = {"reason": reason, **self.fields}


class StepDownForm(TaskForm):
    """Going on with family help, as more is no longer needed."""

    def __init__(
        self,
        *args: Any,
        family: Iterable[tuple[int, str]] = (),
        workers: Iterable[tuple[int, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        asked: dict[str, forms.Field] = {
            "people": ticks("Which children?", family, "Choose which children", with_all=True, coerce=int),
            "agreed_by": line("Who of the family agrees?", "Write who agrees"),
            "agreed_how": choice("How did they say so?", REACHED_BY, "Choose how they said so"),
            "lead": choice("Who leads?", [(str(pk), name) for pk, name in workers]),
        }
        self.fields = {**asked, **self.fields}
