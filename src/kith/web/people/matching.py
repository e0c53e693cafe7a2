"""Who may be meant by a name: the likeliest people, why each was found, and their brothers and sisters.

A page that asks whom something is about puts `components/people_match.html` in its form, with the answers of
`people_meant`: radios "This is Amira Khan" and "Somebody new". With scripts they come as the name is typed,
from the address `people_match`; without, the page asks `people_meant` itself and shows the same.
"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kith.record.access import looking
from kith.record.people.dates_said import date_in
from kith.record.people.family import household_children
from kith.record.people.models import Person, User
from kith.record.people.queries import Shown
from kith.record.people.search import SearchRefused
from kith.web.who_may import power, user_of

PURPOSE = "new_contact"
MOST = 8
MOST_FAMILIES = 5  # whose brothers and sisters are named: the likeliest
FEWEST_LETTERS = 2
NEWBORN = timedelta(weeks=10)  # born so lately, somebody may be on record as not yet born
NOT_YET_BORN = "was not yet born when last written down"
NEW = "new"  # the answer "somebody new"
_FIELD = re.compile(r"[a-z][a-z0-9_-]{0,40}")


@dataclass(frozen=True)
class Match:
    """One person who may be meant, why, and who their brothers and sisters are."""

    person: Shown
    why: str
    matched: str
    can_open: bool
    family: tuple[Shown, ...] = ()


@dataclass(frozen=True)
class Meant:
    """Who may be meant by what was typed. `a_manager_will_confirm` where somebody is kept from the searcher;
    `refused` says what is wrong with the text."""

    text: str = ""
    matches: tuple[Match, ...] = ()
    a_manager_will_confirm: bool = False
    refused: str = ""
    ids: frozenset[int] = field(default_factory=frozenset)

    @property
    def is_asked(self) -> bool:
        """Whether there was enough to look for."""
        return len(self.text) >= FEWEST_LETTERS


@power("see_index")
def people_match(request: HttpRequest) -> HttpResponse:
    """People who may be meant by `q`; with htmx the answers alone, as radios called `field` where given."""
    meant = people_meant(user_of(request), request.GET.get("q", ""))
    name = request.GET.get("field", "")
    context = {"meant": meant, "field": name if _FIELD.fullmatch(name) else ""}
    is_part = request.htmx and not request.htmx.boosted  # type: ignore[attr-defined]
    return render(request, "components/people_match.html" if is_part else "kith/people/match.html", context)


def people_meant(user: User, text: str) -> Meant:
    """Who may be meant by a name, with a date of birth or an id in it or not; each name shown is audited.

    Somebody not yet born when last written down comes first where the date of birth is of the last weeks.
    Raises NotAllowed, AuditUnavailable.
    """
    text = " ".join(text.split())
    if len(text) < FEWEST_LETTERS:
        return Meant(text)
    try:
        found = looking.search(user, text, PURPOSE, limit=MOST)
        unborn = _unborn(user, text)
    except SearchRefused as refusal:
        return Meant(text, refused=str(refusal))
    first = {line.person.person_id for line in unborn}
    lines = [*unborn, *(line for line in found.lines if line.person.person_id not in first)][:MOST]
    families = _families(user, [line.person.person_id for line in lines[:MOST_FAMILIES]])
    return Meant(
        text,
        tuple(_match(line, first, families) for line in lines),
        found.a_manager_will_confirm,
        ids=frozenset(line.person.person_id for line in lines),
    )


def _match(line: looking.Line, unborn: set[int], families: dict[int, tuple[Shown, ...]]) -> Match:
    pk = line.person.person_id
    why = NOT_YET_BORN if pk in unborn else line.why
    return Match(line.person, why, line.matched, line.can_open, families.get(pk, ()))


def _unborn(user: User, text: str) -> list[looking.Line]:
    """Those of the family name on record as expected about the day that `text` calls a day of birth."""
    today = timezone.localdate()
    said = date_in(text, today)
    if said is None or not said.rest.strip() or not timedelta(0) <= today - said.first <= NEWBORN:
        return []
    found = looking.search(user, said.rest.split()[-1], PURPOSE, limit=MOST)
    return [line for line in found.lines if _is_expected_about(line.person, said.first)]


def _is_expected_about(person: Shown, day: date) -> bool:
    expected = person.expected_date_of_birth
    return person.date_of_birth is None and expected is not None and abs(expected - day) <= NEWBORN


def _families(user: User, person_ids: list[int]) -> dict[int, tuple[Shown, ...]]:
    """The other children of each person's family whom `user` may know of; their names are written down."""
    today = timezone.localdate()
    of_each = {pk: household_children(Person(pk=pk), today) for pk in person_ids}
    everyone = {other for others in of_each.values() for other in others}
    named = looking.show_names(user, everyone, where="brothers and sisters of a match") if everyone else {}
    return {pk: tuple(named[one] for one in others if one in named) for pk, others in of_each.items()}
