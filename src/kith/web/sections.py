"""The parts that areas add to the pages they share: My work, and a child's page."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Section:
    """One part of a page. `template` is given what `build` makes of the page as `part`.

    `build` gives None where this part is not for this person, or has nothing to say. The lower the `rank`,
    the higher it stands; the ranks of a page's own sections are in tens, so that others fit between.
    """

    template: str
    build: Callable[[Any], Any]
    rank: int


@dataclass(frozen=True)
class Shown:
    """A section as one person sees it on one page."""

    template: str
    part: Any


def shown_on(page: Any, sections: Iterable[Section]) -> list[Shown]:
    """The sections that this page has something for, in the order of their ranks."""
    built = ((each, each.build(page)) for each in sorted(sections, key=lambda section: section.rank))
    return [Shown(each.template, part) for each, part in built if part is not None]


def between(sections: Sequence[Section], low: int, high: int) -> list[Section]:
    """Those whose rank is at least `low` and below `high`."""
    return [each for each in sections if low <= each.rank < high]
