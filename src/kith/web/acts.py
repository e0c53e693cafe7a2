"""What may come next for a child, and the page where each step is taken.

An area says in its module `acts` which pages are its own: `PAGES = {"start_section_47": ActPage("enquire")}`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from kith.record.pathway.steps import Step
from kith.record.people.models import Person, User
from kith.web.areas import brought


@dataclass(frozen=True)
class ActPage:
    """Where an act is done: the name of its address, and who, of those who may open the child, may do it.

    The address takes the child's id; where `takes_child` is False it is given as a question (?child=1).
    """

    name: str
    may: Callable[[User, Person], bool] = lambda user, person: True
    takes_child: bool = True

    def url(self, person: Person) -> str:
        """The address for this child; "" while there is no such page."""
        try:
            if self.takes_child:
                return reverse(self.name, args=[person.pk])
            return f"{reverse(self.name)}?child={person.pk}"
        except NoReverseMatch:
            return ""


@dataclass(frozen=True)
class NextStep:
    """One step as a child's page offers it; `url` is "" where this person takes it nowhere."""

    words: str
    law: str
    url: str


def pages() -> dict[str, ActPage]:
    """The page of each act of the pathway that has one."""
    return {act: page for area in brought("acts") for act, page in area.PAGES.items()}


def next_steps(steps: Iterable[Step], person: Person, user: User) -> list[NextStep]:
    """These steps with where `user` takes each."""
    known = pages()
    return [NextStep(step.words, step.law, _url(known.get(step.act), person, user)) for step in steps]


def _url(page: ActPage | None, person: Person, user: User) -> str:
    return page.url(person) if page and page.may(user, person) else ""
