"""The forms of the day of a conference: each child’s decision, the outline of a plan, who came."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import forms

from kith.record.protection.models import ConferenceOf, Invited, ProtectionPlan
from kith.record.protection.policies import LONGEST_BETWEEN_VISITS
from kith.standards.dates import long_date
from kith.standards.working_days import legal_day
from kith.web.protecting.forms.agencies import COMES_AS
from kith.web.protecting.forms.enquiring import UNBORN, kinds_of_harm
from kith.web.task_pages.forms import PerChild, TaskForm, choice, code_choice, day, moment, words
from kith.web.task_pages.per_child import name_in_form

WITH_A_PLAN = {ConferenceOf.Decision.PLAN, ConferenceOf.Decision.CONTINUE}
OUTLINE_LINES, OUTLINE_WORDS = 4, ("safe_meanwhile", "if_nothing_changes")
NEED_PLAN, FAMILY_HELP = "need_plan", "family_help"
FOLLOWS = [
    (NEED_PLAN, "A child in need plan from today"),
    (FAMILY_HELP, "Family help, which one person leads"),
]


class OutlineForm(TaskForm):
    """The outline of a protection plan: what has to change, who does what by when, and what happens else.

    `cleaned_data["outline"]` holds each line that says something. A name is matched to a worker by the view.
    """

    safe_meanwhile = words("What keeps the children safe while this is worked for?", rows=2)
    if_nothing_changes = words("What happens if it does not change?", rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(OUTLINE_LINES):
            for name, field in _outline_line().items():
                self.fields[f"outline-{number}-{name}"] = field

    def clean(self) -> dict[str, Any]:
        """The answers, the lines together; a line that says what is done says who does it."""
        told = super().clean() or self.cleaned_data
        told["outline"] = []
        for number in range(OUTLINE_LINES):
            line = {name: told.pop(f"outline-{number}-{name}", None) for name in _outline_line()}
            if line["what"] and not line["who"]:
                self.add_error(f"outline-{number}-who", "Say who will do this")
            if (line["who"] or line["due_on"]) and not line["what"]:
                self.add_error(f"outline-{number}-what", "Say what they will do")
            if line["goal"] or line["what"]:
                told["outline"].append(line)
        return told

    def outline_lines(self) -> list[list[Any]]:
        """The fields of each line of the outline, for a page that lays them out."""
        return [
            [self[f"outline-{number}-{name}"] for name in _outline_line()] for number in range(OUTLINE_LINES)
        ]

    def pieces(self) -> Iterator[dict[str, Any]]:
        """The form in its order, without the outline, which stands in a section of its own."""
        for piece in super().pieces():
            field = piece.get("field")
            if field is None or not (field.name in OUTLINE_WORDS or field.name.startswith("outline-")):
                yield piece


def _outline_line() -> dict[str, forms.Field]:
    return {
        "goal": words("What has to change?", rows=2),
        "what": words("What will be done for it?", rows=2),
        "who": forms.CharField(
            label="Who will do it?", required=False, max_length=200,
            widget=forms.TextInput(attrs={"list": "who-does-it", "autocomplete": "off"}),
        ),
        "due_on": day("By when?"),
    }  # fmt: skip


def chair_form(
    is_review: bool, on: date, planned_for: datetime, chairs: Sequence[tuple[str, str]]
) -> type[TaskForm]:
    """The day of the conference: who held it and when, each child's decision with its reason, the minutes,
    who saw it otherwise."""
    planned_on = legal_day(planned_for)
    first = ConferenceOf.Decision.choices[2:] if is_review else ConferenceOf.Decision.choices[:2]
    questions: dict[str, Any] = {
        "decision": choice("What was decided for {name}?", first, "Choose what was decided for {name}"),
        "category": choice("If there is a plan: the main kind of harm", kinds_of_harm(on)),
    }
    if is_review:
        questions["end_reason"] = choice("If the plan ends: why?", ProtectionPlan.End.choices)
        questions["steps_down"] = choice("If it ends: what follows from today?", FOLLOWS)
    usual = "as until now where nobody says" if is_review else "10 where nobody says"
    questions["visits_every"] = forms.IntegerField(
        label=f"Seen every so many working days ({usual})", required=False,
        min_value=1, max_value=LONGEST_BETWEEN_VISITS,
    )  # fmt: skip
    questions |= {
        "because": words("Why, in words the family can read", "Say why, for {name}", rows=3),
        "instead": words("What helps, if there is no plan or it ends?", rows=2),
        "child_said": words("What did {name} say?", rows=2),
        "participation": code_choice(
            "How did {name} take part?", "review_participation", on, first=("PN1", "PN2", "PN7")
        ),
        "family_view": words("What does the family say about it?", rows=2),
        "dissent_by": forms.CharField(
            label="Who would have decided otherwise for {name}?", required=False, max_length=200
        ),
        "would_have": words("What would they have decided, and why?", rows=2),
    }

    class ChairForm(OutlineForm):
        chair = choice("Who chaired?", chairs, "Choose who chaired")
        held_at = moment(
            "When did it begin?", is_filled=True, help_text=f"It was planned for {long_date(planned_on)}."
        )
        is_other_day = forms.BooleanField(
            label=f"It was held on another day than {long_date(planned_on)}", required=False
        )
        each = PerChild("For each child", unborn=UNBORN, **questions)
        said = words("The record that everybody may share", rows=6)
        went_on_because = words(
            "If it went on without its quorum: why?", rows=2, help_text="Else put it off to another day."
        )

        def clean(self) -> dict[str, Any]:
            """The answers; a day that is not the planned one is meant only where that is said."""
            told = super().clean() or self.cleaned_data
            held_at = told.get("held_at")
            if held_at and legal_day(held_at) != planned_on and not told.get("is_other_day"):
                self.add_error(
                    "held_at",
                    f"It was planned for {long_date(planned_on)}. Write that day, or say that it was held "
                    f"on another: {long_date(legal_day(held_at))}",
                )
            for pk, own in (told.get("each") or {}).items():
                for question, unsaid in _left_out(own, self.called[pk]):
                    self.add_error(name_in_form("each", pk, question), unsaid)
            return told

    return ChairForm


def _left_out(own: Mapping[str, Any], child: str) -> Iterator[tuple[str, str]]:
    """The questions that what was decided for a child makes needed, and that are not answered."""
    decision = own.get("decision")
    if decision in WITH_A_PLAN and not own.get("category"):
        yield "category", f"Choose the main kind of harm for {child}, who has a plan"
    if decision == ConferenceOf.Decision.END and not own.get("end_reason"):
        yield "end_reason", f"Choose why the plan of {child} ends"


class UnaskedForm(TaskForm):
    """Somebody who came to a conference though nobody asked them."""

    unasked_name = forms.CharField(label="Their name", required=False, max_length=200)
    unasked_job = forms.CharField(
        label="Their work, or who they are to the children", required=False, max_length=100
    )
    unasked_agency = choice("From where?", COMES_AS[1:])


CAME = list(Invited.Came.choices)
