"""The form of a task. Areas take all their fields from here."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.forms.utils import ErrorDict
from django.http import QueryDict

from kith.record.lengths import LONGEST_TEXT
from kith.web.task_pages import clashing
from kith.web.task_pages.fields import choice, code_choice, day, options_of, ticks, words, yes_no
from kith.web.task_pages.moments import moment
from kith.web.task_pages.per_child import OfWhom, PerChild, Row, called, is_unborn, name_in_form, rows_of

__all__ = [
    "PerChild", "Row", "TaskForm", "choice", "code_choice", "day", "moment", "ticks", "words", "yes_no"
]  # fmt: skip

TOO_LONG = (
    "This is %(show_value)d letters long, and at most %(limit_value)d are kept. Nothing was saved or cut "
    "off: shorten it, or put the rest in a document."
)
FILLS = "all"  # the name of a button that answers for all and sends nothing


def with_words(typed: str, more: str) -> str:
    """What was typed with more words under it; as it is where they stand there already."""
    return typed if more in typed else f"{typed.rstrip()}\n{more}".strip()


class SeenField(forms.CharField):
    """Which version of each fact the person saw: {thread: id of the version}."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> dict[int, int]:
        try:
            return {int(thread): int(pk) for thread, pk in json.loads(value or "{}").items()}
        except (ValueError, AttributeError, TypeError, OverflowError, RecursionError) as unreadable:
            raise ValidationError("Load the page again before you save.") from unreadable


class TaskForm(forms.Form):
    """A form for one act: it keeps what was typed, knows what was seen, and asks each child's part of each.

    `children` are those of whom a `PerChild` asks; `seen` are the facts it shows to be changed.
    `cleaned_data` holds for each `PerChild` {person_id: {question: answer}}; `answers` is the same
    without what the form carries for itself, and goes to the service as it is.
    """

    template_name = "components/task_fields.html"
    data: QueryDict  # a copy, so that it may be filled
    of_fact: Mapping[str, str] = {}  # a field of the form that has another name in the fact
    to_use: Mapping[str, Mapping[str, str]] = {}  # by field: words on record that one press adds to it

    seen = SeenField(required=False)

    def __init__(
        self,
        data: Any = None,
        *args: Any,
        children: Sequence[OfWhom] = (),
        seen: Sequence[Any] = (),
        **kwargs: Any,
    ) -> None:
        self.called = called(children)
        self.unborn = {child.person_id for child in children if is_unborn(child)}
        super().__init__(None if data is None else _copied(data), *args, **kwargs)
        self.per_child = {name: each for name, each in self.fields.items() if isinstance(each, PerChild)}
        self._open_rows()
        self.fields["seen"].initial = json.dumps({str(fact.thread): fact.pk for fact in seen})
        self.only_fills = False
        if self.is_bound:
            self.only_fills = self._fill(self.data.get(FILLS, ""))
            clashing.settle(self)

    def _open_rows(self) -> None:
        """Put each child's own fields in the place of every `PerChild`."""
        opened: dict[str, forms.Field] = {}
        for name, field in self.fields.items():
            if isinstance(field, PerChild):
                for pk, child in self.called.items():
                    of_unborn = pk in self.unborn
                    held = {own for own, value in self.initial.items() if value}
                    opened.update(field.fields_for(name, pk, child, is_unborn=of_unborn, held=held))
            else:
                opened[name] = field
        self.fields = opened

    def _fill(self, said: str) -> bool:
        """Do what a button for all asks: "children" ticks all; "each:seen:alone" answers for each child.

        "says:use:7" adds the words that are offered as 7 to that field.
        """
        name, _, rest = said.partition(":")
        question, _, value = rest.partition(":")
        if name in self.per_child and question in self.per_child[name].questions:
            for pk in self.called:
                self.data[name_in_form(name, pk, question)] = value
            return True
        if question == "use" and value in self.to_use.get(name, {}):
            self.data[name] = with_words(self.data.get(name, ""), self.to_use[name][value])
            return True
        field = self.fields.get(name)
        if not isinstance(field, forms.MultipleChoiceField):
            return False
        self.data.setlist(name, [value for value, _ in options_of(field)])
        return True

    def full_clean(self) -> None:
        self._measure_words()
        super().full_clean()
        if self.only_fills:
            self._errors = ErrorDict()  # nobody asked for it to be sent: nothing is missing yet

    def _measure_words(self) -> None:
        """What is typed has a length that is kept, and a kind word where it is longer."""
        for field in self.fields.values():
            if not isinstance(field, forms.CharField) or field.widget.is_hidden:
                continue
            field.error_messages["max_length"] = TOO_LONG
            if field.max_length is None:
                field.max_length = LONGEST_TEXT
                field.validators.append(MaxLengthValidator(LONGEST_TEXT))

    def is_valid(self) -> bool:
        return super().is_valid() and not self.only_fills

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        for name, per_child in self.per_child.items():
            about = self._about(per_child)
            self.cleaned_data[name] = {pk: self._row(name, per_child, pk, pk in about) for pk in self.called}
            for pk in set(self.called) - about:
                del self.cleaned_data[name][pk]

    def _about(self, per_child: PerChild) -> set[int]:
        """The children of whom these rows ask: all, or those ticked."""
        if not per_child.asked_of:
            return set(self.called)
        return {int(pk) for pk in self.cleaned_data.get(per_child.asked_of, ())} & set(self.called)

    def _row(self, name: str, per_child: PerChild, person_id: int, is_asked: bool) -> dict[str, Any]:
        answers = {}
        for question, field in per_child.questions.items():
            own = name_in_form(name, person_id, question)
            if own in self.cleaned_data:
                answers[question] = self.cleaned_data.pop(own)
            elif own not in self.fields:
                answers[question] = field.clean(None)  # not asked of a child not yet born: nobody said
            if not is_asked:
                self.errors.pop(own, None)
        return answers

    @property
    def answers(self) -> dict[str, Any]:
        """What was answered, ready to be given to a service."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    def expected(self, fact: Any) -> int | None:
        """The version of `fact` that the person saw, for a service's `expected`; None if it showed none."""
        seen: dict[int, int] = self.cleaned_data.get("seen") or {}
        return seen.get(fact.thread)

    def pieces(self) -> Iterator[dict[str, Any]]:
        """The form in its order: a field each, and the rows of the children together in their place."""
        inside = {
            name_in_form(name, pk, question): name
            for name, per_child in self.per_child.items()
            for pk in self.called
            for question in per_child.questions
        }
        shown: set[str] = set()
        for field in self.visible_fields():
            name = inside.get(field.name)
            if name is None:
                yield {"field": field}
            elif name not in shown:
                shown.add(name)
                yield {"children": rows_of(self, name, self.per_child[name])}

    def children_rows(self) -> dict[str, Any]:
        """The rows of each `PerChild` by its name, for a page that lays out its fields itself."""
        return {name: rows_of(self, name, per_child) for name, per_child in self.per_child.items()}


def _copied(data: Any) -> QueryDict:
    """What was sent, in a shape that may be filled; a plain dict of a test too."""
    copy = QueryDict(mutable=True)
    for name in data:
        values = data.getlist(name) if hasattr(data, "getlist") else data[name]
        copy.setlist(name, list(values) if isinstance(values, list | tuple) else [str(values)])
    return copy
