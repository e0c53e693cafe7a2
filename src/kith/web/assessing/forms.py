"""The forms of an assessment: what the family's text asks, each child's part, reading it, sharing it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from kith.record.assessment.form import CHILD, FAMILY, next_steps, sections, superseded_factors
from kith.record.assessment.models import ChildsPart
from kith.record.voice.models import Feeling, Listened
from kith.standards.codes import code_list
from kith.web.task_pages.forms import TaskForm, choice, day, ticks, words

ROWS = 5
SAYS = "says"  # the section for the child's own words
AUTHORISE, SEND_BACK = "authorise", "send_back"


def start_form(choices: Sequence[tuple[int, str]]) -> type[TaskForm]:
    """A form that asks whom the assessment is about: nobody is ticked beforehand."""
    asked = ticks(
        "Whom is the assessment about?",
        choices,
        "Choose the children whom the assessment is about",
        with_all=True,
        coerce=int,
    )
    return type("StartForm", (TaskForm,), {"children": asked})


def family_form() -> type[TaskForm]:
    """A form for what the assessment says of the whole family, section by section."""
    return type("FamilyForm", (TaskForm,), {**fields_of(FAMILY), "of_fact": places_of(FAMILY)})


def child_form(
    *, is_seen: bool, on: date, said: Mapping[str, str] | None = None, is_unborn: bool = False
) -> type[TaskForm]:
    """A form for what the assessment says of one child alone, and what should come of it for them.

    Of a child not yet born it asks of the pregnancy, and of the mother whether she was seen. `said` are the
    child's own words on record, each of which a press adds to what the child says.
    """
    asked = {
        **fields_of(CHILD, is_unborn=is_unborn),
        "factors": ticks(
            "What was found",
            factors_on(on),
            help_text="Tick all that are true of this child or of those they live with.",
        ),
        "not_seen_because": words(
            f"Nobody has seen {'the mother' if is_unborn else 'this child'} yet. Why?", rows=2, longest=300
        ),
        "next_step": choice(
            "What should happen next for this child?",
            [(name, step.words) for name, step in next_steps().items()],
            first=4,
        ),
        "next_step_because": words("Why?", rows=3),
    }
    if is_seen:
        del asked["not_seen_because"]
    words_to_use = {} if is_unborn else {SAYS: said or {}}
    return type("ChildForm", (TaskForm,), {**asked, "of_fact": places_of(CHILD), "to_use": words_to_use})


def initial_of(part: ChildsPart) -> dict[str, Any]:
    """What a child's part says now, by the names of the form."""
    own = ("factors", "next_step", "next_step_because", "not_seen_because")
    return {**part.words, **{name: getattr(part, name) for name in own}}


def split(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers about a child as the service takes them: the sections apart from what comes of it."""
    named = {one.section for one in sections(CHILD)}
    return {
        "words": {name: value for name, value in answers.items() if name in named},
        **{name: value for name, value in answers.items() if name not in named},
    }


class ReadForm(TaskForm):
    """A manager's decision on an assessment, which is theirs alone."""

    decision = choice(
        "What do you decide?",
        [(AUTHORISE, "Authorise it for every child"), (SEND_BACK, "Send it back")],
        "Choose one",
    )
    because = words("If you send it back: what is needed?", rows=3)
    although = words("If you authorise it as it is: why is that enough?", rows=3)

    def __init__(self, *args: Any, is_complete: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_complete:
            del self.fields["although"]

    def clean(self) -> dict[str, Any]:
        """What is needed has to be said where it goes back, and why it is enough where it has gaps."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        decision = cleaned.get("decision")
        if decision == SEND_BACK and not cleaned.get("because", "").strip():
            self.add_error("because", "Say what is missing, so that it can be put right")
        if decision == AUTHORISE and "although" in self.fields and not cleaned.get("although", "").strip():
            self.add_error("although", "Say why it is enough with what is not written, or send it back")
        return cleaned


class ShareForm(TaskForm):
    """That somebody in the family was given the assessment to read."""

    with_whom = forms.CharField(
        label="Who was given it to read?",
        max_length=200,
        error_messages={"required": "Say who was given it"},
    )
    on = day("On which day?", "Say on which day", is_filled=True)
    way = forms.CharField(
        label="How?",
        max_length=100,
        required=False,
        help_text="Read together, handed over, posted where that is safe.",
    )
    held_back = words("What was left out of their copy, and why?", rows=2)
    their_words = words("What they said of it, in their words", rows=3)


class AskForm(TaskForm):
    """Whom to ask how the assessment felt."""

    asked_of = forms.CharField(
        label="Who will be asked?",
        max_length=200,
        help_text="Each parent, and each child old enough, is asked apart. For example: Mum, Nadia.",
        error_messages={"required": "Say who will be asked"},
    )


class FeltForm(TaskForm):
    """How it felt: two taps, and words for those who want to say more."""

    feeling = choice("How did it feel?", Feeling.choices, "Choose the one that comes nearest")
    listened = choice("Did we listen to you?", Listened.choices, across=True)
    words = words("Is there anything you want to tell us?", longest=5_000)


def fields_of(of: str, *, is_unborn: bool = False) -> dict[str, forms.Field]:
    """A field for each section of the family's or a child's text."""
    asked = sections(of, is_unborn=is_unborn)
    return {one.section: words(one.heading, rows=ROWS, help_text=one.asks) for one in asked}


def places_of(of: str) -> dict[str, str]:
    """Where each section's field stands in the fact."""
    return {one.section: f"words.{one.section}" for one in sections(of)}


def factors_on(on: date) -> list[tuple[str, str]]:
    """The factors that a return takes on a day, with their words; "none" at the end."""
    held = [
        (code.code, code.label)
        for code in code_list("assessment_factors").valid_on(on)
        if code.code not in superseded_factors()
    ]
    return sorted(held, key=lambda pair: pair[0] == "21")
