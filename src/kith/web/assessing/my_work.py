"""On My work: the assessments that wait for this manager to read them."""

from typing import Any

from kith.record.assessment import queries
from kith.record.people import permissions
from kith.web.sections import Section


def _to_read(page: Any) -> dict[str, Any] | None:
    """Those asked for by somebody whom this manager manages, the first asked for at the top."""
    if not permissions.can("authorise_assessments", page.user):
        return None
    waiting = queries.waiting_for_manager(page.user)
    return {"waiting": waiting} if waiting else None


SECTIONS = [Section("kith/assessing/to_read.html", _to_read, 5)]
