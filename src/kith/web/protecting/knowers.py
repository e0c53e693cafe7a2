"""Who knows the family, to be asked to a conference: who works with the children, and their parents."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kith.record.access.looking import names_to_show
from kith.record.chronology.words import label
from kith.record.people.family import PARENTS, ties_of
from kith.record.people.models import Person, SafeContact, User
from kith.record.people.queries import shown, workers_of
from kith.record.people.safe_contact import safe_contacts_of
from kith.record.protection.policies import CHAIRS
from kith.record.protection.services import Asked
from kith.record.sharing.queries import professionals_of
from kith.web.protecting.slots import own_chairs

SOCIAL_CARE = "la_csc"


@dataclass(frozen=True)
class Knower:
    """Somebody to be asked. `is_ticked` is a fact: they work with the children, and nothing says beware."""

    key: str
    asked: Asked
    is_ticked: bool
    beware: str = ""

    @property
    def words(self) -> str:
        return ", ".join(part for part in (self.asked.name, self.asked.job, self.beware) if part)


def who_knows(user: User, children: Iterable[Person], on: date) -> list[Knower]:
    """Everybody who is proposed, each once: workers here, professionals elsewhere, then the parents.

    The parents' names are written down as shown.
    """
    held = list(children)
    return [*_workers(held, on), *_professionals(held, on), *_parents(user, held, on)]


def _workers(children: list[Person], on: date) -> list[Knower]:
    chairs = {one.pk for one in own_chairs(children)}  # they hold it, and are no guest of it
    found = {
        one.worker.pk: Knower(
            f"u{one.worker.pk}",
            Asked(
                one.worker.name,
                label("working_relationship_roles", one.role),
                SOCIAL_CARE,
                user=one.worker,
                is_report_wanted=True,
            ),
            True,
        )
        for one in workers_of((child.pk for child in children), on=on)
        if one.worker and one.role not in CHAIRS and one.worker.pk not in chairs
    }
    return list(found.values())


def _professionals(children: list[Person], on: date) -> list[Knower]:
    named = {
        one.professional.thread: one
        for each in professionals_of((child.pk for child in children), on).values()
        for one in each
    }
    return [
        Knower(
            f"p{thread}",
            Asked(
                one.professional.name,
                one.professional.job,
                one.agency.kind if one.agency else "",
                professional_thread=thread,
                is_report_wanted=True,
            ),
            True,
        )
        for thread, one in named.items()
    ]


def _parents(user: User, children: list[Person], on: date) -> list[Knower]:
    ties = {tie.person_id: tie for child in children for tie in ties_of(child) if tie.kind in PARENTS}
    seen = names_to_show(user, list(ties), where="arrange conference")
    people, unsafe = shown(seen), _unsafe(seen, on)
    return [
        Knower(
            f"r{pk}",
            Asked(people[pk].name, label("family_relationships", ties[pk].kind), relative=Person(pk=pk)),
            pk not in unsafe,
            "ask first how they can come" if pk in unsafe else "",
        )
        for pk in ties
        if pk in people
    ]


def _unsafe(person_ids: Iterable[int], on: date) -> set[int]:
    """Those of whom it is said that a way to reach them is not safe."""
    said: list[SafeContact] = safe_contacts_of(person_ids, on)
    return {one.person_id for one in said if not one.is_safe}


def chosen(knowers: Iterable[Knower], keys: Iterable[str]) -> list[Asked]:
    """Those of the proposed people whose key was ticked."""
    wanted = set(keys)
    return [one.asked for one in knowers if one.key in wanted]


def by_key(knowers: Iterable[Knower]) -> Mapping[str, Knower]:
    return {one.key: one for one in knowers}
