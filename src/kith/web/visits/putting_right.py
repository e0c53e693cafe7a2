"""Putting a visit or a note right, and taking it off the file of a child it was never about."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from kith.record.access.looking import search
from kith.record.pathway import visiting
from kith.record.people.models import Person, User
from kith.record.people.queries import Shown
from kith.record.people.queries import shown as people_shown
from kith.record.people.search import SearchRefused
from kith.record.versions import current_facts
from kith.record.visits import permissions, queries, services
from kith.record.visits.models import Note, NoteAbout, Seen, Visit
from kith.record.visits.services import About, Saw
from kith.standards.dates import long_date
from kith.standards.limits import is_child
from kith.web.task_pages.doing import carry_out
from kith.web.task_pages.per_child import name_in_form
from kith.web.visits.file import OnFile, on_file
from kith.web.visits.forms import CorrectNoteForm, CorrectVisitForm, FindForm, MoveForm
from kith.web.visits.whom import whom
from kith.web.who_may import can_open_child, user_of

CorrectForm = CorrectVisitForm | CorrectNoteForm
NAMES = {"because_of": "because"}  # a field of a form that has another name in the fact


@can_open_child
def correct_visit(request: HttpRequest, person: Person, thread: int) -> HttpResponse:
    """Put right what a visit says; the old words stay readable."""
    return _correct(request, person, Visit, thread)


@can_open_child
def correct_note(request: HttpRequest, person: Person, thread: int) -> HttpResponse:
    """Put right what a note says; the old words stay readable."""
    return _correct(request, person, Note, thread)


def _correct(
    request: HttpRequest, person: Person, kind: type[Visit] | type[Note], thread: int
) -> HttpResponse:
    user = user_of(request)
    found = on_file(user, person, kind, thread)
    permissions.check_can_put_right(user, found.matter, [person])
    child = people_shown([found.part.person_id])[found.part.person_id]
    form_of: type[Any] = CorrectVisitForm if kind is Visit else CorrectNoteForm
    form = form_of(
        request.POST or None,
        children=[child],
        with_shared=found.reads_all,
        seen=[found.matter, found.part],
        initial=_initial(form_of, found),
    )
    back = reverse("visit" if kind is Visit else "note", args=[person.pk, thread])
    return carry_out(
        request,
        form,
        lambda answers: _put_right(user, form, found, answers),
        page="kith/visits/correct.html",
        to=back,
        said="It is put right. The old words stay readable, as corrected.",
        context={
            "person": person,
            "title": f"Put {'the visit' if kind is Visit else 'the note'} right",
            "act": "Save what is right",
            "cancel_url": back,
            "with_shared": found.reads_all,
        },
    )


def _initial(form_of: type[Any], found: OnFile) -> dict[str, Any]:
    """What stands on record, for putting right."""
    matter, part = found.matter, found.part
    initial = {name: getattr(matter, NAMES.get(name, name)) for name in form_of.SHARED}
    initial["at"] = timezone.localtime(matter.at)
    for question in form_of.base_fields["each"].questions:
        value = part.how_seen if question == "seen" else getattr(part, question)  # type: ignore[union-attr]
        if isinstance(value, bool) and question == "is_bedroom_seen":
            value = "yes" if value else "no"
        initial[name_in_form("each", part.person_id, question)] = value or ""
    return initial


def _put_right(user: User, form: CorrectForm, found: OnFile, answers: dict[str, Any]) -> None:
    """Put right what all share, where it changed, and this child's part, where that did."""
    because, own = answers.pop("because"), answers.pop("each")[found.part.person_id]
    part = _as_it_stands(found.part)
    if form.expected(found.part) not in (None, part.pk):
        _correct_own(user, found.part, own, because, form.expected(found.part))  # raises the clash
    shared = _changed(found.matter, form, answers)
    if shared:
        act: Any = services.correct_visit if isinstance(found.matter, Visit) else services.correct_note
        named = {"visit" if isinstance(found.matter, Visit) else "note": found.matter}
        act(**named, **shared, because=because, by=user, expected=form.expected(found.matter))
        part = _as_it_stands(found.part)
    if _differs(part, own):
        _correct_own(user, part, own, because, None)


def _changed(matter: Visit | Note, form: CorrectForm, answers: dict[str, Any]) -> dict[str, Any]:
    """What is different of what all share; a time that is the same to the minute is the same."""
    was = {name: getattr(matter, NAMES.get(name, name)) for name in form.SHARED if name in answers}
    is_same = {name: answers[name] == value for name, value in was.items()}
    if "at" in was:
        is_same["at"] = answers["at"] == was["at"].replace(second=0, microsecond=0)
    return {NAMES.get(name, name): answers[name] for name, same in is_same.items() if not same}


def _as_it_stands(part: Seen | NoteAbout) -> Any:
    return next(one for one in current_facts(type(part), [part.person_id]) if one.thread == part.thread)


def _differs(part: Seen | NoteAbout, own: dict[str, Any]) -> bool:
    was = {name: (part.how_seen or "") if name == "seen" else getattr(part, name) for name in own}  # type: ignore[union-attr]
    return bool(was != own)


def _correct_own(
    user: User, part: Seen | NoteAbout, own: dict[str, Any], because: str, expected: int | None
) -> None:
    if isinstance(part, Seen):
        said = Saw(Person(pk=part.person_id), **own)
        visiting.correct_seen(seen=part, said=said, because=because, by=user, expected=expected)
    else:
        about = About(Person(pk=part.person_id), **own)
        services.correct_note_about(part=part, said=about, because=because, by=user, expected=expected)


@can_open_child
def move_visit(request: HttpRequest, person: Person, thread: int) -> HttpResponse:
    """Take a visit off the file of a child it was never to, and give it to the right one."""
    return _move(request, person, Visit, thread)


@can_open_child
def move_note(request: HttpRequest, person: Person, thread: int) -> HttpResponse:
    """Take a note off the file of a child it was never about, and give it to the right one."""
    return _move(request, person, Note, thread)


def _move(request: HttpRequest, person: Person, kind: type[Visit] | type[Note], thread: int) -> HttpResponse:
    user = user_of(request)
    found = on_file(user, person, kind, thread)
    permissions.check_can_put_right(user, found.matter, [person])
    family = whom(user, person, timezone.localdate(), "moving a note")
    on_it = {part.person_id for part in found.parts}
    near = {one.person_id: one.name for one in family.children if one.person_id not in on_it}
    text = request.GET.get("find", "").replace("\x00", " ").strip()
    others, refused = _others(user, text, {*near, *on_it})
    offered = [(str(pk), name) for pk, name in {**near, **others}.items()]
    form = MoveForm(request.POST if request.method == "POST" else None, offered=offered)

    def do(answers: dict[str, Any]) -> None:
        if answers["to"] == MoveForm.NOBODYS:
            visiting.take_off(part=found.part, because=answers["because"], by=user)
            return
        right = int(answers["to"])
        visiting.move_to_child(
            part=found.part, to=Person.objects.get(pk=right), is_another_family=right in others,
            because=answers["because"], by=user,
        )  # fmt: skip

    return carry_out(
        request,
        form,
        do,
        page="kith/visits/move.html",
        to=reverse("visits", args=[person.pk]),
        said="It is off this file, which keeps only that something was entered in error.",
        context={
            "person": person,
            "title": "This is on the wrong child’s file",
            "act": "Take it off this file",
            "danger": True,
            "cancel_url": reverse("visit" if kind is Visit else "note", args=[person.pk, thread]),
            "opened": queries.who_has_opened(found.part),
            "find": FindForm(initial={"find": text}),
            "searched": bool(text),
            "found": others,
            "refused": refused,
        },
    )


def _others(user: User, text: str, near: set[int]) -> tuple[dict[int, str], str]:
    """Children of other families whose records this worker may open, by what was typed; or why none."""
    if not text:
        return {}, ""
    try:
        lines = search(user, text).lines
    except SearchRefused as refusal:
        return {}, str(refusal)
    may_open = [
        line.person
        for line in lines
        if line.can_open and line.person.person_id not in near and _may_be_a_child(line.person)
    ]
    return {one.person_id: f"{one.name}, {_born(one)}" for one in may_open}, ""


def _may_be_a_child(one: Shown) -> bool:
    """Whether somebody is a child, or of an age that nobody knows."""
    return one.date_of_birth is None or is_child(one.date_of_birth, timezone.localdate())


def _born(one: Shown) -> str:
    return f"born {long_date(one.date_of_birth)}" if one.date_of_birth else "no day of birth on record"
