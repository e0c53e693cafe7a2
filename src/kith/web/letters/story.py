"""On a child's page: the way to the papers about the child, and to what went out before."""

from typing import Any

from kith.web.sections import Section


def _papers(page: Any) -> dict[str, Any] | None:
    return {"person": page.person}


SECTIONS = [Section("kith/letters/on_story.html", _papers, rank=81)]
