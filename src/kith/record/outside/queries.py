"""What is of concern outside the home, whom it touches, and what was done: as it stood on a day.

A list of young people here is of ids; a page shows those whom its reader may open, and no others.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from kith.record.facts import is_in_force
from kith.record.outside.models import (
    Between,
    Concern,
    Disruption,
    HandedToAdults,
    Kind,
    Linked,
    NationalReferral,
    Panel,
    PanelDecision,
    Screening,
)
from kith.record.people.queries import kept_ids, same_person_ids
from kith.record.versions import current_facts, current_matters, parts_of

A_FORTNIGHT = timedelta(days=14)
_MANY = {
    Kind.PLACE: ("place", "places"),
    Kind.GROUP: ("group", "groups"),
    Kind.ADULT: ("adult", "adults"),
    Kind.VEHICLE: ("vehicle", "vehicles"),
    Kind.PHONE: ("phone", "phones"),
    Kind.ONLINE: ("online account", "online accounts"),
}


def concern_of(thread: int) -> Concern | None:
    """What is of concern, by its thread; None where there is none."""
    return current_matters(Concern, [thread]).get(thread)


def concerns() -> list[Concern]:
    """All that is of concern, what is over last, by kind and name."""
    held = Concern.current.all()
    return sorted(held, key=lambda one: (one.ended_on is not None, one.kind, one.name.casefold(), one.pk))


def links_of(person_ids: Iterable[int]) -> list[Linked]:
    """The links of these records of one young person, those that are over last."""
    held = current_facts(Linked, person_ids)
    return sorted(held, key=lambda one: (one.ended_on is not None, one.started_on, one.pk))


def links_to(threads: Iterable[int]) -> dict[int, list[Linked]]:
    """The links of young people to each of these, by its thread."""
    return parts_of(Linked, threads)


def between(threads: Collection[int]) -> list[Between]:
    """The links of these with others."""
    held = Between.current.filter(Q(one_thread__in=threads) | Q(other_thread__in=threads))
    return list(held.order_by("started_on", "pk"))


def steps_against(threads: Iterable[int]) -> dict[int, list[Disruption]]:
    """What is done against each of these, the newest first."""
    found: dict[int, list[Disruption]] = {thread: [] for thread in threads}
    for step in Disruption.current.filter(concern_thread__in=[*found]).order_by("-started_on", "-pk"):
        found[step.concern_thread].append(step)
    return found


def counted(person_ids: Iterable[int], on: date) -> str:
    """To how much a young person is linked on a day, without a name: "2 places and 1 group"; "" to none."""
    of: dict[str, set[int]] = {}
    for link in current_facts(Linked, person_ids):
        if is_in_force(link, on):
            of.setdefault(link.kind, set()).add(link.matter_thread)
    said = [
        f"{len(of[kind])} {one if len(of[kind]) == 1 else many}"
        for kind, (one, many) in _MANY.items()
        if kind in of
    ]
    return " and ".join(filter(None, (", ".join(said[:-1]), *said[-1:])))


def screenings_of(person_ids: Iterable[int]) -> list[Screening]:
    """How a young person was graded, the newest first."""
    return sorted(
        current_facts(Screening, person_ids), key=lambda one: (one.screened_on, one.pk), reverse=True
    )


def decisions_of(person_ids: Iterable[int]) -> list[PanelDecision]:
    """What panels decided for a young person, the newest first."""
    return sorted(
        current_facts(PanelDecision, person_ids), key=lambda one: (one.held_on, one.pk), reverse=True
    )


def panel_of(thread: int) -> tuple[Panel, list[PanelDecision]] | None:
    """A panel with what it decided for each; None where there is none."""
    found = current_matters(Panel, [thread]).get(thread)
    return (found, parts_of(PanelDecision, [thread])[thread]) if found else None


def referrals_of(person_ids: Iterable[int]) -> list[NationalReferral]:
    """The referrals of a young person to the National Referral Mechanism, the newest first."""
    return sorted(
        current_facts(NationalReferral, person_ids), key=lambda one: (one.referred_on, one.pk), reverse=True
    )


def handed_of(person_ids: Iterable[int]) -> list[HandedToAdults]:
    """To whom a young person was handed as an adult, the newest first."""
    return sorted(
        current_facts(HandedToAdults, person_ids), key=lambda one: (one.handed_on, one.pk), reverse=True
    )


@dataclass(frozen=True)
class Ties:
    """All that one map is drawn from: what is of concern, the links to it, and those between, on a day."""

    concerns: dict[int, Concern]
    links: list[Linked] = field(default_factory=list)
    between: list[Between] = field(default_factory=list)

    @property
    def person_ids(self) -> dict[int, int]:
        """Each linked record, and the one it is kept under now."""
        return kept_ids({link.person_id for link in self.links})


def ties_of_person(person: Any, on: date) -> Ties:
    """What a young person was linked to on a day, who else was, and what those have to do with each other."""
    own = [link for link in links_of(same_person_ids(person)) if is_in_force(link, on)]
    return _ties({link.matter_thread for link in own}, on)


def ties_of_concern(concern: Concern, on: date) -> Ties:
    """Who was linked to one of them on a day, and what it had to do with others."""
    return _ties({concern.thread}, on)


def _ties(threads: set[int], on: date) -> Ties:
    together = [one for one in between(threads) if is_in_force(one, on)]
    around = threads | {thread for one in together for thread in (one.one_thread, one.other_thread)}
    held = current_matters(Concern, around)
    links = [link for each in links_to(held).values() for link in each if is_in_force(link, on)]
    known = [one for one in together if one.one_thread in held and one.other_thread in held]
    return Ties(held, links, known)


def between_of(thread: int) -> Between | None:
    """A link of two with each other, by its thread; None where there is none."""
    return current_matters(Between, [thread]).get(thread)


def step_of(thread: int) -> Disruption | None:
    """A step against something, by its thread; None where there is none."""
    return current_matters(Disruption, [thread]).get(thread)


def comes_up(day: date | None, on: date) -> bool:
    """Whether a day has gone by, or is within a fortnight: somebody has to look."""
    return day is not None and day <= on + A_FORTNIGHT


def looked_at_again(under: Mapping[int, Iterable[int]], on: date) -> dict[int, Screening]:
    """The newest screening of each kept young person whose day to be looked at again comes up or has gone.

    `under` has all their records' ids, by the kept one's.
    """
    newest = {pk: held[0] for pk, ids in under.items() if (held := screenings_of(ids))}
    return {pk: one for pk, one in newest.items() if comes_up(one.review_on, on)}


def linked_now(person_ids: Iterable[int], on: date) -> set[int]:
    """The threads of what these young people are linked to on a day."""
    return {link.matter_thread for link in current_facts(Linked, person_ids) if is_in_force(link, on)}


def steps_running_out(on: date, threads: Collection[int] | None = None) -> list[tuple[Concern, Disruption]]:
    """The steps that run out within a fortnight, or ran out in the last with nothing said of what came of it.

    The first at the top; only those against what is still of concern, and with `threads`, against these.
    """
    steps = Disruption.current.filter(until__range=(on - A_FORTNIGHT, on + A_FORTNIGHT))
    if threads is not None:
        steps = steps.filter(concern_thread__in=[*threads])
    held = [one for one in steps.order_by("until", "pk") if one.until >= on or not one.came_of_it]
    open_now = current_matters(Concern, {one.concern_thread for one in held})
    return [
        (concern, one)
        for one in held
        if (concern := open_now.get(one.concern_thread)) and concern.ended_on is None
    ]
