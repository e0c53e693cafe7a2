"""Where the children of a message sleep tonight, and whether they are safe, as a discussion settled it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kith.record.access.permissions import Level, accesses
from kith.record.frontdoor.models import Message
from kith.record.people.models import User
from kith.record.people.queries import Shown, merged_under
from kith.record.protection.models import StrategyDiscussionOf
from kith.record.protection.queries import discussions_of
from kith.standards.working_days import legal_day


@dataclass(frozen=True)
class Tonight:
    """What the latest strategy discussion since a message settled about one child's night."""

    name: str
    held_at: datetime
    part: StrategyDiscussionOf


def tonight_of(user: User, message: Message, people: Mapping[int, Shown]) -> list[Tonight]:
    """The night of each of these kept people whose record `user` may open; nothing where nobody settled it.

    A discussion held before the day of the message is not told: where they slept then is not where they
    sleep now.
    """
    told_on = legal_day(message.received_at)
    seen = accesses(user, people) if people else {}
    under = merged_under(pk for pk in people if seen[pk].level >= Level.RECORD)
    root = {pk: kept for kept, records in under.items() for pk in records}
    latest = {
        root[part.person_id]: part
        for part, _ in (discussions_of(root) if root else [])
        if legal_day(part.held_at) >= told_on and (part.sleeps_where or part.is_safe_tonight is not None)
    }
    return [Tonight(people[pk].name, part.held_at, part) for pk, part in latest.items()]
