"""Where what is still owed is done: a page of the act, or the child's own."""

from django.urls import NoReverseMatch, reverse

from kith.record.owed.queries import OwedLine
from kith.web.front_door.owed import pages

PAGES = {  # what is owed -> the name of the page of a child
    "strategy_discussion": "strategy_discussion",
    "single_or_joint": "strategy_discussion",
    "whole_discussion": "strategy_discussion",
}


def url_of(line: OwedLine, child_id: int | None) -> str:
    """The page where it is done; the child's page where it has none of its own, "" where there is neither."""
    if of_area := pages().get(line.owed.what):
        return of_area(line.owed, line.person_ids)
    name = PAGES.get(line.owed.what, "story")
    return _reversed(name, child_id) or _reversed("story", child_id)


def _reversed(name: str, gap: int | None) -> str:
    try:
        return reverse(name, args=[gap]) if gap is not None else ""
    except NoReverseMatch:
        return ""
