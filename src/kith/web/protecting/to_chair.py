"""The conferences somebody is to chair: when, about whom, and whether two of them are at the same time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from kith.record.access.looking import show_names
from kith.record.people.models import User
from kith.record.people.queries import Shown, kept_ids
from kith.record.protection.models import Conference, ConferenceOf
from kith.record.protection.queries import held_conferences_of_chair, planned_conferences_of_chair
from kith.record.versions import parts_of
from kith.standards.dates import age_on

USUAL_MINUTES = 90
KEPT = "a child who is kept from you"


@dataclass(frozen=True)
class ToChair:
    """A conference with its children in words, and the other one that its chair is booked for just then."""

    conference: Conference
    who: str
    clashes_with: str = ""


def to_chair(user: User, *, where: str) -> list[ToChair]:
    """What `user` is to chair, the next one first; each name shown is written down as seen in `where`.

    A child whose record is kept from the chair is not named. Raises AuditUnavailable.
    """
    planned = planned_conferences_of_chair(user)
    who = _about_whom(user, planned, where)
    return [ToChair(one, who[one.thread], _at_once(one, planned, who)) for one in planned]


def chaired(user: User, *, where: str) -> list[ToChair]:
    """What `user` held and may still read, the latest first; names as in `to_chair`."""
    held = held_conferences_of_chair(user, timezone.localdate())
    who = _about_whom(user, held, where)
    return [ToChair(one, who[one.thread]) for one in held]


def _about_whom(user: User, conferences: Sequence[Conference], where: str) -> dict[int, str]:
    """The children of each of these conferences in words, by its thread."""
    if not conferences:
        return {}
    about = parts_of(ConferenceOf, [one.thread for one in conferences])
    kept = kept_ids(part.person_id for parts in about.values() for part in parts)
    names, today = show_names(user, kept.values(), where=where), timezone.localdate()
    return {
        one.thread: _named((kept[part.person_id] for part in about[one.thread]), names, today)
        for one in conferences
    }


def _named(ids: Iterable[int], names: dict[int, Shown], on: date) -> str:
    ids = list(dict.fromkeys(ids))
    said = [_aged(names[pk], on) for pk in ids if pk in names]
    return ", ".join([*said, *([KEPT] if len(said) < len(ids) else [])])


def _aged(child: Shown, on: date) -> str:
    age = age_on(child.date_of_birth, on) if child.date_of_birth else None
    return child.name if age is None else f"{child.name} ({age})"


def _at_once(one: Conference, planned: Sequence[Conference], who: dict[int, str]) -> str:
    """About whom the other conferences are that overlap with this one; "" where none does."""
    others = [other for other in planned if other.thread != one.thread and overlap(one, other)]
    return "; ".join(who[other.thread] for other in others)


def overlap(one: Conference, other: Conference) -> bool:
    """Whether two conferences are planned for the same time, in part at least."""
    return one.planned_for < _ends(other) and other.planned_for < _ends(one)


def _ends(one: Conference) -> datetime:
    return one.planned_for + timedelta(minutes=one.minutes_long or USUAL_MINUTES)
