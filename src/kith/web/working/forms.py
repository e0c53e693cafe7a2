"""What is asked when children are given to a worker, handed over, covered for, or something is late."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from kith.web.task_pages.forms import PerChild, TaskForm, choice, code_choice, day, ticks, words

Options = Iterable[tuple[str, str]]
WHY_CHANGE = ("MANAGE", "LEFTRL", "TSPROC", "CHCHAN", "PCCHAN")
NEEDED = "A return asks this when the social worker of a child in care changes."


def why_change() -> forms.TypedChoiceField:
    """Why the social worker changes, from the list that returns use; none chosen."""
    return code_choice(
        "If the social worker changes: why?", "social_worker_change_reason", timezone.localdate(),
        first=WHY_CHANGE, help_text=NEEDED,
    )  # fmt: skip


def why_apart() -> forms.CharField:
    """Why brothers and sisters would have different workers: asked where that would be so."""
    return words(
        "If brothers or sisters would have different workers: why?", rows=2,
        help_text="The family then tells its story twice, is visited twice, and nobody sees it whole.",
    )  # fmt: skip


class AllocateForm(TaskForm):
    """Which children, to whom, from when."""

    def __init__(self, *args: Any, children_of: Options = (), workers: Options = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: dict[str, forms.Field] = {
            "children": ticks(
                "Which children?", children_of, "Choose which children", with_all=True, coerce=int
            ),
            "worker": choice("Who works with them?", workers, "Choose who works with them"),
            "on": day("From", "Write from when", is_filled=True),
            "change_reason": why_change(),
            "apart_because": why_apart(),
        }
        self.fields = {**asked, **self.fields}


class HandOverForm(TaskForm):
    """Which children, to whom, from when, and three lines of each that the record does not hold."""

    each = PerChild(
        "What the next worker should know of each",
        asked_of="children",
        unborn={"what_matters": "What matters most to {name}’s mother?"},
        what_matters=words("What does {name} like, and what frightens {name}?", rows=2),
        promised=words("What was promised, and is not yet kept?", rows=2),
        comes_next=words("What would you do next?", rows=2),
    )

    def __init__(self, *args: Any, children_of: Options = (), workers: Options = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: dict[str, forms.Field] = {
            "children": ticks(
                "Which children?", children_of, "Choose which children", with_all=True, coerce=int
            ),
            "to": choice("Who works with them next?", workers, "Choose who works with them next"),
            "on": day("From", "Write from when", is_filled=True),
            "told_by": forms.CharField(
                label="Who told the family?", required=False, max_length=150,
                help_text="Where nobody has yet, leave it empty: it stays owed until somebody has.",
            ),
            "told_on": day("When were they told?"),
            "goodbye_on": day(
                "When is the visit together, or the goodbye?",
                help_text="The day it is to be, or was. Left empty, it stays owed until it has been.",
            ),
            "change_reason": why_change(),
            "apart_because": why_apart(),
        }  # fmt: skip
        self.fields = {**asked, **self.fields}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("told_on") and not said.get("told_by"):
            self.add_error("told_by", "Write who told them")
        return said


class FamilyToldForm(TaskForm):
    """Who told the family that their worker changes, and when."""

    told_by = forms.CharField(
        label="Who told the family?", max_length=150, error_messages={"required": "Write who told them"}
    )
    on = day("When?", "Write the day they were told")


class GoodbyeForm(TaskForm):
    """When the family was visited together, or the old worker said goodbye."""

    on = day("When was it?", "Write the day of the visit")


class CoverForm(TaskForm):
    """Who covers for whom, from a day to a day."""

    def __init__(self, *args: Any, whose: Options = (), workers: Options = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: dict[str, forms.Field] = {
            "worker": choice("Whose work?", whose, "Choose whose work it is"),
            "covered_by": choice("Who covers?", workers, "Choose who covers"),
            "started_on": day("First day", "Write the first day", is_filled=True),
            "last_day": day("Last day", "Write the last day", help_text="It ends by itself after this day."),
            "must_not_wait": words(
                "What must not wait?", rows=3, help_text="It goes to whoever covers, as a message. No names.",
                longest=300,
            ),
        }  # fmt: skip
        self.fields = {**asked, **self.fields}


class ReasonForm(TaskForm):
    """A reason, for this child and for those of the family for whom the same is due."""

    def __init__(self, *args: Any, asks: str = "", children_of: Options = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = list(children_of)
        asked: dict[str, forms.Field] = {}
        if len(known) > 1:
            asked["children"] = ticks(
                "Which children?", known, "Choose which children", with_all=True, coerce=int
            )
        asked["because"] = words(asks, "Write why", rows=3, longest=500)
        self.fields = {**asked, **self.fields}
