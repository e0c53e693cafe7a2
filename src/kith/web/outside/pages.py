"""The page of one act about harm outside the home: a form, one button, and back to where it began."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from kith.record.outside.models import Concern
from kith.record.people.models import Person
from kith.record.people.queries import shown
from kith.web.drafts.forms import DraftForm, OpenDraft, with_draft
from kith.web.task_pages.doing import carry_out
from kith.web.task_pages.forms import TaskForm
from kith.web.who_may import user_of


@dataclass(frozen=True)
class Words:
    """What a page says: its title, in which `{name}` is whom or what it is about; its button; what is said
    after.
    """

    title: str
    act: str
    said: str


@dataclass(frozen=True)
class About:
    """Whom or what an act is about, and the page that it leads back to."""

    name: str
    back: str


def about_child(person: Person) -> About:
    """A young person, and the page of harm outside the home to them."""
    return About(shown([person.pk])[person.pk].name, reverse("outside_home", args=[person.pk]))


def about_concern(concern: Concern) -> About:
    """What is of concern, and its page."""
    return About(concern.name, reverse("concern", args=[concern.thread]))


def act_page(
    request: HttpRequest,
    about: About,
    form: TaskForm,
    do: Callable[[dict[str, Any]], Any],
    words: Words,
    draft: OpenDraft | None = None,
) -> HttpResponse:
    """The page of one act: the form, or what was done by `do` with its answers."""
    context = {"title": words.title.format(name=about.name), "act": words.act, "cancel_url": about.back}
    return carry_out(
        request,
        form,
        do,
        page="kith/task.html",
        to=about.back,
        said=words.said,
        context=context,
        draft=draft,
    )


def write_anew(
    request: HttpRequest,
    about: About,
    drafted: tuple[DraftForm, int],
    asks: type[TaskForm],
    service: Callable[..., Any],
    words: Words,
    **given: Any,
) -> HttpResponse:
    """The page of something written down anew, kept while it is typed; `given` goes to the service."""
    draft = with_draft(request, drafted[0], about=drafted[1])
    form = draft.form(asks, initial={"on": timezone.localdate()})

    def write(said: dict[str, Any]) -> int:
        thread: int = service(by=user_of(request), **given, **said).thread
        return thread

    return act_page(request, about, form, write, words, draft)


def carry_on_with(
    request: HttpRequest,
    about: About,
    held: tuple[str, Any],
    asks: type[TaskForm],
    service: Callable[..., Any],
    words: Words,
    initial: dict[str, Any] | None = None,
) -> HttpResponse:
    """The page of something on record that goes on: two who write at once see each other’s.

    `held` is the service’s name for it, and its current version.
    """
    name, fact = held
    filled = {"on": timezone.localdate()} if initial is None else initial
    form = asks(request.POST if request.method == "POST" else None, seen=[fact], initial=filled)
    return act_page(
        request,
        about,
        form,
        lambda said: service(**{name: fact}, by=user_of(request), expected=form.expected(fact), **said),
        words,
    )
