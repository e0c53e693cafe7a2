"""The forms of a protection plan: its core groups, legal looks, and moves between areas."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from kith.record.protection.models import LegalPlanningLook
from kith.web.protecting.forms.enquiring import kinds_of_harm
from kith.web.task_pages.forms import PerChild, TaskForm, choice, day, ticks, words, yes_no

BETWEEN = "; "  # those who came to a core group, as one text


def core_group_form(members: Sequence[str]) -> type[TaskForm]:
    """The form of a core group; `members` are who may have come, to be ticked, and nobody is beforehand."""

    class CoreGroupForm(TaskForm):
        on = day("When did it meet?", "Write the day", is_filled=True)
        came = ticks("Who came?", [(member, member) for member in members], with_all=True)
        who_came = words("Who else came?" if members else "Who came?", rows=2)
        is_family_there = yes_no("Was the family there?")
        what_changed = words(
            "What is different for the children since last time?", "Say what changed", rows=4
        )
        each = PerChild("For each child", decided=words("What was settled for {name}?", rows=2))

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            if not members:
                del self.fields["came"]

        def clean(self) -> dict[str, Any]:
            """Who came, those ticked and those written, in one."""
            cleaned: dict[str, Any] = super().clean() or self.cleaned_data
            people = [*cleaned.pop("came", []), cleaned.get("who_came", "").strip()]
            cleaned["who_came"] = BETWEEN.join(filter(None, people))
            if not cleaned["who_came"]:
                self.add_error("came" if members else "who_came", "Tick or name who came")
            return cleaned

    return CoreGroupForm


def transfer_in_form(options: Sequence[tuple[int, str]], on: date) -> type[TaskForm]:
    class TransferInForm(TaskForm):
        children = ticks(
            "Which children moved here with a plan?", options, "Choose the children", with_all=True,
            coerce=int,
        )  # fmt: skip
        from_authority = forms.CharField(
            label="From which authority?", max_length=100, error_messages={"required": "Name the authority"}
        )
        notified_on = day("When did they write to us?", "Write the day of their letter")
        category = choice("The kind of harm in their plan", kinds_of_harm(on))
        their_plan_began_on = day("When did their plan begin?")
        their_chair = forms.CharField(label="Their chair", required=False, max_length=150)
        papers = words("What papers came?", rows=2)

    return TransferInForm


def transfer_out_form(options: Sequence[tuple[int, str]]) -> type[TaskForm]:
    class TransferOutForm(TaskForm):
        children = ticks("Which children moved?", options, "Choose the children", with_all=True, coerce=int)
        to_authority = forms.CharField(
            label="To which authority?", max_length=100, error_messages={"required": "Name the authority"}
        )
        on = day("When were they told?", "Write the day they were told")
        sent = words("What was sent to them?", rows=2)

    return TransferOutForm


class EndTransferForm(TaskForm):
    """A plan from another area that is kept here no longer, without a conference of ours."""

    on = day("From which day is it not kept here?", "Write the day")
    because = words("Why?", "Say why, and where the family is now", rows=2)


class TheirConferenceForm(TaskForm):
    on = day("When did they hold their conference?", "Write the day of their conference")


class LegalLookForm(TaskForm):
    """What a legal planning look decided, child by child."""

    on = day("When was it looked at?", "Write the day", is_filled=True)
    who = words("Who took part, and which lawyer?", "Name who took part, and the lawyer", rows=2)
    each = PerChild(
        "For each child",
        decision=choice(
            "What was decided for {name}?",
            LegalPlanningLook.Decision.choices,
            "Choose what was decided for {name}",
        ),
        because=words("Why, for {name}?", "Say why, for {name}", rows=3),
    )


class MotherUnwellForm(TaskForm):
    is_unwell = yes_no("Is the mother unwell after the birth?", "Say whether the mother is unwell")


class PreviousPlansForm(TaskForm):
    ever = forms.IntegerField(
        label="How many protection plans before this one, here or anywhere?", min_value=0, max_value=20,
        error_messages={"required": "Write a number; 0 if there was none"},
    )  # fmt: skip
