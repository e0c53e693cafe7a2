"""What a reader of a visit, a note or the like may see (docs/decisions/0030-shared-words.md).

A reader sees the rows of the children whose records they may open, and no other child's. The shared words
are theirs whole when they may open every child; else with the others' names held back; and not at all when
one of the others is kept from them, since what is said of a restricted child may tell where they are.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kith.record.access.permissions import Level, accesses
from kith.record.facts import Part
from kith.record.people.models import PersonDetails, PersonName, User
from kith.record.people.queries import kept_ids, merged_under
from kith.record.versions import current_facts

HELD_BACK = "(name held back)"


@dataclass(frozen=True)
class Reading:
    """What one reader may see: the ids of the children whose parts are theirs, and how the words are read.

    `names` are held back out of the shared words; with `is_hidden` none of these are shown.
    """

    children: frozenset[int]
    names: frozenset[str] = frozenset()
    is_hidden: bool = False
    is_of_others_too: bool = False

    def words(self, text: str) -> str:
        """The shared words as this reader may read them; "" where they are hidden."""
        return "" if self.is_hidden else without(text, self.names)


def reading(user: User, parts: Iterable[Part]) -> Reading:
    """What `user` may see of what has these parts; no child's part where they may open none of them."""
    people = {part.person_id for part in parts}
    kept = kept_ids(people)
    seen = accesses(user, set(kept.values()))
    mine = {pk for pk in people if seen[kept[pk]].level is Level.RECORD}
    others = people - mine
    is_hidden = not mine or any(seen[kept[pk]].is_restricted for pk in others)
    return Reading(frozenset(mine), names_of(others, but_not=mine), is_hidden, bool(others))


def for_one(parts: Iterable[Part], person_id: int) -> Reading:
    """What may stand on a copy for one child, whoever prints it: their part, the others' names held back."""
    others = {part.person_id for part in parts} - {person_id}
    names = names_of(others, but_not={person_id})
    return Reading(frozenset({person_id}), names, is_of_others_too=bool(others))


def names_of(person_ids: Iterable[int], *, but_not: Iterable[int]) -> frozenset[str]:
    """Every word that names one of these people, but for those that also name somebody of `but_not`."""
    return frozenset(_words_naming(person_ids) - _words_naming(but_not))


def without(text: str, names: Iterable[str]) -> str:
    """The text with each of these names held back, in whatever letters it is written."""
    listed = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.sub(rf"\b(?:{listed})\b", HELD_BACK, text, flags=re.IGNORECASE) if listed else text


def _words_naming(person_ids: Iterable[int]) -> set[str]:
    kept = {*kept_ids(person_ids).values()}
    ids = [pk for records in merged_under(kept).values() for pk in records]
    names = current_facts(PersonName, ids)
    called = [details.likes_to_be_called for details in current_facts(PersonDetails, ids)]
    told = [text for name in names for text in (name.given_names, name.family_name)] + called
    return {word for text in told for word in re.split(r"[\s\-’']+", text.lower()) if len(word) > 1}
