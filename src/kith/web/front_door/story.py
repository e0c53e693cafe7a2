"""What the front door adds to a child's page: what waits, what is still owed, and what we were told."""

from typing import Any

from django.utils import timezone

from kith.record.frontdoor.queries import messages_about
from kith.record.owed.queries import OwedLine, owed_for
from kith.record.people.permissions import can
from kith.web.front_door.owed import pages
from kith.web.front_door.told import told_about
from kith.web.sections import Section

OWED_SHOWN = 3  # lines that stand open before what a night worker looks for; the others are folded away
SHOWN = 5  # messages that stand open; the earlier ones are folded away


def _still_owed(page: Any) -> dict[str, Any] | None:
    """Messages about this child that wait for a decision, and what is owed about the child."""
    owed = owed_for(page.ids, timezone.now())
    waiting = [one for one in messages_about(page.ids) if one.is_waiting]
    if not owed and not waiting:
        return None
    lines = [(line, _url(page, line)) for line in owed]
    return {
        "owed": lines[:OWED_SHOWN],
        "more_owed": lines[OWED_SHOWN:],
        "waiting": waiting,
        "may_read": can("receive_referrals", page.user),
    }


def _url(page: Any, line: OwedLine) -> str:
    """Where this is done for this child, for whoever owes it; "" for anybody else."""
    page_of = pages().get(line.owed.what) if line.owed.owed_by_id == page.user.pk else None
    return page_of(line.owed, [page.person.pk]) if page_of else ""


def _told(page: Any) -> dict[str, Any] | None:
    """What was told of this child and what partners answered, each a way to where it stands whole."""
    told = told_about(page.user, page.ids, page.seen)
    return {"told": told[:SHOWN], "earlier": told[SHOWN:]} if told else None


SECTIONS = [
    Section("kith/front_door/still_owed.html", _still_owed, rank=25),
    Section("kith/front_door/told_on_story.html", _told, rank=32),
]
