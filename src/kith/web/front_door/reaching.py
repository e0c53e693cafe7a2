"""How it is safe to be in touch with those a message is about, wherever somebody could ring or write."""

from collections.abc import Iterable

from kith.record.access.looking import names_to_show
from kith.record.access.permissions import Level
from kith.record.frontdoor.models import Message
from kith.record.help.queries import request_of
from kith.record.people.family import ties_of
from kith.record.people.models import Person, User
from kith.record.people.permissions import can
from kith.record.people.queries import kept_ids, shown
from kith.web.story.reaching import ToReach, ways_of, with_words_of_requests


def reach_for(user: User, person_ids: Iterable[int]) -> list[ToReach]:
    """What is said of reaching these children and their relatives, whose records the reader may open.

    What a family said as it asked for help stands with it: of the help of one of these children, and of who
    has the whole name of one of these relatives, for who answers families.
    """
    ids = list(person_ids)
    relatives = [tie.person_id for pk in ids for tie in ties_of(Person(pk=pk))]
    wanted = list(dict.fromkeys(kept_ids([*ids, *relatives]).values()))
    seen = names_to_show(user, wanted, where="how to be in touch") if wanted else {}
    may_open = [pk for pk in wanted if pk in seen and seen[pk].level is Level.RECORD]
    if not may_open:
        return []
    people = shown(may_open)
    mine = [pk for pk in may_open if pk in set(kept_ids(ids).values())]
    adults = [people[pk].name for pk in may_open if pk not in mine and people[pk].has_name]
    names = adults if can("answer_help_requests", user) else []
    return with_words_of_requests(ways_of(may_open, people), mine, names=names)


def asked_for_help(message: Message) -> bool:
    """Whether a family asked for help for itself, and the front door was told of it."""
    request = request_of(message.help_request_thread)
    is_told = request is not None and request.told_thread == message.thread
    return is_told and request is not None and request.does_family_know is None
