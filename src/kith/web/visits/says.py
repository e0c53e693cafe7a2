"""What a child says: the words, when and where they were said, and what was decided because of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from kith.record.pathway.own_words import Said, own_words_of
from kith.record.people.models import Person, PersonDetails, User
from kith.record.people.queries import same_person_ids, shown
from kith.record.planning import queries as planning
from kith.record.planning.models import PlanAction
from kith.record.protection.models import Conference
from kith.record.protection.queries import meetings_of
from kith.record.versions import current_facts, current_matters
from kith.record.visits.models import NoteKind
from kith.record.visits.queries import notes_of
from kith.record.voice import permissions, services
from kith.record.voice.models import Heeded
from kith.record.voice.queries import heeded_of
from kith.standards.dates import long_date
from kith.web.areas import brought
from kith.web.drafts.forms import draft_form, with_draft
from kith.web.task_pages.doing import carry_out
from kith.web.task_pages.forms import TaskForm, choice, day
from kith.web.task_pages.forms import words as text
from kith.web.who_may import can_open_child, user_of

IN_WORDS = "words"
ACTION, NOTE, CONFERENCE = "planning.planaction", "visits.noteabout", "protection.conferenceof"
MOST_OFFERED = 12


@dataclass(frozen=True)
class Decided:
    """What was decided, in words, and the page where it stands ("" where it is in words alone)."""

    what: str
    on: date
    url: str


@dataclass(frozen=True)
class Spoken:
    """A child's words as a page shows them."""

    said: Said
    url: str
    decided: list[Decided]
    heed_url: str


def said_by(person: Person, ids: Sequence[int], user: User) -> list[Spoken]:
    """What the child of these records said, the newest first; `heed_url` where this reader may add to it."""
    said = own_words_of(ids)
    if not said:
        return []
    heeded, may_heed = heeded_of(ids), permissions.can_heed(user, person)
    threads = {one.decided_thread for each in heeded.values() for one in each if one.decided_table == ACTION}
    actions = current_matters(PlanAction, {thread for thread in threads if thread})
    return [
        Spoken(
            one,
            _url(person, one.table, one.thread),
            [_decided(person, each, actions) for each in heeded.get(one.thread, [])],
            reverse("heed", args=[person.pk, one.thread]) if may_heed else "",
        )
        for one in said
    ]


def called_in(person: Person, ids: Sequence[int]) -> str:
    """What the child likes to be called, or else the first of their names."""
    likes = next(
        (one.likes_to_be_called for one in current_facts(PersonDetails, ids) if one.likes_to_be_called), ""
    )
    name = shown([person.pk])[person.pk]
    return likes or (name.name.split()[0] if name.has_name else "the child")


def _url(person: Person, table: str, thread: int) -> str:
    pages: Mapping[str, str] = {
        name: page for area in brought("source") for name, page in getattr(area, "PAGES", {}).items()
    }
    if table in pages:
        return reverse(pages[table], args=[person.pk, thread])
    return reverse("fact_source", args=[person.pk, table, thread])


def _decided(person: Person, one: Heeded, actions: Mapping[int, PlanAction]) -> Decided:
    if one.decided_thread is None:
        return Decided(one.what, one.decided_on, "")
    if one.decided_table == ACTION:
        action = actions.get(one.decided_thread)
        return Decided(one.what, one.decided_on, reverse("plan", args=[action.plan_thread]) if action else "")
    return Decided(one.what, one.decided_on, _url(person, one.decided_table, one.decided_thread))


class HeedForm(TaskForm):
    """What was decided because of what a child said."""

    decided = choice("What was decided because of it?", (), "Choose what was decided, or say it in words")
    what = text("In your words", rows=2, longest=300)
    decided_on = day("When was it decided?", "Write the day")

    def __init__(self, *args: Any, offered: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decided"].choices = [*offered, (IN_WORDS, "Something else, in words")]  # type: ignore[attr-defined]


HEED = draft_form(
    "heed",
    "What was decided because of a child’s words",
    page=lambda about: reverse("heed", args=about.split("-")),
    children=lambda about: [int(about.partition("-")[0])],
)


@can_open_child
def heed(request: HttpRequest, person: Person, thread: int) -> HttpResponse:
    """Say what was decided because of what a child said: chosen among what is on record, or in words."""
    user, ids = user_of(request), same_person_ids(person)
    permissions.check_can_heed(user, person)
    said = next((one for one in own_words_of(ids) if one.thread == thread), None)
    if said is None:
        raise Http404("No such words on this file")
    offered = _offered(person, ids, said.on)
    draft = with_draft(request, HEED, about=f"{person.pk}-{thread}")
    form = draft.form(HeedForm, offered=[(key, words) for key, (words, _, _) in offered.items()])
    back = reverse("story", args=[person.pk])

    def do(answers: dict[str, Any]) -> Heeded:
        words, table, of = offered.get(answers["decided"], ("", "", 0))
        return services.heed(
            child=person,
            said=(said.table, said.thread),
            said_on=said.on,
            what=answers["what"].strip() or words[:300],
            decided_on=answers["decided_on"],
            decided=(table, of) if table else None,
            by=user,
        )

    return carry_out(
        request,
        form,
        do,
        page="kith/visits/heed.html",
        to=back,
        said="It stands beside the child’s words.",
        draft=draft,
        context={
            "person": person,
            "child": shown([person.pk])[person.pk],
            "said_then": said,
            "title": "What was decided because of it",
            "act": "Save what was decided",
            "cancel_url": back,
        },
    )


def _offered(person: Person, ids: Sequence[int], since: date) -> dict[str, tuple[str, str, int]]:
    """What was decided about a child since a day and is on record: its key, and (words, table, thread)."""
    found = [*_actions(person), *_decisions(ids, since)]
    return {f"{table}-{thread}": (words, table, thread) for words, table, thread in found[:MOST_OFFERED]}


def _actions(person: Person) -> list[tuple[str, str, int]]:
    """What is to be done in the child's open plans, for all or for this child."""
    plans = [plan for plan in planning.plans_of([person.pk])[person.pk] if plan.ended_on is None]
    goals = [goal for plan in plans for goal in planning.shown(plan, [person.pk]).goals]
    return [(each.what, ACTION, each.thread) for goal in goals for each in goal.actions if each.is_open]


def _decisions(ids: Sequence[int], since: date) -> list[tuple[str, str, int]]:
    held = [
        (f"{one.get_kind_display()}: {part.get_decision_display().lower()}", CONFERENCE, part.thread)
        for part, one in meetings_of(ids)
        if one.state == Conference.State.HELD and part.held_on and part.held_on >= since
    ]
    noted = [
        (f"A manager’s decision of {long_date(note.noted_on)}", NOTE, note.thread)
        for note in notes_of(ids)
        if note.kind == NoteKind.MANAGERS_DECISION and note.noted_on >= since
    ]
    return [*held, *noted]
