"""A visit or a note on paper: for one child, naming nobody else; for the family, nothing kept from them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kith.record.people.models import MayFamilyRead, Person, User
from kith.record.people.queries import shown as people_shown
from kith.record.visits import queries
from kith.record.visits.models import Note, NoteKind, Seen, Visit
from kith.record.visits.reading import for_one
from kith.record.visits.telling import note_about, seen
from kith.standards.dates import long_date
from kith.standards.working_days import legal_day
from kith.web.letters.kinds import Letter, LetterKind, Offered, Reader
from kith.web.visits.file import OnFile, on_file, shown


def _visit(user: User, person: Person, thread: int, reader: Reader | None) -> Letter:
    found = on_file(user, person, Visit, thread)
    return _paper(user, person, found, reader, "Visit", "kith/visits/paper.html")


def _note(user: User, person: Person, thread: int, reader: Reader | None) -> Letter:
    found = on_file(user, person, Note, thread)
    assert isinstance(found.matter, Note)
    title = NoteKind(found.matter.kind).label
    return _paper(user, person, found, reader, title, "kith/visits/note_paper.html")


def _paper(
    user: User, person: Person, found: OnFile, reader: Reader | None, title: str, template: str
) -> Letter:
    read = found.read if found.read.is_hidden else for_one(found.parts, found.part.person_id)
    context = shown(user, person, replace(found, read=read))
    kept_out = _kept_out(found) if reader else {}
    if "happened" in kept_out:
        context |= {"body": "", "next": "", "because": "", "with_whom": ""}
    return Letter(
        title=f"{title} on {long_date(legal_day(found.matter.at))}",
        template=template,
        context={**context, "child": people_shown([person.pk])[person.pk], "out": set(kept_out)},
        held_out=[*kept_out.values(), *_of_every_copy(found)],
        look_for=["nicknames, misspelt names and words such as “the baby”"] if len(found.parts) > 1 else [],
    )


def _kept_out(found: OnFile) -> dict[str, str]:
    """What a copy for the family does not hold, and why."""
    part, matter = found.part, found.matter
    out: dict[str, str] = {}
    if part.own_words and part.may_family_read != MayFamilyRead.YES:
        out["own_words"] = "The child’s own words: nobody has said that the family may read them."
    if part.private_line:
        out["private_line"] = "What was written for the file alone."
    if matter.is_from_third_party:
        out["happened"] = "What happened and what comes next: some of it was told by somebody else."
    return out


def _of_every_copy(found: OnFile) -> list[str]:
    if found.read.is_hidden:
        return ["What happened: it is held back from you."]
    return ["The names and parts of the other children."] if len(found.parts) > 1 else []


def _visits(user: User, person: Person, ids: Sequence[int]) -> list[Offered]:
    written = [part for part in queries.visits_of(ids) if part.visited_at]
    return [_offered(part, seen(part)[0].text) for part in reversed(written)]


def _notes(user: User, person: Person, ids: Sequence[int]) -> list[Offered]:
    return [_offered(part, note_about(part)[0].text) for part in reversed(queries.notes_of(ids))]


def _offered(part: Any, words: str) -> Offered:
    on = part.visited_on if isinstance(part, Seen) else part.noted_on
    return Offered(part.matter_thread, words, on)


LETTERS = [
    LetterKind("visit", "Visits", _visit, _visits),
    LetterKind("note", "Notes, calls and meetings", _note, _notes),
]
