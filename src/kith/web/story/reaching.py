"""How it is safe to be in touch with a child and their family, as it stands on the child's page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone

from kith.record.access.permissions import Level
from kith.record.help.models import HelpRequest
from kith.record.help.queries import requests_by_name, requests_of_help
from kith.record.people.models import Person
from kith.record.people.queries import Shown, merged_under
from kith.record.people.safe_contact import in_words, safe_contacts_of
from kith.standards.dates import long_date
from kith.web.story.family import Relatives


@dataclass(frozen=True)
class ToReach:
    """What is said of reaching one person, what is never to be used first."""

    name: str
    said: tuple[tuple[bool, str], ...]  # (is it safe, in words)


def ways_to_reach(person: Person, relatives: Relatives, people: Mapping[int, Shown]) -> list[ToReach]:
    """What is said of the child and of those relatives whose record the reader may open; the child first.

    What was said asking for help for this child, or for the children of this parent, stands with it.
    """
    ties = [tie for tie in relatives.ties if relatives.seen[tie.person_id].level is Level.RECORD]
    children = [tie.person_id for tie in ties if tie.kind == "own_child"]
    known = ways_of([person.pk, *(tie.person_id for tie in ties)], people)
    return with_words_of_requests(known, [person.pk, *children])


def ways_of(openable: Iterable[int], people: Mapping[int, Shown]) -> list[ToReach]:
    """What is said of reaching these people, whose records the reader may open, in their order."""
    under = merged_under(openable)
    root = {pk: kept for kept, ids in under.items() for pk in ids}
    said: dict[int, list[tuple[bool, str]]] = {kept: [] for kept in under}
    for contact in safe_contacts_of(root):
        said[root[contact.person_id]].append((contact.is_safe, in_words(contact)))
    return [ToReach(people[pk].name, tuple(found)) for pk, found in said.items() if found]


def with_words_of_requests(
    known: list[ToReach], child_ids: Iterable[int], *, names: Iterable[str] = ()
) -> list[ToReach]:
    """What is known, and what was said of reaching them in requests for help, the newest first.

    Of the help of these children, and of who has one of these whole `names`. Who asked is left out once
    ways to reach somebody of that name are on record: those are kept up, what was told is not.
    """
    under = [pk for records in merged_under(child_ids).values() for pk in records]
    helped = requests_of_help(under)
    sure = {request.thread for request in helped}
    said = {each.name.casefold() for each in known}
    asked = {one.thread: one for one in [*helped, *requests_by_name(names)]}
    return [
        *known,
        *(
            ToReach(one.name or "Who asked for help", ((True, _as_told(one, thread in sure)),))
            for thread, one in asked.items()
            if one.how_and_when_safe.strip() and one.name.strip().casefold() not in said
        ),
    ]


def told_of(name: str, child_ids: Iterable[int]) -> list[str]:
    """What somebody of this name said of reaching them, asking for help for one of these children."""
    told = with_words_of_requests([], child_ids)
    return [words for one in told if one.name.casefold() == name.casefold() for _, words in one.said]


def _as_told(request: HelpRequest, is_sure: bool) -> str:
    day = long_date(timezone.localdate(request.asked_at))
    doubt = "" if is_sure else " Nobody has confirmed that it is the same person."
    return f"{request.how_and_when_safe.strip()} (told us asking for help on {day}.{doubt})"
