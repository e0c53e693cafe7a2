"""What a child said, wherever it was written down: at a visit, on the telephone, at a conference, when asked.

Each is one child's own, and stands on no other's file. Whether the family may read it is said beside it;
where nobody was asked, nobody said that they may.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from kith.record.assessment.models import ChildsPart, FamilyAssessment, Stage
from kith.record.assessment.queries import assessments_of
from kith.record.facts import Fact
from kith.record.frontdoor.queries import decided_for
from kith.record.help.models import ChildsView
from kith.record.people.models import MayFamilyRead
from kith.record.protection.models import Conference
from kith.record.protection.queries import meetings_of
from kith.record.versions import current_facts, current_matters
from kith.record.visits.queries import notes_of, visits_of


@dataclass(frozen=True)
class Said:
    """Words of a child: when, where they were said, and the fact of the child's own in which they stand.

    `matter_thread` is the visit, note, conference or assessment that the fact is a part of.
    """

    on: date
    words: str
    where: str
    table: str
    thread: int
    matter_thread: int
    may_family_read: str = ""

    @property
    def is_for_family(self) -> bool:
        """Whether somebody said that the family may read these words."""
        return self.may_family_read == MayFamilyRead.YES


def own_words_of(person_ids: Iterable[int]) -> list[Said]:
    """What the child of these records said, the newest first."""
    ids = [*person_ids]
    found = [*_in_visits(ids), *_in_help(ids), *_in_conferences(ids), *_in_assessments(ids), *_at_first(ids)]
    return sorted(found, key=lambda said: (said.on, said.thread), reverse=True)


def _said(fact: Fact, on: date, words: str, where: str, matter: int, may_family_read: str = "") -> Said:
    return Said(on, words.strip(), where, fact._meta.label_lower, fact.thread, matter, may_family_read)


def _in_visits(ids: list[int]) -> Iterator[Said]:
    for seen in visits_of(ids):
        if seen.own_words:
            yield _said(
                seen, seen.visited_on, seen.own_words, "at a visit", seen.matter_thread, seen.may_family_read
            )
    for note in notes_of(ids):
        if note.own_words:
            yield _said(
                note, note.noted_on, note.own_words, "written in a note", note.matter_thread,
                note.may_family_read,
            )  # fmt: skip


def _in_help(ids: list[int]) -> Iterator[Said]:
    for view in current_facts(ChildsView, ids):
        if view.own_words:
            yield _said(
                view, view.on, view.own_words, "when family help asked", view.matter_thread,
                view.may_family_read,
            )  # fmt: skip


def _in_conferences(ids: list[int]) -> Iterator[Said]:
    for part, conference in meetings_of(ids):
        if part.child_said and part.held_on and conference.state == Conference.State.HELD:
            yield _said(part, part.held_on, part.child_said, "for a conference", part.matter_thread)


def _in_assessments(ids: list[int]) -> Iterator[Said]:
    """What an assessment says in the child's words, once a manager authorised it."""
    on = {one.thread: one.authorised_on for one in assessments_of(ids) if one.authorised_on}
    parts = [part for part in current_facts(ChildsPart, ids) if part.words.get("says", "").strip()]
    families = current_matters(FamilyAssessment, {part.matter_thread for part in parts}) if parts else {}
    for part in parts:
        family, day = families.get(part.matter_thread), on.get(part.assessment_thread)
        if family and day and family.stage == Stage.AUTHORISED:
            yield _said(part, day, part.words["says"], "in an assessment", part.matter_thread)


def _at_first(ids: list[int]) -> Iterator[Said]:
    for one in decided_for(ids):
        if one.child_said:
            yield _said(one, one.decided_on, one.child_said, "when we were first told", one.matter_thread)
