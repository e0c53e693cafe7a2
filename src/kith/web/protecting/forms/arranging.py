"""The forms that convene a conference: its day, who is asked, and who tells the family."""

from collections.abc import Sequence

from django import forms

from kith.web.protecting.forms.enquiring import UNBORN
from kith.web.protecting.forms.findings import FINDINGS, seen_or_why_not
from kith.web.task_pages.forms import PerChild, TaskForm, choice, moment, ticks, words

NO_CONFERENCE, OTHER_SLOT = "none", "other"


def _slot(slots: Sequence[tuple[str, str]], with_none: bool) -> forms.TypedChoiceField:
    last = [(OTHER_SLOT, "Another day, which I write below")]
    none = [(NO_CONFERENCE, "None: the enquiry leads to no conference")] if with_none else []
    return choice("Which day?", [*slots, *last, *none], "Choose a day")


def _people(people: Sequence[tuple[str, str, bool]]) -> forms.TypedMultipleChoiceField:
    field = ticks("Who is to be asked", [(key, said) for key, said, _ in people])
    field.initial = [key for key, _, is_ticked in people if is_ticked]
    return field


def conference_form(
    slots: Sequence[tuple[str, str]],
    proposed: Sequence[tuple[str, str, bool]],
    tellers: Sequence[tuple[str, str]],
    chairs: Sequence[tuple[str, str]],
) -> type[TaskForm]:
    """Convening the first conference: what the enquiry found, the day, and who tells the family."""

    class ConferenceForm(TaskForm):
        finding = choice("What has the enquiry found?", FINDINGS, "Choose what the enquiry has found")
        slot = _slot(slots, with_none=True)
        family_told_by = choice("Who tells the family?", tellers, "Choose who tells the family")
        each = PerChild(
            "Differently for one child",
            finding=choice("What has the enquiry found about {name}?", FINDINGS),
            because=words("Why, for {name}?", rows=2),
        )
        because = words("Why: what the finding rests on", rows=2)
        when_seen = PerChild("When each child was seen in the enquiry", unborn=UNBORN, **seen_or_why_not())
        people = _people(proposed)
        other_at = moment("Another day and time")
        other_chair = choice("Who chairs on that other day?", chairs)
        family_not_told_because = words("If the family is not told yet: why?", rows=2)
        interpreter = _interpreter()

    return ConferenceForm


def convene_form(
    slots: Sequence[tuple[str, str]],
    proposed: Sequence[tuple[str, str, bool]],
    tellers: Sequence[tuple[str, str]],
    chairs: Sequence[tuple[str, str]],
) -> type[TaskForm]:
    """Convening the first conference where what was found is on record; with no `tellers` they know."""

    class ConveneForm(TaskForm):
        slot = _slot(slots, with_none=False)
        if tellers:
            family_told_by = choice("Who tells the family?", tellers, "Choose who tells the family")
            family_not_told_because = words("If the family is not told yet: why?", rows=2)
        people = _people(proposed)
        other_at = moment("Another day and time")
        other_chair = choice("Who chairs on that other day?", chairs)
        interpreter = _interpreter()

    return ConveneForm


def _interpreter() -> forms.CharField:
    return forms.CharField(
        label="Interpreter: language, and who", required=False, max_length=200,
        help_text="Never a child or a relative. With one, the conference takes twice as long.",
    )  # fmt: skip


def later_conference_form(
    slots: Sequence[tuple[str, str]],
    proposed: Sequence[tuple[str, str, bool]],
    chairs: Sequence[tuple[str, str]],
) -> type[TaskForm]:
    """Arranging a review, or the conference of a plan that moves in: the day."""

    class LaterConferenceForm(TaskForm):
        slot = _slot(slots, with_none=False)
        other_at = moment("Another day and time")
        other_chair = choice("Who chairs on that other day?", chairs)
        people = _people(proposed)
        interpreter = forms.CharField(
            label="Interpreter: language, and who", required=False, max_length=200,
            help_text="Never a child or a relative.",
        )  # fmt: skip

    return LaterConferenceForm
