"""Printing a paper: what is left out and how its reader may be reached stand before the button."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone

from kith.record.access.looking import show_names
from kith.record.audit.queries import acts_on
from kith.record.audit.services import record
from kith.record.documents import services as documents
from kith.record.documents.permissions import can_keep
from kith.record.people.family import ties_of
from kith.record.people.models import Person, SafeContact, User
from kith.record.people.queries import same_person_ids, shown
from kith.record.people.safe_contact import UNKNOWN, check_safe_to_send, in_words, safe_contacts_of
from kith.record.refusals import NotPossible, Refused
from kith.web.letters.forms import RECORD, LetterForm
from kith.web.letters.holding_back import hidden_places, lines_of, without_places, without_words
from kith.web.letters.kinds import Letter, LetterKind, Reader, kinds
from kith.web.pdf import can_make_pdf, pdf_response
from kith.web.story.reaching import ToReach, told_of, with_words_of_requests
from kith.web.visits.whom import who_may_be_there
from kith.web.who_may import can_open_child, user_of

ON_A_LIST = 20
ACT = "letter_made"


@can_open_child
def letters(request: HttpRequest, person: Person) -> HttpResponse:
    """The papers that may be printed about a child, and which went out before: to whom, how and when."""
    user, ids = user_of(request), same_person_ids(person)
    offered = [
        {"kind": kind, "papers": papers[:ON_A_LIST]}
        for kind in kinds().values()
        if (papers := kind.offered(user, person, ids))
    ]
    context = {
        "person": person,
        "child": shown([person.pk])[person.pk],
        "offered": offered,
        "went_out": _went_out(user, ids),
    }
    return render(request, "kith/letters/letters.html", context)


@can_open_child
def letter(request: HttpRequest, person: Person, kind: str, thread: int) -> HttpResponse:
    """A paper about a child: looked at on the page, then made for one reader."""
    user, of = user_of(request), kinds().get(kind)
    if of is None:
        raise Http404(kind)
    readers = _readers(user, person)
    whole = of.build(user, person, thread, None)
    least, most = (of.build(user, person, thread, reader) for reader in _extremes(readers.values()))
    offered = _who_may(readers, least)
    form = LetterForm(
        request.POST if request.method == "POST" else None,
        family=[(str(pk), reader.name) for pk, reader in offered.items()],
        let_in=most.let_in,
        leave_out=whole.leave_out,
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _made(request, person, of, thread, offered, form.answers)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {
        "person": person,
        "child": readers[person.pk],
        "form": form,
        "title": f"Print: {most.title}",
        "act": "Make the PDF" if can_make_pdf() else "Show it for printing",
        "preview": _set(request, person, whole if most.not_for_family else most, None, [], is_preview=True),
        "of_every_copy": whole.held_out,
        "of_family": [line for line in most.held_out if line not in whole.held_out],
        "of_most_family": [line for line in least.held_out if line not in most.held_out],
        "who_has_more": [one.name for one in offered.values() if one.may_have_own_part],
        "look_for": whole.look_for,
        "not_for_family": most.not_for_family,
        "safe": _how_safe(offered.values(), person),
        "may_keep": can_keep(user, [person]) and can_make_pdf(),
    }
    return render(request, "kith/letters/letter.html", context, status=422 if form.errors else 200)


def _readers(user: User, person: Person) -> dict[int, Reader]:
    """The child and the grown-ups of the family, who may be given a paper; each name is written down."""
    child = Reader(person.pk, shown([person.pk])[person.pk].name, is_child=True)
    responsible = {tie.person_id for tie in ties_of(person) if tie.holds_responsibility}
    grown_up = who_may_be_there(user, person, [], timezone.localdate())
    others = [Reader(int(pk), name, is_responsible=int(pk) in responsible) for pk, name in grown_up]
    return {reader.person_id: reader for reader in (child, *others)}


def _extremes(readers: Any) -> tuple[Reader, Reader]:
    """Somebody of the family who gets the least, and one who gets the most."""
    child = next(reader for reader in readers if reader.is_child)
    return replace(child, is_child=False, is_responsible=False), child


def _who_may(readers: Mapping[int, Reader], paper: Letter) -> dict[int, Reader]:
    """Those of the family to whom this paper may go."""
    if paper.not_for_family:
        return {}
    return {pk: one for pk, one in readers.items() if paper.only_for in (None, pk)}


def _how_safe(readers: Iterable[Reader], child: Person) -> list[tuple[str, list[str]]]:
    """(names, sentences) on how each may be reached; those of whom the same is said stand together.

    What somebody else said of it, asking for help for this child, comes last.
    """
    held = list(readers)
    said: dict[tuple[str, ...], list[str]] = {}
    for reader in held:
        said.setdefault(tuple(_safe(reader, child)), []).append(reader.name)
    known = [ToReach(reader.name, ()) for reader in held]
    told = with_words_of_requests(known, [child.pk])[len(known) :]
    return [
        *((", ".join(names), list(sentences)) for sentences, names in said.items()),
        *((one.name, [words for _, words in one.said]) for one in told),
    ]


def _safe(reader: Reader, child: Person) -> list[str]:
    """What is said of reaching somebody, in sentences; else what they said as they asked for help."""
    said = safe_contacts_of(same_person_ids(Person(pk=reader.person_id)))
    return [in_words(each) for each in said] or told_of(reader.name, [child.pk]) or [UNKNOWN]


def _made(
    request: HttpRequest,
    person: Person,
    of: LetterKind,
    thread: int,
    readers: Mapping[int, Reader],
    answers: Mapping[str, Any],
) -> HttpResponse:
    """The paper, for whom it was made; that it was made is written down. Raises NotSafe and NotPossible."""
    user = user_of(request)
    reader = None if answers["to"] == RECORD else readers[int(answers["to"])]
    paper = of.build(user, person, thread, reader)
    out = _left_out(paper, reader, answers)
    if reader:
        if paper.not_for_family:
            raise NotPossible(paper.not_for_family, "Make a copy for the record, or come back later.")
        check_safe_to_send(Person(pk=reader.person_id), answers["way"], because=answers["because"])
    words = lines_of(answers["hold_back"])
    html = _set(request, person, paper, reader, out, held_back=words)
    about = {
        "letter": of.name, "thread": thread, "title": paper.title, "way": answers["way"],
        "why": answers["because"][:200], "left_out": [*out, *paper.held_out], "words_held_back": len(words),
    }  # fmt: skip
    record(ACT, by=user, person=person, about=about | ({"for": reader.person_id} if reader else {}))
    if not can_make_pdf():
        return HttpResponse(html, headers={"Cache-Control": "private, no-store"})
    answer = pdf_response(request, html, f"{of.name}-{timezone.localdate():%Y-%m-%d}")
    if answers["is_kept"]:
        documents.add_document(
            about=[person], content=[answer.content], name=of.name, what=paper.title, by=user
        )
    return answer


def _left_out(paper: Letter, reader: Reader | None, answers: Mapping[str, Any]) -> list[str]:
    """The names of the parts that this copy does not hold, as whoever prints it decided."""
    let_in = {name for name, _ in paper.let_in} if reader else set()
    stays_out = let_in - {*answers.get("let_in", [])}
    may_go = {name for name, _ in paper.leave_out}
    return sorted(stays_out | (may_go & {*answers.get("leave_out", [])}))


def _set(
    request: HttpRequest,
    person: Person,
    paper: Letter,
    reader: Reader | None,
    out: Sequence[str],
    *,
    held_back: Sequence[str] = (),
    is_preview: bool = False,
) -> str:
    """The paper as a page; without hidden places for the family, and without `held_back` for anybody."""
    context = {
        **paper.context,
        "title": paper.title,
        "reader": reader,
        "out": set(out) | set(paper.context.get("out", ())),
        "withheld": len(out) + len(paper.held_out),
        "author": request.user,
        "is_preview": is_preview,
        "paper": "kith/letters/preview.html" if is_preview else "kith/paper.html",
    }
    html = without_words(render_to_string(paper.template, context, request), held_back)
    return without_places(html, hidden_places(person)) if reader or is_preview else html


def _went_out(user: User, ids: Sequence[int]) -> list[dict[str, Any]]:
    """The papers made about a child, the newest first; nobody is named whose name is kept from `user`."""
    made = acts_on(ids, ACT)[:ON_A_LIST]
    whom = {entry.about["for"] for entry in made if "for" in entry.about}
    names = show_names(user, whom, where="papers that went out") if whom else {}
    ways = dict(SafeContact.Way.choices)
    by = User.objects.in_bulk({entry.actor_id for entry in made if entry.actor_id})
    return [
        {
            "at": timezone.localtime(entry.at),
            "title": entry.about.get("title", "A paper"),
            "to": _to_whom(entry.about, names),
            "way": ways.get(entry.about.get("way", ""), ""),
            "why": entry.about.get("why", ""),
            "by": by.get(entry.actor_id or 0),
        }
        for entry in made
    ]


def _to_whom(about: Mapping[str, Any], names: Mapping[int, Any]) -> str:
    if "for" not in about:
        return str(about.get("to") or "for the record")
    return names[about["for"]].name if about["for"] in names else "somebody of the family"
