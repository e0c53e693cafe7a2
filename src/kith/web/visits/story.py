"""What a child's page says of visits: when the child was last seen, and what the child says."""

from typing import Any

from kith.record.chronology.policies import life_told
from kith.record.visits import permissions
from kith.web.sections import Section
from kith.web.visits.says import called_in, said_by
from kith.web.visits.showing import last_seen

SHOWN = 6  # the newest stands open, the others behind "Earlier words"


def _last_seen(page: Any) -> dict[str, Any] | None:
    return {
        **last_seen(page.ids, is_unborn=life_told(page.person).is_unborn),
        "person": page.person,
        "may_write": permissions.can_write(page.user, [page.person]),
    }


def _says(page: Any) -> dict[str, Any] | None:
    """What the child said, the newest first, each with what was decided because of it."""
    said = said_by(page.person, page.ids, page.user)
    if not said:
        return None
    called = called_in(page.person, page.ids)
    return {
        "person": page.person,
        "called": called,
        "newest": said[0],
        "earlier": said[1:SHOWN],
        "count": len(said),
    }


SECTIONS = [
    Section("kith/visits/last_seen.html", _last_seen, rank=20),
    Section("kith/visits/says.html", _says, rank=28),
]
