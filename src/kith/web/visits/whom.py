"""Whom a visit or a note is about: the children to choose among, who may have been there, and with whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kith.record.access.looking import family_to_choose, show_names
from kith.record.care.queries import placements_on
from kith.record.pathway.visiting import plans_to_act_in
from kith.record.people.family import PARENTS, ties_of
from kith.record.people.models import Person, User
from kith.record.people.queries import Shown, homes_of, memberships_of
from kith.record.visits.plans import WORDS, counts_as
from kith.standards.limits import is_child

MOST_THERE = 8


@dataclass(frozen=True)
class Whom:
    """The children of a family as this worker may write about them.

    `children` may be written about, `together` are those of them who live with the first, `others` are
    names of children with workers of their own.
    """

    children: list[Shown]
    together: list[int]
    others: list[str]


def whom(user: User, person: Person, on: date, where: str) -> Whom:
    """The children a worker may choose, from the page of one of them; each name is written down as shown."""
    found = family_to_choose(user, person, where)
    children = [choice.person for choice in found.values() if choice.can_open]
    others = [choice.person.name for choice in found.values() if not choice.can_open]
    return Whom(children, _together(person.pk, [child.person_id for child in children], on), others)


def _together(first: int, ids: Sequence[int], on: date) -> list[int]:
    """Those of these children of whom nothing says that they live apart from the first."""
    placed = placements_on(ids, on)
    homes = {home.person_id: (home.lines.casefold(), home.postcode.casefold()) for home in homes_of(ids, on)}
    lives = {pk: ("placed", placed[pk].postcode) if pk in placed else homes.get(pk) for pk in ids}
    here = lives.get(first)
    return [pk for pk in ids if pk == first or _is_alike(lives[pk], here, {pk, first} & placed.keys())]


def _is_alike(there: object, here: object, in_care: Iterable[int]) -> bool:
    if there is None or here is None:
        return not in_care
    return there == here


def who_may_be_there(user: User, person: Person, children: Iterable[int], on: date) -> list[tuple[str, str]]:
    """(id, name) of the grown-ups of a child's family, parents first; each name is written down as shown."""
    ties = sorted(ties_of(person), key=lambda tie: tie.kind not in PARENTS)
    ids = [tie.person_id for tie in ties if tie.person_id not in {*children}]
    names = show_names(user, ids, where="who was at a visit")
    there = [names[pk] for pk in ids if pk in names and _may_be_there(names[pk], on)]
    return [(str(one.person_id), one.name) for one in there[:MOST_THERE]]


def _may_be_there(one: Shown, on: date) -> bool:
    is_young = bool(one.expected_date_of_birth or one.pregnancy_ended_on) or (
        one.date_of_birth is not None and is_child(one.date_of_birth, on)
    )
    return one.date_of_death is None and not is_young


def colleagues(user: User) -> list[tuple[str, str]]:
    """(id, name) of those who work in this worker's teams."""
    teams = [membership.team_id for membership in memberships_of(user)]
    found = User.objects.filter(memberships__team__in=teams, is_active=True).exclude(pk=user.pk)
    return [(str(pk), name) for pk, name in found.order_by("name").distinct().values_list("pk", "name")]


def plans_to_offer(user: User, children: Sequence[Shown]) -> list[tuple[int, str]]:
    """(thread, words) of the open plans of these children to which this worker may add something."""
    names = {child.person_id: child.name for child in children}
    return [
        (one.plan.thread, f"{one.plan}: {_listed([names[pk] for pk in one.children])}")
        for one in plans_to_act_in(user, names)
    ]


def counts_in_words(called: Mapping[int, str], on: date) -> str:
    """As what a visit on a day counts for each of these children, in one sentence."""
    plans = counts_as(called, on)
    groups: dict[str, list[str]] = {}
    for pk, name in called.items():
        groups.setdefault(plans[pk].kind if pk in plans else "", []).append(name)
    parts = [f"{WORDS[kind]} for {_listed(names)}" for kind, names in groups.items()]
    return f"In person, this counts as {'; '.join(parts)}."


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
