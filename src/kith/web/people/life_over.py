"""What the pages of a death and of a pregnancy that ended ask alike: whether the case and the work end."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.urls import reverse

from kith.record.access.permissions import can_open
from kith.record.pathway.life_over import OpenFor, can_close, who_has_to_know
from kith.record.people.models import Person, User
from kith.web.task_pages.forms import TaskForm, choice

CASE, WORK = "closes_case", "ends_work"
NOT_YET = "no"


class ClosingForm(TaskForm):
    """What closes now; `asked` are the questions of this person's work."""

    def __init__(self, *args: Any, asked: dict[str, forms.Field], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {**self.fields, **asked}


def questions(user: User, person: Person, held: OpenFor, because: str) -> dict[str, forms.Field]:
    """What is asked of whoever may close cases: of the case, and of those who are allocated.

    `because` is why it closes, in words. None is answered beforehand.
    """
    asked: dict[str, forms.Field] = {}
    if not can_close(user, person):
        return asked
    if held.case:
        asked[CASE] = choice(
            "The case",
            [("yes", f"Close it now, because {because}"), (NOT_YET, "It stays open for now")],
            "Say whether the case closes now",
        )
    if held.workers:
        asked[WORK] = choice(
            "Who works with them",
            [("yes", "Their work ends today"), (NOT_YET, "They stay with the family for now")],
            "Say whether their work ends today",
            help_text="Then only those who work with the family open the record, or whoever gives a reason.",
        )
    return asked


def answered(said: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as the services take them: what was not asked stays as it is."""
    return {**said, CASE: said.get(CASE) == "yes", WORK: said.get(WORK) == "yes"}


def beside(user: User, person: Person, held: OpenFor) -> dict[str, Any]:
    """What the page shows beside its form: what is open, and who is told at once."""
    return {"held": held, "may_close": can_close(user, person), "told": who_has_to_know(person, user)}


def where_next(user: User, person: Person) -> str:
    """The child's page; My work, where the record is closed to them now that nobody is allocated."""
    return reverse("story", args=[person.pk]) if can_open(user, person) else reverse("my_work")
