"""What a child's page says of documents: how many there are, and where."""

from typing import Any

from kith.record.documents import permissions
from kith.record.documents.queries import documents_of
from kith.web.sections import Section

SHOWN = 3


def _documents(page: Any) -> dict[str, Any] | None:
    held = documents_of(page.ids)
    may_keep = permissions.can_keep(page.user, [page.person])
    if not held and not may_keep:
        return None
    return {"person": page.person, "held": held[:SHOWN], "count": len(held), "may_keep": may_keep}


SECTIONS = [Section("kith/documents/on_story.html", _documents, rank=80)]
