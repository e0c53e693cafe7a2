"""The left side: where a person may go. An item shows when its page exists and its rule lets them in."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, resolve, reverse

from kith.record.people.models import Person
from kith.record.people.queries import remembering_roles
from kith.web.who_may import Rule


@dataclass(frozen=True)
class Item:
    """A place to go: its words, the name of its address, and the letter that follows `g`."""

    words: str
    name: str
    letter: str


@dataclass(frozen=True)
class Link:
    """An item as one person sees it on one page."""

    words: str
    url: str
    letter: str
    is_here: bool


ITEMS = (
    Item("My work", "my_work", "w"),
    Item("Find", "find", "f"),
    Item("Front door", "front_door", "d"),
    Item("New contact", "write_contact", "n"),
    Item("Help", "family_help", "h"),
    Item("Centres", "centres", "e"),
    Item("Children", "children", "c"),
    Item("Homes", "homes", "o"),
    Item("Outside the home", "concerns", "u"),
    Item("Insight", "insight", "i"),
    Item("Returns", "returns", "r"),
    Item("Checks", "checks", "v"),
    Item("Restricted", "kept_records", "k"),
    Item("Staff", "staff", "s"),
    Item("Authority", "settings_of_authority", "a"),
)


def links_for(request: HttpRequest) -> list[Link]:
    """The places this person may go to, in order; none for somebody who has not signed in."""
    if not request.user.is_authenticated:
        return []
    with remembering_roles():
        urls = {item: url for item in ITEMS if (url := _url(item, request))}
    around = [url for url in urls.values() if _is_within(request.path, url)]
    here = max(around, key=len, default="")  # Checks lie within Returns: only the nearer is where one is
    return [Link(item.words, url, item.letter, url == here) for item, url in urls.items()]


def _url(item: Item, request: HttpRequest) -> str:
    """Where the item leads, or "" where its page does not exist or this person may not go there."""
    leads = _leads_to(item.name, settings.ROOT_URLCONF)
    return leads[0] if leads and leads[1].allows(request.user) else ""


@cache
def _leads_to(name: str, addresses: str) -> tuple[str, Rule] | None:
    """The address of this name among `addresses`, and its rule; None where there is none."""
    try:
        url = reverse(name, urlconf=addresses)
    except NoReverseMatch:
        return None
    return url, resolve(url, urlconf=addresses).func.who_may  # type: ignore[attr-defined]


def _is_within(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))


def add_note_url(person: Person) -> str:
    """Where a note about this child is written; "" while there is no such page."""
    try:
        return reverse("add_note", args=[person.pk])
    except NoReverseMatch:
        return ""


def find_url(links: Iterable[Link]) -> str:
    """Where the one search box sends its words, or "" when it is not among the places one may go to."""
    return next((link.url for link in links if link.words == "Find"), "")
