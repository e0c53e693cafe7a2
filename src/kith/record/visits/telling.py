"""What a visit and a note add to a child's story: that it was, and never a word of what was said.

The body is shared by brothers and sisters and may name them, and a private line is the child's alone, so
that neither stands in a line that is shown in lists and printed.
"""

from typing import Any

from kith.record.chronology.telling import Told
from kith.record.visits.models import How, HowSeen, NoteKind

_MET = {How.IN_PERSON: "Visited", How.VIDEO: "Met by video", How.PHONE: "Spoken with by phone"}
_NOTED = {
    NoteKind.NOTE: "Note written",
    NoteKind.CALL: "Phone call",
    NoteKind.MEETING: "Meeting",
    NoteKind.CHILDS_WORDS: "The child’s own words were written down",
    NoteKind.MANAGERS_DECISION: "A manager decided something",
}


def seen(fact: Any) -> list[Told]:
    """The line of a visit to one child."""
    if fact.how == How.NOBODY_IN:
        return [Told(fact.visited_on, "visit_tried", "Tried to visit: nobody was in")]
    how_seen = fact.how_seen
    is_unseen = how_seen is HowSeen.NOT_SEEN and fact.how != How.PHONE
    met = _MET.get(How(fact.how), "Visited")
    words = "" if how_seen is None or fact.how == How.PHONE else f": {_words(how_seen)}"
    return [Told(fact.visited_on, "visit_unseen" if is_unseen else "visit", met + words)]


def note_about(fact: Any) -> list[Told]:
    """The line of a note about one child."""
    kind = NoteKind(fact.kind)
    told_as = kind.value if kind in (NoteKind.CHILDS_WORDS, NoteKind.MANAGERS_DECISION) else "note"
    return [Told(fact.noted_on, told_as, _NOTED[kind])]


def _words(how_seen: HowSeen) -> str:
    if how_seen is HowSeen.MOTHER_SEEN:
        return "not yet born, mother seen"
    return str(how_seen.label).lower()
