"""What is open at family centres near somebody this week, where any centre says so."""

from dataclasses import dataclass
from datetime import date

from kith.record.centres.queries import Held, is_near, sessions_this_week


@dataclass(frozen=True)
class AtCentre:
    """One centre and what it opens to everybody this week, the soonest first."""

    where: str
    sessions: tuple[Held, ...]


@dataclass(frozen=True)
class OpenThisWeek:
    """What is open, by centre; `is_near` where that is near what somebody said, and not just anywhere."""

    centres: tuple[AtCentre, ...]
    is_near: bool


def near_this_week(where: str, today: date) -> OpenThisWeek:
    """The open sessions of the next seven days near a district or the first half of a postcode; else all."""
    found: dict[str, list[Held]] = {}
    held = sessions_this_week(today, where)
    for one in held:
        found.setdefault(one.where, []).append(one)
    centres = tuple(AtCentre(place, tuple(sessions)) for place, sessions in found.items())
    return OpenThisWeek(centres, bool(where.strip()) and all(is_near(one.centre, where) for one in held))
