"""The forms of a plan and of its lines."""

from collections.abc import Iterable
from typing import Any

from kith.web.help.forms.fields import line
from kith.web.task_pages.fields import UNSAID
from kith.web.task_pages.forms import TaskForm, choice, day, ticks, words

EVERYBODY = "all"


class AgreePlanForm(TaskForm):
    """A plan's first goal and first action: all that is asked of a family at first."""

    goal = words("What should be better?", "Write what should be better", rows=2)
    action = words("What happens first?", "Write what happens first", rows=2)
    worker = choice("Who does it?", ())
    owner_in_words = line("Their name, if it is none of us", help_text="“Mum”, “Nan”, “Bea from school”.")
    due_on = day("By when?", "Write by when")
    agreed_with = line("Who of the family agreed to this plan?", longest=300)
    review_on = day("When do you look at it again together?")

    def __init__(self, *args: Any, workers: Iterable[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        us = [(str(pk), name) for pk, name in workers]
        self.fields["worker"].choices = [*us, (UNSAID, "Somebody else, named below")]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        worker, other = said.get("worker"), (said.get("owner_in_words") or "").strip()
        if not worker and not other:
            self.add_error("owner_in_words", "Say who does it: choose a worker, or write a name")
        if worker and other:
            self.add_error("owner_in_words", "Choose “Somebody else, named below”, or leave this empty")
        return said


class GoalForm(TaskForm):
    """What should be better."""

    what = words("What should be better?", "Write what should be better", rows=3)

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if named := list(people):
            self.fields["only_for"] = _for_whom(named)


class ActionForm(TaskForm):
    """What somebody will do, and by when."""

    what = words("What happens?", "Write what happens", rows=3)
    worker = choice("Who does it?", ())
    owner_in_words = line("Their name, if it is none of us", help_text="“Mum”, “Nan”, “Bea from school”.")
    due_on = day("By when?", "Write by when")

    def __init__(
        self,
        *args: Any,
        workers: Iterable[tuple[int, str]] = (),
        people: Iterable[tuple[int, str]] = (),
        goals: Iterable[tuple[int, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        us = [(str(pk), name) for pk, name in workers]
        self.fields["worker"].choices = [*us, (UNSAID, "Somebody else, named below")]  # type: ignore[attr-defined]
        if said := list(goals):
            options = [(str(thread), what) for thread, what in said]
            self.fields["goal"] = choice("For which goal?", options)
        if named := list(people):
            self.fields["only_for"] = _for_whom(named)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        worker, other = said.get("worker"), (said.get("owner_in_words") or "").strip()
        if not worker and not other:
            self.add_error("owner_in_words", "Say who does it: choose a worker, or write a name")
        if worker and other:
            self.add_error("owner_in_words", "Choose “Somebody else, named below”, or leave this empty")
        return said


def _for_whom(named: list[tuple[int, str]]) -> Any:
    options = [(EVERYBODY, "Everybody on the plan"), *((str(pk), f"{name} alone") for pk, name in named)]
    return choice(
        "Who is it for?", options, "Choose who it is for",
        help_text="What is for one child alone stands on no brother’s or sister’s copy.",
    )  # fmt: skip


class ChangePlanForm(TaskForm):
    """Who agreed, and when it is looked at again."""

    agreed_with = line("Who of the family agreed?", longest=300)
    review_on = day("When do you look at it again together?")


class ChangeProtectionPlanForm(ChangePlanForm):
    """Of a protection plan, also what keeps the children safe meanwhile and what happens otherwise."""

    safe_meanwhile = words("What keeps the children safe while this is worked for?", rows=3)
    if_nothing_changes = words("What happens if it does not change?", rows=3)


class DoneForm(TaskForm):
    """That something is done."""

    on = day("When was it done?", "Write when it was done", is_filled=True)


class ReachedForm(TaskForm):
    """That a goal is reached."""

    on = day("When was it reached?", "Write when it was reached", is_filled=True)


class BecauseForm(TaskForm):
    """Why a line of a plan is done with although it is not done."""

    because = line("Why?", "Write why", longest=300)


class SetAsideForm(BecauseForm):
    """Why a goal is worked for no longer, and what is given up with it."""

    def __init__(self, *args: Any, waiting: Iterable[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if said := list(waiting):
            self.fields["actions"] = ticks(
                "Which of these need not be done any more?", said, with_all=True, coerce=int,
                help_text="What you leave stays to be done.",
            )  # fmt: skip


class EndPlanForm(TaskForm):
    """When and why a plan ends."""

    on = day("When does it end?", "Write when it ends", is_filled=True)
    reason = words(
        "Why does it end, and what is in place now?", "Say why it ends", rows=3, longest=300
    )  # as the plan keeps it
