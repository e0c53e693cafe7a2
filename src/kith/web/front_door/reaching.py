"""How it is safe to be in touch with those a message is about, wherever somebody could ring or write."""

from collections.abc import Iterable

from django.utils import timezone

from kith.record.access.looking import names_to_show
from kith.record.access.permissions import Level
from kith.record.frontdoor.models import Message
from kith.record.help.models import HelpRequest
from kith.record.help.queries import request_of, requests_by_name, requests_of_help
from kith.record.people.family import ties_of
from kith.record.people.models import Person, User
from kith.record.people.permissions import can
from kith.record.people.queries import kept_ids, merged_under, shown
from kith.standards.dates import long_date
from kith.web.story.reaching import ToReach, ways_of


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
    return [*ways_of(may_open, people), *_said_asking_for_help(user, mine, adults)]


def _said_asking_for_help(user: User, child_ids: Iterable[int], names: Iterable[str]) -> list[ToReach]:
    """What was said of reaching them in requests for help, the newest first."""
    under = [pk for records in merged_under(child_ids).values() for pk in records]
    helped = requests_of_help(under)
    by_name = requests_by_name(names) if can("answer_help_requests", user) else []
    sure = {request.thread for request in helped}
    found = {request.thread: request for request in [*helped, *by_name] if request.how_and_when_safe.strip()}
    return [
        ToReach(request.name or "Who asked for help", ((True, _as_told(request, thread in sure)),))
        for thread, request in found.items()
    ]


def _as_told(request: HelpRequest, is_sure: bool) -> str:
    day = long_date(timezone.localdate(request.asked_at))
    doubt = "" if is_sure else " Nobody has confirmed that it is the same person."
    return f"{request.how_and_when_safe.strip()} (told us asking for help on {day}.{doubt})"


def asked_for_help(message: Message) -> bool:
    """Whether a family asked for help for itself, and the front door was told of it."""
    request = request_of(message.help_request_thread)
    is_told = request is not None and request.told_thread == message.thread
    return is_told and request is not None and request.does_family_know is None
