"""The areas of Kith's pages, and what each brings to the pages they share.

An area is a package of `kith.web`. What it adds, it puts in a module of its own, found by its name, so that
no area edits another's file:

- `urls`: `urlpatterns`, its addresses
- `my_work`, `story`: `SECTIONS` (kith.web.sections) of My work and of a child's page
- `acts`: `PAGES` (kith.web.acts), the page of each step of the pathway that is taken there
- `source`: `CODE_LISTS`, {"room.model": {field: code list}} of its facts, for the page of a fact's source;
  and `PAGES`, {"room.model": address}, where its lines lead to a page of their own
- `owed_pages`: `PAGES`, {what is owed: the address where it is done} (kith.web.front_door.owed)
- `letters`: `LETTERS` (kith.web.letters.kinds), the papers that it can print
- `gallery`: `examples(today)`, what `kith/gallery/<area>.html` shows of its components
"""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

AREAS = (
    "task_pages",
    "drafts",
    "help",
    "centres",
    "front_door",
    "partners",
    "assessing",
    "protecting",
    "outside",
    "visits",
    "documents",
    "letters",
    "working",
    "people",
    "authority",
    "staff",
)


@cache
def brought(what: str) -> tuple[ModuleType, ...]:
    """The modules of that name, of the areas that have one, in the order of the areas."""
    return tuple(_found(what))


def _found(what: str) -> Iterator[ModuleType]:
    for area in AREAS:
        if find_spec(f"kith.web.{area}") and find_spec(f"kith.web.{area}.{what}"):
            yield import_module(f"kith.web.{area}.{what}")
