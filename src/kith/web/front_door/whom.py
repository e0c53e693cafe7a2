"""Whom a message is about: the families meant by a name as it is typed, and children nobody has on record."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kith.record.access import looking
from kith.record.chronology.policies import LONGEST_PREGNANCY
from kith.record.frontdoor.services import Named
from kith.record.people.dates_said import date_in
from kith.record.people.models import Person, User
from kith.record.people.queries import Shown
from kith.standards.dates import long_date
from kith.standards.limits import is_child
from kith.web.people.matching import Meant, people_meant
from kith.web.task_pages.fields import all_words
from kith.web.templatetags.kith import age
from kith.web.who_may import power, user_of

NEW, SOME = "new", "some"  # somebody not on record; some of those found, as ticked
IDS = re.compile(r"\d{1,19}(\+\d{1,19})*", re.ASCII)
AGE = re.compile(r"(?:about |aged |nearly )?\d{1,2}(?: ?(?:years?|months?|weeks?|days?))?(?: old)?", re.I)
BOY, GIRL = re.compile(r"\b(boy|son|brother)\b", re.I), re.compile(r"\b(girl|daughter|sister)\b", re.I)


@dataclass(frozen=True)
class Option:
    """One press that says whom it is about."""

    value: str
    words: str
    hint: str = ""


@dataclass(frozen=True)
class Family:
    """Children found together, the one that was meant first."""

    children: tuple[Shown, ...]
    why: str

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(child.person_id for child in self.children)

    @property
    def options(self) -> list[Option]:
        """All of them in one press, where they are several; else each alone."""
        each = [
            Option(str(child.person_id), f"Only {name_and_age(child)}", self.why if not place else "")
            for place, child in enumerate(self.children)
        ]
        if len(self.children) < 2:
            return [Option(one.value, one.words.removeprefix("Only "), one.hint) for one in each]
        together = ", ".join(name_and_age(child) for child in self.children)
        ids = "+".join(str(pk) for pk in self.ids)
        return [Option(ids, f"{all_words(len(self.children))}: {together}"), *each]


def name_and_age(child: Shown) -> str:
    """A child's name, and how old they are where that is known."""
    if child.date_of_birth:
        return f"{child.name}, {age(child.date_of_birth)}"
    return f"{child.name}, not yet born" if child.expected_date_of_birth else f"{child.name}, age not known"


def name_and_birth(child: Shown) -> str:
    """A child's name and age, with the day that tells one of a name from another where it is known."""
    if child.date_of_birth:
        return f"{name_and_age(child)}, born {long_date(child.date_of_birth)}"
    expected = child.expected_date_of_birth
    return name_and_age(child) + (f", expected {long_date(expected)}" if expected else "")


@dataclass(frozen=True)
class Whom:
    """What was found for a name: families to choose from, and what has to be said about the search."""

    text: str
    families: tuple[Family, ...]
    meant: Meant

    @property
    def everyone(self) -> list[Shown]:
        """Every child found, each once."""
        found = {child.person_id: child for family in self.families for child in family.children}
        return list(found.values())


def whom_is_meant(user: User, text: str, child: Person | None = None) -> Whom:
    """The families that `text` may mean, with those of `child` first; each name shown is written down."""
    meant = people_meant(user, text)
    families = [family for family in [_family_of(user, child)] if family.children] if child else []
    taken = {pk for family in families for pk in family.ids}
    for match in meant.matches:
        children = [one for one in (match.person, *match.family) if not is_grown(one)] or [match.person]
        if match.person.person_id not in taken:
            families.append(Family(tuple(children), match.why))
            taken.update(one.person_id for one in children)
    return Whom(meant.text, tuple(families), meant)


def _family_of(user: User, child: Person) -> Family:
    choices = looking.family_to_choose(user, child, "whom a message is about")
    return Family(tuple(choice.person for choice in choices.values()), "")


def is_grown(one: Shown) -> bool:
    """Whether somebody is known to be no child any more."""
    return one.date_of_birth is not None and not is_child(one.date_of_birth, timezone.localdate())


@power("receive_referrals")
def who_is_meant(request: HttpRequest) -> HttpResponse:
    """The families meant by `q`, as the answers of a form; for the page that asks as a name is typed."""
    whom = whom_is_meant(user_of(request), request.GET.get("q", ""))
    return render(request, "kith/front_door/whom.html", {"whom": whom, "chosen": "", "ticked": ()})


def chosen_ids(said: str, ticked: Iterable[str]) -> list[int]:
    """The ids of the people on record that were chosen: by one press, or one by one."""
    if said == SOME:
        return [int(one) for one in dict.fromkeys(ticked) if IDS.fullmatch(one) and "+" not in one]
    return [int(one) for one in said.split("+")] if IDS.fullmatch(said) else []


def named_in(lines: str, today: date) -> list[Named]:
    """Children as somebody wrote them, one a line: "Sana Khan, 2", "a girl, about 4", "baby, due 3/3/2027".

    What is no name stays as words; a day to come is when a baby is expected.
    """
    return [_named(line, today) for line in (one.strip() for one in lines.splitlines()) if line]


def _named(line: str, today: date) -> Named:
    said = date_in(line, today)
    rest = said.rest if said else line
    parts = [part.strip() for part in rest.split(",")]
    name, more = parts[0], ", ".join(parts[1:])
    born = said.first if said and said.first == said.last and said.first <= today else None
    expected = said.first if said and today < said.first <= today + LONGEST_PREGNANCY else None
    age_said = next((part for part in parts[1:] if AGE.fullmatch(part)), "")
    sex = "M" if BOY.search(line) else "F" if GIRL.search(line) else ""
    words = name.split()
    is_name = bool(words) and all(word[:1].isupper() for word in words)
    return Named(
        given_names=" ".join(words[:-1] or words) if is_name else "",
        family_name=words[-1] if is_name and len(words) > 1 else "",
        said_as="" if is_name else line[:200],
        age_said=age_said if is_name else more[:40],
        sex=sex,
        date_of_birth=born,
        expected_date_of_birth=expected,
        is_new=True,
    )


def named_people(ids: Sequence[int], shown: Iterable[Shown]) -> list[Named]:
    """The people on record who were chosen, each by the name the page showed them under."""
    names = {one.person_id: one for one in shown}
    people = Person.objects.in_bulk(ids)
    return [
        Named(
            person=people[pk],
            given_names=names[pk].name if pk in names else "",
            date_of_birth=names[pk].date_of_birth if pk in names else None,
        )
        for pk in ids
        if pk in people
    ]
