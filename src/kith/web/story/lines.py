"""The lines of a child's story as they are read: each told beside the facts around it."""

from collections.abc import Sequence

from kith.record.care.queries import Change, placement_changes
from kith.record.chronology import queries as chronology
from kith.record.chronology import retelling
from kith.record.chronology.models import Line
from kith.record.people.models import Person
from kith.record.people.queries import same_person_ids, worker_names

NO_MOVE = {
    Change.SAME_HOME: retelling.KEPT,
    Change.SAME_CARERS: retelling.MOVED_TOGETHER,
    Change.SHORT_STAY: retelling.SHORT_STAY,
    Change.BACK: retelling.BACK,
}


def lines_of(person: Person, *, struck: bool = False) -> list[Line]:
    """A person's lines, oldest first, the struck ones only when asked; a placement that was no move is
    not told as one, and a worker is told by name where it is known."""
    ids = same_person_ids(person)
    return retelling.retell(
        chronology.lines_for(person, struck=struck),
        placed={
            thread: NO_MOVE[change] for thread, change in placement_changes(ids).items() if change in NO_MOVE
        },
        workers=worker_names(ids),
    )


def narrowed(lines: Sequence[Line], *, kind: str = "", words: str = "") -> list[Line]:
    """The lines of one kind, where one is given, whose text holds these words, whatever their case."""
    said = words.casefold()
    return [
        line
        for line in lines
        if (not kind or line.kind == kind) and (not said or said in line.text.casefold())
    ]
