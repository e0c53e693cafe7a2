"""A message and what came of it as one reader may read it (docs/decisions/0030-shared-words.md).

Its words are about all its children at once: who may open some of them reads them with the names of the
others held back. Nothing here is saved: each is a copy for a page.
"""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from typing import Any, TypeVar

from kith.record.access.looking import Together
from kith.record.access.permissions import accesses
from kith.record.frontdoor.models import Message, Reply, Section17Help
from kith.record.frontdoor.queries import concerned_by
from kith.record.people.models import User
from kith.record.people.queries import kept_ids
from kith.record.sharing.models import Ask
from kith.record.sharing.queries import in_words
from kith.record.visits.reading import without
from kith.web.front_door.told import held_back

OF_MESSAGE = (
    "what_was_said", "about_when", "what_they_want", "home", "others_at_home", "interpreter",
    "teller_role", "withdrawn_because",
)  # fmt: skip
OF_ASK = ("known_since", "worries_and_strengths", "danger_and_doing")
Read = TypeVar("Read")


@dataclass(frozen=True)
class Reading:
    """The words that a reader may not meet in what is said of a message; none where they may open all."""

    names: frozenset[str]

    @property
    def is_of_others_too(self) -> bool:
        return bool(self.names)

    def words(self, text: str) -> str:
        return without(text, self.names)

    def message(self, message: Message) -> Message:
        return self.copy(message, *OF_MESSAGE)

    def asks(self, asks: Iterable[Ask]) -> list[tuple[Ask, str]]:
        """The questions to partners with their answers, each with its line."""
        return [(self._ask(ask), self.words(in_words(ask))) for ask in asks]

    def _ask(self, ask: Ask) -> Ask:
        read = self.copy(ask, *OF_ASK)
        read.shown = [{key: self.words(value) for key, value in one.items()} for one in ask.shown]
        return read

    def replies(self, replies: Iterable[Reply]) -> list[Reply]:
        return [self.copy(reply, "words") for reply in replies]

    def given(self, given: Iterable[tuple[Section17Help, str]]) -> list[tuple[Section17Help, str]]:
        return [(self.copy(one, "in_words"), kind) for one, kind in given]

    def copy(self, of: Read, *fields: str) -> Read:
        """A copy for a page, with these fields as they may be read."""
        shown: Any = copy(of)
        for name in fields:
            setattr(shown, name, self.words(getattr(of, name)))
        read: Read = shown
        return read


def reading_of(user: User, message: Message, together: Together) -> Reading:
    """How `user` reads a message, of whose children they may open those of `together`."""
    rows = concerned_by([message.thread])[message.thread]
    kept = kept_ids({row.person_id for row in rows if row.person_id})
    others = {pk: top for pk, top in kept.items() if top not in together}
    seen = accesses(user, set(others.values())) if others else {}
    mine = [pk for pk, top in kept.items() if top in together]
    return Reading(held_back(mine, rows, {pk: seen[top] for pk, top in others.items()}))
