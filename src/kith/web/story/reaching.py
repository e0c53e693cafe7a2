"""How it is safe to be in touch with a child and their family, as it stands on the child's page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kith.record.access.permissions import Level
from kith.record.people.models import Person
from kith.record.people.queries import Shown, merged_under
from kith.record.people.safe_contact import in_words, safe_contacts_of
from kith.web.story.family import Relatives


@dataclass(frozen=True)
class ToReach:
    """What is said of reaching one person, what is never to be used first."""

    name: str
    said: tuple[tuple[bool, str], ...]  # (is it safe, in words)


def ways_to_reach(person: Person, relatives: Relatives, people: Mapping[int, Shown]) -> list[ToReach]:
    """What is said of the child and of those relatives whose record the reader may open; the child first."""
    openable = [
        tie.person_id for tie in relatives.ties if relatives.seen[tie.person_id].level is Level.RECORD
    ]
    return ways_of([person.pk, *openable], people)


def ways_of(openable: Iterable[int], people: Mapping[int, Shown]) -> list[ToReach]:
    """What is said of reaching these people, whose records the reader may open, in their order."""
    under = merged_under(openable)
    root = {pk: kept for kept, ids in under.items() for pk in ids}
    said: dict[int, list[tuple[bool, str]]] = {kept: [] for kept in under}
    for contact in safe_contacts_of(root):
        said[root[contact.person_id]].append((contact.is_safe, in_words(contact)))
    return [ToReach(people[pk].name, tuple(found)) for pk, found in said.items() if found]
