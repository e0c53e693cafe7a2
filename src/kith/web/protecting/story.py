"""On a child's page: what is being done to keep the child safe, and the way to begin it."""

from typing import Any

from kith.record.chronology.policies import life_told
from kith.record.people.models import Person
from kith.record.people.permissions import can
from kith.record.protection.models import Conference
from kith.record.protection.queries import (
    emergency_steps_of,
    enquiries_open_on,
    meetings_of,
    plans_of,
    transfers_of,
)
from kith.web.protecting.agreeing import waiting_for
from kith.web.protecting.of_concern import OfConcern, of_concern
from kith.web.sections import Section


def _safe(page: Any) -> dict[str, Any] | None:
    """The enquiry, conference, plan and emergency power that are open; a way to start where one may."""
    may_enquire = can("enquire", page.user) and not life_told(page.person).is_over
    planned = [one for _, one in meetings_of(page.ids) if one.state == Conference.State.PLANNED]
    part = {
        "person": page.person,
        "may_enquire": may_enquire,
        "enquiries": list(enquiries_open_on([Person(pk=pk) for pk in page.ids], page.today).values()),
        "planned": planned,
        "plans": plans_of(page.ids, page.today),
        "findings": waiting_for(page.user, page.person, page.ids),
        "powers": [one for one in emergency_steps_of(page.ids) if one.ended_at is None],
        "moving_in": [one for one in transfers_of(page.ids) if one.ended_on is None],
    }
    is_open = any(part[name] for name in ("enquiries", "findings", "planned", "plans", "powers", "moving_in"))
    return part if is_open or may_enquire else None


def _of_concern(page: Any) -> OfConcern | None:
    """Which adult a visitor is warned of."""
    return of_concern(page.user, page.person, page.ids, page.today)


SECTIONS = [
    Section("kith/protecting/of_concern.html", _of_concern, 5),
    Section("kith/protecting/on_story.html", _safe, 12),
]
