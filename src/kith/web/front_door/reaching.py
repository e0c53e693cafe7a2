"""How it is safe to be in touch with those a message is about, wherever somebody could ring or write."""

from collections.abc import Iterable

from kith.record.access.looking import names_to_show
from kith.record.access.permissions import Level
from kith.record.frontdoor.models import Message
from kith.record.help.queries import request_of
from kith.record.people.family import PARENTS, ties_of
from kith.record.people.models import Person, User
from kith.record.people.queries import kept_ids, shown
from kith.web.story.reaching import ToReach, ways_of


def reach_for(user: User, person_ids: Iterable[int]) -> list[ToReach]:
    """What is said of reaching these children and their parents, whose records the reader may open."""
    ids = list(person_ids)
    parents = [tie.person_id for pk in ids for tie in ties_of(Person(pk=pk)) if tie.kind in PARENTS]
    wanted = list(dict.fromkeys(kept_ids([*ids, *parents]).values()))
    seen = names_to_show(user, wanted, where="how to be in touch") if wanted else {}
    may_open = [pk for pk in wanted if pk in seen and seen[pk].level is Level.RECORD]
    return ways_of(may_open, shown(may_open)) if may_open else []


def asked_for_help(message: Message) -> bool:
    """Whether a family asked for help for itself, and the front door was told of it."""
    request = request_of(message.help_request_thread)
    is_told = request is not None and request.told_thread == message.thread
    return is_told and request is not None and request.does_family_know is None
