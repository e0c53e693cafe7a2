"""On a child's page: that they are missing, and how much outside the home they are linked to, unnamed."""

from typing import Any

from kith.record.care.queries import missing_on
from kith.record.chronology.policies import life_told
from kith.record.outside.queries import counted
from kith.record.people.permissions import can
from kith.web.outside.missing import asked_of_ids
from kith.web.sections import Section


def _missing(page: Any) -> dict[str, Any] | None:
    """Where to report a child, or to say that they came back; and the question that many times ask."""
    episode = next(iter(missing_on(page.ids, page.today).values()), None)
    asks = asked_of_ids(page.ids, page.today)
    life = life_told(page.person)
    may_report = can("record_visits", page.user) and not (life.is_unborn or life.is_over)
    if not (may_report or asks or episode):
        return None
    return {"person": page.person, "episode": episode, "asks": asks, "may_report": may_report}


def _outside(page: Any) -> dict[str, Any] | None:
    """How many places, groups and adults a young person is linked to: no names, and nobody else."""
    linked, may_open = counted(page.ids, page.today), can("work_on_harm_outside", page.user)
    if not (linked or may_open):
        return None
    return {"counted": linked, "may_open": may_open, "person": page.person}


SECTIONS = [
    Section("kith/outside/missing_on_story.html", _missing, 22),
    Section("kith/outside/on_story.html", _outside, 65),
]
