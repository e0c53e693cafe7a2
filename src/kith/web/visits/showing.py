"""Reading visits and notes on one child's file, and in one list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kith.record.chronology.policies import life_told
from kith.record.pathway import seen as seen_by
from kith.record.people.models import Person
from kith.record.people.queries import same_person_ids
from kith.record.people.queries import shown as people_shown
from kith.record.visits import permissions, queries
from kith.record.visits.models import Note, NoteAbout, Seen, Visit
from kith.record.visits.telling import note_about, seen
from kith.web.visits.file import on_file, shown
from kith.web.who_may import can_open_child, user_of

ON_A_PAGE = 50


@dataclass(frozen=True)
class Line:
    """A visit or a note in the list of a child's."""

    on: date
    words: str
    own_words: str
    url: str


@can_open_child
def visits(request: HttpRequest, person: Person) -> HttpResponse:
    """Every visit and note of a child, the newest first, and when the child was last seen."""
    ids = same_person_ids(person)
    lines = lines_of(person, ids)
    context = {
        "person": person,
        "child": people_shown([person.pk])[person.pk],
        "last": last_seen(ids, is_unborn=life_told(person).is_unborn),
        "page": Paginator(lines, ON_A_PAGE).get_page(request.GET.get("page")),
        "may_write": permissions.can_write(user_of(request), [person]),
    }
    return render(request, "kith/visits/visits.html", context)


@can_open_child
def visit(request: HttpRequest, person: Person, thread: int) -> HttpResponse:
    """One visit as it stands on this child's file."""
    return _one(request, person, Visit, thread)


@can_open_child
def note(request: HttpRequest, person: Person, thread: int) -> HttpResponse:
    """One note as it stands on this child's file."""
    return _one(request, person, Note, thread)


@can_open_child
def visit_of_line(request: HttpRequest, person: Person, part: int) -> HttpResponse:
    """The visit that a line of the story tells; one that came by a file has its source alone."""
    return _of_line(person, Seen, "visit", part)


@can_open_child
def note_of_line(request: HttpRequest, person: Person, part: int) -> HttpResponse:
    """The note that a line of the story tells."""
    return _of_line(person, NoteAbout, "note", part)


def _of_line(person: Person, kind: type[Seen] | type[NoteAbout], page: str, thread: int) -> HttpResponse:
    part = kind.current.filter(thread=thread, person__in=same_person_ids(person)).first()
    if part is not None and (page == "note" or part.visited_at):
        return redirect(page, person.pk, part.matter_thread)
    return redirect("fact_source", person.pk, kind._meta.label_lower, thread)


def _one(request: HttpRequest, person: Person, kind: type[Visit] | type[Note], thread: int) -> HttpResponse:
    user = user_of(request)
    child = people_shown([person.pk])[person.pk]
    context = {"person": person, "child": child, **shown(user, person, on_file(user, person, kind, thread))}
    return render(request, "kith/visits/on_file.html", context)


def lines_of(person: Person, ids: Sequence[int]) -> list[Line]:
    """The visits and notes of a child, the newest first."""
    parts: list[Seen | NoteAbout] = [*queries.visits_of(ids), *queries.notes_of(ids)]
    lines = [_line(person, part) for part in parts]
    return sorted(lines, key=lambda line: line.on, reverse=True)


def _line(person: Person, part: Seen | NoteAbout) -> Line:
    is_visit = isinstance(part, Seen)
    told = (seen if is_visit else note_about)(part)[0]
    came_by_file = isinstance(part, Seen) and part.visited_at is None
    url = (
        reverse("fact_source", args=[person.pk, part._meta.label_lower, part.thread])
        if came_by_file
        else reverse("visit" if is_visit else "note", args=[person.pk, part.matter_thread])
    )
    return Line(told.on or date.min, told.text, part.own_words, url)


def last_seen(ids: Sequence[int], *, is_unborn: bool = False) -> dict[str, Any]:
    """When the child of these records was last seen, and alone, and how often nobody was in since.

    Of a child not yet born it is the mother who was seen, and nobody asks whether alone.
    """
    seen_on = max(seen_by.last_seen(ids).values(), default=None)
    alone_on = max(seen_by.last_seen_alone(ids).values(), default=None)
    return {
        "is_unborn": is_unborn,
        "seen": seen_on,
        "alone": alone_on,
        "nobody_in": max(queries.nobody_in(ids).values(), default=0),
    }
