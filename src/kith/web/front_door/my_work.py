"""What the front door adds to My work: messages that wait for a decision."""

from typing import Any

from kith.record.people.permissions import can
from kith.web.front_door.tray import waiting_for
from kith.web.my_work import Work
from kith.web.sections import Section

SHOWN = 8


def _to_decide(work: Work) -> dict[str, Any] | None:
    """Messages that wait, for whoever decides about them; danger first."""
    if not can("decide_contacts", work.user):
        return None
    waiting = waiting_for(work.user)
    return {"waiting": waiting[:SHOWN], "in_all": len(waiting), "may_decide": True} if waiting else None


SECTIONS = (Section("kith/front_door/to_decide.html", _to_decide, 3),)
