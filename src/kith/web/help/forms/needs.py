"""The forms of what a family needs, and of what was found for it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from kith.standards.codes import code_list
from kith.web.help.forms.fields import line
from kith.web.task_pages.forms import TaskForm, choice, code_choice, day, words, yes_no


class NeedForm(TaskForm):
    """Something the family needs, with the help there is for it."""

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: dict[str, forms.Field] = {
            "kind": code_choice(
                "What is needed?", "help_needs", timezone.localdate(), "Choose what is needed",
                first=[code.code for code in code_list("help_needs")][:9],
            ),
            "only_for": choice(
                "Who is it for?", [("all", "The whole family"), *((str(pk), name) for pk, name in people)],
                "Choose who it is for",
            ),
            "in_words": words("In a few words", rows=2),
            "met_by": line("Who or what could help?", help_text="A service or a person.", longest=300),
        }  # fmt: skip
        self.fields = {**asked, **self.fields}


class MatchNeedForm(TaskForm):
    """What was found for a need, of the directory or besides, and whether it helped."""

    met_by = line("If it is not in the list: who or what helps?", longest=300)
    offered_on = day("Offered on")
    was_taken_up = yes_no("Did the family take it up?")
    has_helped = yes_no("Has it helped?")

    def __init__(self, *args: Any, services: Iterable[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if offered := [(str(thread), name) for thread, name in services]:
            service = choice("What there is in the directory", offered, first=6)
            self.fields = {"service": service, **self.fields}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("service") and not said.get("met_by", "").strip():
            self.add_error("met_by", "Choose a service, or write who or what helps")
        return said


class UnmetForm(TaskForm):
    """What a family needs and nobody here can give, without a name."""

    what = words(
        "What was needed, and is not there?", "Write what was needed", rows=3, longest=500,
        help_text="Those who plan services read this. Write no name, and nothing that tells who it is.",
    )  # fmt: skip
    district = line("Where do they live?", help_text="The area is enough.", longest=100)
