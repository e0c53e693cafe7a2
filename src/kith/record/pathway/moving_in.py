"""Giving an invented authority's staff the children whose diary came in through the importer, in bulk.

An extract names workers by reference alone, and tells neither languages nor which addresses are hidden;
the diary tells both. Everyone here is invented.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from kith.record.frontdoor.models import Referral
from kith.record.pathway.play import Act, Authority, Company, engage, former_workers
from kith.record.people.models import (
    Address,
    Allocation,
    Decided,
    Identifier,
    PersonDetails,
    Team,
    User,
)

AT_A_TIME = 500
AnyId = TypeVar("AnyId", int, str)


@transaction.atomic
def move_in(authority: Authority) -> Company:
    """Make the authority's teams and workers, and give them the allocations and decisions that name them.

    The record holds the diary already, and nothing else: those who wait with the team of the
    unallocated though they have a worker, or though they are no child, wait no longer.
    """
    former = former_workers(authority.diary, {worker.key for worker in authority.workers})
    company = engage(authority.teams, [*authority.workers, *former])
    _allocate(company)
    _name_who_decided()
    adults = {act.person for act in authority.diary if _registers_an_adult(act)}
    _leave_the_unallocated(_ids(authority, adults))
    _set_languages(authority)
    _hide_addresses(authority)
    company.leave()
    return company


def _allocate(company: Company) -> None:
    for worker in company.workers.values():
        theirs = Allocation.current.filter(worker_reference=worker.registration or worker.key)
        theirs.update(worker=company.users[worker.key], team=company.teams[worker.team])
    open_ones = Allocation.current.filter(ended_on=None).exclude(worker=None)
    _leave_the_unallocated(open_ones.values_list("person_id", flat=True))


def _name_who_decided() -> None:
    """The users and teams behind the ids by which the extract told who decided: they came after it."""
    for decision in Decided.__subclasses__():
        _name_them(decision, "decided_by", "deciding_team")
    _name_them(Referral, "closed_by", "closing_team")


def _name_them(decision: type[Decided], worker: str, team: str) -> None:
    users = User.objects.filter(registration_number=OuterRef(f"{worker}_reference"))
    teams = Team.objects.filter(name=OuterRef(f"{team}_reference"))
    decision.objects.exclude(**{f"{worker}_reference": ""}).update(
        **{worker: Subquery(users.values("pk")[:1]), team: Subquery(teams.values("pk")[:1])}
    )


def _leave_the_unallocated(persons: Iterable[int]) -> None:
    waiting = Allocation.current.filter(team__is_unallocated=True, ended_on=None)
    for some in _in_parts(sorted(set(persons))):
        waiting.filter(person_id__in=some).update(ended_on=timezone.localdate())


def _registers_an_adult(act: Act) -> bool:
    return act.act == "register_person" and not act.facts["is_child"]


def _set_languages(authority: Authority) -> None:
    speaking: dict[str, set[str]] = defaultdict(set)
    for act in authority.diary:
        if act.act == "register_person" and act.facts["first_language"]:
            speaking[act.facts["first_language"]].add(act.person)
    for language, keys in speaking.items():
        for some in _in_parts(_ids(authority, keys)):
            PersonDetails.current.filter(person_id__in=some).update(first_language=language)


def _hide_addresses(authority: Authority) -> None:
    for act in authority.diary:
        if act.act == "live_at" and act.facts["is_confidential"]:
            Address.current.filter(
                person_id__in=_ids(authority, {act.person}), kind=act.facts["kind"], started_on=act.on
            ).update(is_confidential=True)


def _ids(authority: Authority, keys: Iterable[str]) -> list[int]:
    """The persons whom the diary knows by these keys."""
    known = Identifier.current.filter(kind=Identifier.Kind.CHILD_ID, authority=authority.code)
    return [
        pk
        for some in _in_parts(sorted(keys))
        for pk in known.filter(value__in=some).values_list("person_id", flat=True)
    ]


def _in_parts(items: list[AnyId]) -> list[list[AnyId]]:
    return [items[start : start + AT_A_TIME] for start in range(0, len(items), AT_A_TIME)]
