"""What ties a worker to a person, what keeps a record from them, and which glass is broken."""

from collections.abc import Container, Iterable, Mapping
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from kith.record.access import chairs, open_work, own_ties
from kith.record.access.models import BreakGlass, KeptApart, RestrictedMatch, Restriction
from kith.record.facts import is_in_force
from kith.record.once import once, once_for_each
from kith.record.people import queries as people
from kith.record.people.family import relationships_of
from kith.record.people.models import Allocation, Membership, Person, Role, User

A_MINUTE = timedelta(minutes=1)
WAITS_FOR_A_WORKER = "nobody is allocated yet"
WITH_THE_FAMILY = "works with their family"
CHAIRS_FOR_THEM = "chairs their conference"
A_MESSAGE_WAITS = "a message about them waits for a decision"

# Whoever writes a message down or decides about it has to know what is known of each child it is about.
DECIDE_MESSAGES = frozenset({"receive_referrals", "decide_contacts"})


def ties(user: User, under: Mapping[int, Iterable[int]], *, powers: Container[str]) -> dict[int, str]:
    """Why `user` works with each kept person, for those they do: the closest reason, in words.

    `under` holds, for each kept person, the ids of all their merged records. Allocated worker, then
    team, then cover for the worker, then open work that waits for a worker, then the family's worker,
    then whoever chairs, then a message that waits for a decision, then broken glass. `powers` are the
    user's. A message that `user` wrote opens nothing to them, as the room that holds it says; nor does a
    tie (docs/decisions/0034).
    """
    root = {pk: kept for kept, ids in under.items() for pk in ids}
    tied: dict[int, str] = {}
    for pk, why in _direct(user, root):
        tied.setdefault(root[pk], why)
    if "open_unallocated" in powers:
        for kept in _waiting_for_a_worker(user, under, tied):
            tied.setdefault(kept, WAITS_FOR_A_WORKER)
    for pk in _family(user, [pk for pk in root if root[pk] not in tied]):
        tied.setdefault(root[pk], WITH_THE_FAMILY)
    if "chair_conferences" in powers:
        for pk in chairs.chaired_by(user, [pk for pk in root if root[pk] not in tied], timezone.localdate()):
            tied.setdefault(root[pk], CHAIRS_FOR_THEM)
    if any(power in powers for power in DECIDE_MESSAGES):
        for pk in open_work.waits_for_a_decision(
            [pk for pk in root if root[pk] not in tied], timezone.localdate(), to=user
        ):
            tied.setdefault(root[pk], A_MESSAGE_WAITS)
    if untied := [pk for pk in root if root[pk] not in tied]:
        for pk in _opened_with_a_reason(user).intersection(untied):
            tied.setdefault(root[pk], "opened with a reason")
    return tied


def _opened_with_a_reason(user: User) -> set[int]:
    return once(("glass", user.pk), lambda: set(live_glass(user).values_list("person_id", flat=True)))


def live_glass(user: User, *, at: datetime | None = None) -> "QuerySet[BreakGlass]":
    """The records `user` has open for a reason now: neither ended by the clock nor given back."""
    return BreakGlass.objects.filter(user=user, ended_at=None, ends_at__gt=at or timezone.now())


def glass_to_review(manager: User, on: date) -> "QuerySet[BreakGlass]":
    """Broken glass that waits for review by `manager`, never their own, the soonest due first.

    Broken by people of their teams, or on a child of those teams by anybody else, out-of-hours workers
    among them.
    """
    teams = people.memberships_of(manager, on=on).filter(is_manager=True).values("team_id")
    members = Membership.objects.filter(people.in_force(on), team_id__in=teams).values("user_id")
    children = Allocation.current.filter(people.in_force(on), team_id__in=teams).values("person_id")
    theirs = Q(user_id__in=members) | Q(person_id__in=children)
    waiting = BreakGlass.objects.filter(theirs, reviewed_at=None).exclude(user=manager)
    return waiting.select_related("user").order_by("review_due_on")


def opened_with(glass: BreakGlass) -> "QuerySet[BreakGlass]":
    """What the same worker opened for the same reason at the same time: the others of a family."""
    around = (glass.started_at - A_MINUTE, glass.started_at + A_MINUTE)
    same = BreakGlass.objects.filter(user=glass.user_id, reason=glass.reason, started_at__range=around)
    return same.exclude(pk=glass.pk).order_by("pk")


def restrictions_in_force() -> "QuerySet[Restriction]":
    """The restrictions in force today: neither lifted nor past the day on which they end."""
    return Restriction.objects.filter(_has_not_ended(), lifted_at=None)


def _has_not_ended() -> Q:
    return Q(ends_on=None) | Q(ends_on__gt=timezone.localdate())


def restrictions_on(person_ids: Iterable[int]) -> dict[int, list[Restriction]]:
    """The restrictions in force on each of these persons who has any."""
    found = once_for_each("restrictions", person_ids, _ask_restrictions)
    return {pk: restrictions for pk, restrictions in found.items() if restrictions}


def _ask_restrictions(person_ids: list[int]) -> dict[int, list[Restriction]]:
    found: dict[int, list[Restriction]] = {pk: [] for pk in person_ids}
    live = restrictions_in_force().filter(person_id__in=person_ids)
    for restriction in live.prefetch_related("allowed", "custodian"):  # nothing more is asked where none is
        found[restriction.person_id].append(restriction)
    return found


def restrictions_of(person_ids: Iterable[int]) -> "QuerySet[Restriction]":
    """Every restriction that is or was on these records, the newest first, with who kept it and why."""
    placed = Restriction.objects.filter(person_id__in=list(person_ids)).prefetch_related("allowed")
    return placed.select_related("custodian", "placed_by", "lifted_by").order_by("-placed_at", "-pk")


def is_named_on(restriction: Restriction, user: User, *, is_custodian: bool) -> bool:
    """Whether `user` keeps it, or is one of those allowed. One that no custodian is named on is every
    custodian's to keep."""
    keeps = is_custodian if restriction.custodian_id is None else restriction.custodian_id == user.pk
    return keeps or user in restriction.allowed.all()


def restrictions_kept_by(user: User) -> "QuerySet[Restriction]":
    """The restrictions in force or lifted that `user` keeps: their own, and for a custodian those of all."""
    theirs = Q(custodian=user)
    if Role.CUSTODIAN in people.roles_of(user):
        theirs |= Q(custodian=None)
    return Restriction.objects.filter(theirs)


def kept_apart_from(user: User, person_ids: Iterable[int]) -> set[int]:
    """Those of these persons that `user` may not see: themselves, their family, their neighbours."""
    live = kept_apart_now().filter(user=user)
    apart = once(("kept apart", user.pk), lambda: set(live.values_list("person_id", flat=True)))
    return apart.intersection(person_ids)


def kept_apart_now() -> "QuerySet[KeptApart]":
    """Who is kept from whom today."""
    return KeptApart.objects.filter(_has_not_ended(), ended_at=None)


def matches_to_answer(user: User) -> "QuerySet[RestrictedMatch]":
    """Searches that met a record which `user` keeps, and wait for their word."""
    kept = restrictions_kept_by(user)
    waiting = RestrictedMatch.objects.filter(restriction__in=kept.values("pk"), answered_at=None)
    return waiting.select_related("searcher", "restriction__person").order_by("at")


def _waiting_for_a_worker(
    user: User, under: Mapping[int, Iterable[int]], tied: Mapping[int, str]
) -> list[int]:
    """The kept persons, of those not tied, who have open work and are with the team of the unallocated.

    A record whose work has ended waits for nobody: it opens to those who work with the person, or for a
    reason and a time.
    """
    ids = {pk: kept for kept, records in under.items() if kept not in tied for pk in records}
    if not ids:
        return []
    today = timezone.localdate()
    nobodys = Allocation.current.filter(
        people.in_force(today), team__is_unallocated=True, person_id__in=list(ids)
    )
    waiting = {ids[pk] for pk in nobodys.values_list("person_id", flat=True)}
    records = [pk for pk, kept in ids.items() if kept in waiting]
    return sorted({ids[pk] for pk in open_work.in_open_work(records, today, to=user)})


def _direct(user: User, person_ids: Iterable[int]) -> list[tuple[int, str]]:
    """(person, why) for each allocation in force that ties `user` to them, the closest first.

    Of whoever `user` is the worker of, nothing further is asked: no tie is closer.
    """
    allocations = people.workers_of(person_ids)
    own = {each.person_id for each in allocations if each.worker_id == user.pk}
    further = [each for each in allocations if each.person_id not in own]
    return [
        *((pk, "allocated worker") for pk in sorted(own)),
        *_through_teams(user, further),
        *_through_cover(user, further),
    ]


def _through_teams(user: User, allocations: list[Allocation]) -> list[tuple[int, str]]:
    held = [(each.person_id, each.team) for each in allocations if each.team and not each.team.is_unallocated]
    if not held:
        return []
    teams = once(
        ("teams", user.pk), lambda: {member.team_id: member for member in people.memberships_of(user)}
    )
    return sorted(
        (pk, f"{'manages' if teams[team.pk].is_manager else 'in'} {team}")
        for pk, team in held
        if team.pk in teams
    )


def _through_cover(user: User, allocations: list[Allocation]) -> list[tuple[int, str]]:
    held = [(each.person_id, each.worker_id) for each in allocations if each.worker_id]
    if not held:
        return []
    covered = once(("covers", user.pk), lambda: {one.for_user_id: one for one in people.covers_for(user)})
    return sorted((pk, f"covers for {covered[worker].for_user}") for pk, worker in held if worker in covered)


def _is_nobodys(allocation: Allocation) -> bool:
    team = allocation.team
    return allocation.worker_id is None and team is not None and team.is_unallocated


def _family(user: User, person_ids: list[int]) -> list[int]:
    """Those of these persons whose relative `user` is allocated to, and who have no worker of their own.

    Somebody with their own worker, a brother or sister say, is that worker's to open. The team of the
    unallocated is nobody's worker. A tie that `user` wrote alone opens nothing.
    """
    if not person_ids:
        return []
    asked = set(person_ids)
    links = [link for link in relationships_of(person_ids) if is_in_force(link, timezone.localdate())]
    pairs = [(link.person_id, link.other_id, link) for link in links if link.person_id in asked]
    pairs += [(link.other_id, link.person_id, link) for link in links if link.other_id in asked]
    relatives = {relative for _, relative, _ in pairs}
    mine = {pk for pk, why in _direct(user, relatives)}
    served = {one.person_id for one in people.workers_of(person_ids) if not _is_nobodys(one)}
    sealed = set(
        Person.objects.filter(pk__in=person_ids, is_never_proposed=True).values_list("pk", flat=True)
    )
    found = [(pk, link) for pk, relative, link in pairs if relative in mine and pk not in served | sealed]
    return sorted(own_ties.opened(user, found))
