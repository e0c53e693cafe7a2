"""A row for each child in one form: what differs is asked of each, and cleaned to the child's own answers."""

import copy
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from django import forms
from django.forms.boundfield import BoundField

from kith.standards.dates import long_date
from kith.web.task_pages.fields import UNSAID, LargeRadios, all_words, options_of
from kith.web.templatetags.kith import age

if TYPE_CHECKING:
    from kith.web.task_pages.forms import TaskForm


NOTHING_ELSE: Mapping[str, str] = {}


class OfWhom(Protocol):
    """What a row needs to know of a child; a `Shown` of `people.queries` has it."""

    @property
    def person_id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def date_of_birth(self) -> date | None: ...


def called(children: Sequence[OfWhom]) -> dict[int, str]:
    """How to call each of these children beside the others, by their id.

    The first name where it is one child's alone; the whole name where it is not; with the age, and
    then the day of birth, where even that is shared.
    """
    ways = (
        lambda child: child.name.split()[0] if child.name.split() else child.name,
        lambda child: child.name,
        lambda child: f"{child.name}, {age(child.date_of_birth)}",
        lambda child: (
            f"{child.name}, born {long_date(child.date_of_birth)}"
            if child.date_of_birth
            else f"{child.name}, not yet born"
        ),
        lambda child: f"{child.name}, {child.person_id}",
    )
    names: dict[int, str] = {}
    for way in ways:
        said = [way(child).casefold() for child in children]
        for child in children:
            if child.person_id not in names and said.count(way(child).casefold()) == 1:
                names[child.person_id] = way(child)
    return names


def is_unborn(child: OfWhom) -> bool:
    """Whether a child is expected and not yet born, as far as the record knows."""
    return child.date_of_birth is None and getattr(child, "expected_date_of_birth", None) is not None


@dataclass(frozen=True)
class Row:
    """One child's part of a form."""

    person_id: int
    name: str
    fields: list[BoundField]


@dataclass(frozen=True)
class ForAll:
    """A button that gives every child the same answer, and sends nothing: what is typed stays."""

    words: str
    value: str
    sets: str


class PerChild(forms.Field):
    """Questions asked of each child. In a label, "{name}" becomes how the child is called.

    `asked_of` names the ticks that say which children it is about: of the others nothing is asked.
    `for_all` names the choice that one press may answer for all of them. `unborn` says by question what is
    asked instead of a child not yet born: other words, or "" for what nobody can ask of them.
    """

    def __init__(
        self,
        label: str,
        *,
        asked_of: str = "",
        for_all: str = "",
        unborn: Mapping[str, str] = NOTHING_ELSE,
        **questions: forms.Field,
    ) -> None:
        super().__init__(label=label, required=False)
        self.asked_of, self.for_all, self.questions = asked_of, for_all, questions
        self.unborn = unborn

    def __deepcopy__(self, memo: dict[int, Any]) -> "PerChild":
        made: PerChild = super().__deepcopy__(memo)
        made.questions = copy.deepcopy(self.questions, memo)
        return made

    def fields_for(
        self, name: str, person_id: int, child: str, *, is_unborn: bool = False, held: Container[str] = ()
    ) -> dict[str, forms.Field]:
        """The child's own fields, by the names they have in the form; `held` are those with an answer."""
        made = {}
        for question, field in self.questions.items():
            asked = self.unborn.get(question, str(field.label)) if is_unborn else str(field.label)
            if not asked and name_in_form(name, person_id, question) not in held:
                continue
            own = copy.deepcopy(field)
            own.label = (asked or str(field.label)).format(name=child)
            messages = {code: str(said).format(name=child) for code, said in field.error_messages.items()}
            own.error_messages = messages  # type: ignore[assignment]
            made[name_in_form(name, person_id, question)] = own
        return made


def name_in_form(per_child: str, person_id: int, question: str) -> str:
    """What the form calls one child's answer to a question."""
    return f"{per_child}-{person_id}-{question}"


@dataclass(frozen=True)
class Rows:
    """All the rows of one `PerChild`, as a template lays them out."""

    name: str
    label: str
    rows: list[Row]
    buttons: list[ForAll]
    all_words: str


def rows_of(form: "TaskForm", name: str, per_child: PerChild) -> Rows:
    """The rows of a form, with its buttons that answer for all children at once."""
    rows = [
        Row(
            pk,
            child,
            [
                form[own]
                for question in per_child.questions
                if (own := name_in_form(name, pk, question)) in form.fields
            ],
        )
        for pk, child in form.called.items()
    ]
    buttons = _buttons(name, per_child) if len(rows) > 1 else []
    return Rows(name, str(per_child.label), rows, buttons, all_words(len(rows)))


def _buttons(name: str, per_child: PerChild) -> list[ForAll]:
    asked = per_child.questions.get(per_child.for_all)
    if not isinstance(asked, forms.ChoiceField) or not isinstance(asked.widget, LargeRadios):
        return []
    sets = f"{name}:{per_child.for_all}"
    return [ForAll(said, f"{sets}:{value}", value) for value, said in options_of(asked) if value != UNSAID]
