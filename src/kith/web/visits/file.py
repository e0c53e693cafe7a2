"""What one child's file shows of a visit or a note: their part, and the shared words as they may be read.

A brother's or sister's part never stands here, whoever reads: each stands on that child's own file.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.http import Http404
from django.utils import timezone

from kith.record.access.looking import show_names
from kith.record.people.models import Person, User
from kith.record.people.queries import same_person_ids
from kith.record.planning.models import PlanAction
from kith.record.versions import current_matters, history
from kith.record.visits import permissions, queries
from kith.record.visits.models import Note, NoteAbout, Seen, Visit
from kith.record.visits.reading import Reading, reading


@dataclass(frozen=True)
class OnFile:
    """A visit or a note as it stands on one child's file, for one reader."""

    matter: Visit | Note
    part: Seen | NoteAbout
    read: Reading
    parts: Sequence[Seen | NoteAbout]

    @property
    def reads_all(self) -> bool:
        """Whether every child it is about is this reader's to open."""
        return len(self.read.children) == len({part.person_id for part in self.parts})


def on_file(user: User, person: Person, kind: type[Visit] | type[Note], thread: int) -> OnFile:
    """A visit or a note on this person's file. Raises Http404 where it is not on it."""
    matter = queries.visit(thread) if kind is Visit else queries.note(thread)
    parts: list[Seen | NoteAbout] = [*queries.children_of(matter)] if matter else []
    mine = [part for part in parts if part.person_id in same_person_ids(person)]
    if matter is None or not mine:
        raise Http404("It is not on this file")
    return OnFile(matter, mine[0], reading(user, parts), parts)


def shown(user: User, person: Person, found: OnFile) -> dict[str, Any]:
    """What the page of a visit or a note says of it."""
    matter, read = found.matter, found.read
    return {
        "matter": matter,
        "part": found.part,
        "table": found.part._meta.label_lower,
        "is_visit": isinstance(matter, Visit),
        "body": read.words(matter.what_happened if isinstance(matter, Visit) else matter.words),
        "because": read.words(getattr(matter, "because", "")),
        "next": read.words(matter.what_next),
        "actions": _actions(matter, found.part.person_id, read),
        "moved": _moved(matter),
        "with_whom": read.words(getattr(matter, "with_whom", "")),
        "there": _there(user, matter, read),
        "names_held_back": bool(read.names) and not found.reads_all and not read.is_hidden,
        "is_hidden": read.is_hidden,
        "of_others_too": read.is_of_others_too or len(found.parts) > 1,
        "days_late": queries.days_late(matter),
        "earlier": _earlier(matter, read),
        "may_put_right": permissions.can_put_right(user, matter, [person]),
    }


def _actions(matter: Visit | Note, person_id: int, read: Reading) -> list[PlanAction]:
    """What a visit put into plans, for all or for this child; none where the shared words are hidden."""
    threads = matter.actions if isinstance(matter, Visit) and not read.is_hidden else []
    found = current_matters(PlanAction, threads) if threads else {}
    return [each for each in found.values() if each.only_for_id in (None, person_id)]


def _moved(matter: Visit | Note) -> dict[str, Any] | None:
    """Who first wrote what was moved here and when, and who moved it; nothing of where it stood."""
    if matter.first_written_at is None:
        return None
    first = history(matter)[-1]
    return {
        "by": matter.first_written_by,
        "at": timezone.localtime(matter.first_written_at),
        "moved_by": first.recorded_by,
        "moved_at": timezone.localtime(first.recorded_at),
    }


def _there(user: User, matter: Visit | Note, read: Reading) -> str:
    """Who else was there, as far as this reader may know."""
    if not isinstance(matter, Visit) or read.is_hidden:
        return ""
    if matter.was_nobody_else_there:
        return "Nobody else"
    names = show_names(user, matter.people_there, where="who was at a visit") if matter.people_there else {}
    told = [one.name for one in names.values()] + [matter.others_there]
    return read.words(", ".join(filter(None, told)))


def _earlier(matter: Visit | Note, read: Reading) -> list[dict[str, Any]]:
    """The versions that were corrected, the newest first: what they said, who changed it when, and why."""
    versions = history(matter)
    return [
        {
            "body": read.words(old.what_happened if isinstance(old, Visit) else old.words),
            "at": timezone.localtime(old.superseded_at) if old.superseded_at else None,
            "by": new.recorded_by,
            "because": read.words(old.ended_because),
        }
        for new, old in pairwise(versions)
    ]
