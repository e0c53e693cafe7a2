"""What a strategy discussion settled about a child's night, and the enquiry it was held in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kith.record.people.models import Person
from kith.record.protection.models import HarmSuspectedOf, Section47Enquiry, StrategyDiscussionOf
from kith.record.protection.queries import discussions_of, enquiries_open_on
from kith.record.versions import current_facts
from kith.standards.working_days import legal_day
from kith.web.story.sentence import Enquired


@dataclass(frozen=True)
class Settled:
    """Where a child sleeps and whether they are safe there, as the latest discussion settled it.

    `is_newest` while nothing the record says of their home or placement began after that day.
    """

    part: StrategyDiscussionOf
    held_at: datetime
    said_by: str

    def is_newest(self, since: date | None) -> bool:
        return since is None or since <= legal_day(self.held_at)


@dataclass(frozen=True)
class Night:
    """The enquiry that goes on about a child, and what was settled about the night; None where none is."""

    enquired: Enquired | None = None
    settled: Settled | None = None


def night_of(ids: Sequence[int], on: date) -> Night:
    """The night of the child whose records are `ids`.

    What was settled holds while the enquiry goes on; without one, until the day after it was said.
    """
    open_on = enquiries_open_on([Person(pk=pk) for pk in ids], on)
    enquiry = min(open_on.values(), key=lambda one: one.started_on, default=None)
    since = enquiry.started_on if enquiry else on - timedelta(days=1)
    settled = _settled(ids, since)
    return Night(_enquired(enquiry, settled, ids) if enquiry else None, settled)


def _settled(ids: Sequence[int], since: date) -> Settled | None:
    said = [
        (part, held)
        for part, held in discussions_of(ids)
        if legal_day(held.held_at) >= since and (part.sleeps_where or part.is_safe_tonight is not None)
    ]
    if not said:
        return None
    part, held = said[-1]
    by = held.led_by or held.recorded_by
    return Settled(part, held.held_at, by.name if by else "")


def _enquired(enquiry: Section47Enquiry, settled: Settled | None, ids: Sequence[int]) -> Enquired:
    """The enquiry; in danger where that was said of the newest harm, unless a later discussion says safe."""
    harms = [one for one in current_facts(HarmSuspectedOf, ids) if one.enquiry_thread == enquiry.thread]
    newest = max(harms, key=lambda one: one.suspected_at, default=None)
    is_danger = bool(newest and newest.is_danger_now)
    safe = settled.part.is_safe_tonight if settled else None
    if settled and safe is not None and (newest is None or settled.held_at >= newest.suspected_at):
        is_danger = not safe
    return Enquired(enquiry.started_on, is_danger)
