"""Writing a note, a call, a meeting or a manager's decision about one child or several."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from kith.record.chronology.entering import carry_on, carry_on_matter, enter_matter
from kith.record.chronology.policies import check_children, lives_of
from kith.record.facts import Ending
from kith.record.people.models import Person, User
from kith.record.said import NotSaid
from kith.record.versions import parts_of
from kith.record.visits import permissions, policies
from kith.record.visits.models import Note, NoteAbout, NoteKind
from kith.standards.working_days import legal_day


@dataclass(frozen=True)
class About:
    """What a note is to one child, as a worker says it."""

    child: Person
    own_words: str = ""
    may_family_read: str = ""
    private_line: str = ""
    is_private_line_from_third_party: bool = False


@transaction.atomic
def write_note(
    *,
    about: Sequence[About],
    at: datetime,
    kind: str,
    by: User,
    words: str = "",
    because: str = "",
    with_whom: str = "",
    is_from_third_party: bool = False,
    what_next: str = "",
    next_by: date | None = None,
) -> Note:
    """Write down one note about these children: it, each child's part, and a line in each child's story.

    A manager's decision says why; a child's own words are that child's alone, and the note then needs no
    others. Raises NotAllowed, NoChildren, WrongDate and NotSaid.
    """
    children = [one.child for one in about]
    _check_may_write(by, kind, children)
    check_children(children)
    policies.check_moment(at, lives_of(children).values())
    _check_told(kind, words, because, about)
    note = Note(
        at=at,
        kind=kind,
        words=words.strip(),
        because=because.strip(),
        with_whom=with_whom.strip(),
        is_from_third_party=is_from_third_party,
        what_next=what_next.strip(),
        next_by=next_by,
    )
    parts = [NoteAbout(person=one.child, noted_on=legal_day(at), kind=kind, **_said_of(one)) for one in about]
    return enter_matter(note, parts, by=by, act="write_note", about={"children": len(parts)})


@transaction.atomic
def correct_note(*, note: Note, because: str, by: User, expected: int | None = None, **changes: Any) -> Note:
    """Put right what a note says of all its children; the old words stay readable, as corrected.

    Raises NotAllowed, NotSaid, WrongDate and VersionClash.
    """
    parts = parts_of(NoteAbout, [note.thread], "person")[note.thread]
    children = [part.person for part in parts]
    permissions.check_can_put_right(by, note, children)
    policies.check_reason(because)
    if "at" in changes:
        policies.check_moment(changes["at"], lives_of(children).values())
    after = {"words": note.words, "because": note.because, **changes}
    _check_told(note.kind, after["words"], after["because"], [About(p.person, p.own_words) for p in parts])
    new = carry_on_matter(
        note,
        by=by,
        act="correct_note",
        persons=[child.pk for child in children],
        ended_as=Ending.CORRECTED,
        because=because.strip(),
        expected=expected,
        **changes,
    )
    if "at" in changes:
        for part in parts:
            _correct(part, because, by, noted_on=legal_day(new.at))
    return new


@transaction.atomic
def correct_note_about(
    *, part: NoteAbout, said: About, because: str, by: User, expected: int | None = None
) -> NoteAbout:
    """Put right what a note is to one child. Raises NotAllowed, NotSaid and VersionClash."""
    note = Note.current.get(thread=part.matter_thread)
    permissions.check_can_put_right(by, note, [part.person])
    policies.check_reason(because)
    return _correct(part, because, by, expected=expected, **_said_of(said))


def _correct(part: NoteAbout, because: str, by: User, **changes: Any) -> NoteAbout:
    return carry_on(
        part, by=by, act="correct_note", ended_as=Ending.CORRECTED, because=because.strip(), **changes
    )


def _check_may_write(by: User, kind: str, children: Sequence[Person]) -> None:
    if kind == NoteKind.MANAGERS_DECISION:
        permissions.check_can_decide(by, children)
    else:
        permissions.check_can_write(by, children)


def _check_told(kind: str, words: str, because: str, about: Sequence[About]) -> None:
    if kind not in NoteKind.values:
        raise NotSaid("Nobody said what the note is of.", "Choose what it is.")
    if kind == NoteKind.CHILDS_WORDS:
        for one in about:
            policies.check_words(one.own_words, "What the child said")
        return
    policies.check_words(words, "The note")
    if kind == NoteKind.MANAGERS_DECISION:
        policies.check_words(because, "The reason of the decision")


def _said_of(about: About) -> dict[str, Any]:
    return {
        "own_words": about.own_words.strip(),
        "may_family_read": about.may_family_read,
        "private_line": about.private_line.strip(),
        "is_private_line_from_third_party": about.is_private_line_from_third_party,
    }
