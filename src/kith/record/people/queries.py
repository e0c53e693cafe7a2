"""What people ask about persons and staff: who is one person, what to show for them, who holds what."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from kith.record.facts import is_in_force
from kith.record.once import once, once_for_each
from kith.record.people.models import (
    Address,
    Allocation,
    Cover,
    DatePrecision,
    Identifier,
    MatchProposal,
    Membership,
    Person,
    PersonDetails,
    PersonName,
    Team,
    User,
    UserRole,
)
from kith.record.versions import current_facts


def in_force(on: date) -> Q:
    """A spell in force on a day: started by then and not ended by then."""
    return Q(started_on__lte=on) & (Q(ended_on=None) | Q(ended_on__gt=on))


def survivor(person: Person) -> Person:
    """The record that `person` is now kept under: itself, or the one it was merged into."""
    return once(("survivor", person.pk), lambda: _survivor(person.pk))


def _survivor(person_id: int) -> Person:
    kept = Person.objects.select_related("merged_into").get(pk=person_id)  # never a stale copy
    while kept.merged_into is not None:
        kept = kept.merged_into
    return kept


def same_person_ids(person: Person) -> list[int]:
    """The ids of every record found to be this person, the kept one first. Facts lie under all of them."""
    kept = survivor(person).pk
    return merged_under([kept])[kept]


def merged_under(kept: Iterable[int]) -> dict[int, list[int]]:
    """For each kept record's id, the ids of all the records merged into it, itself first."""
    found = {pk: [pk] for pk in kept}
    root = {pk: pk for pk in found}
    layer = list(found)
    while layer:
        below = {pk: top for top, each in _merges(layer).items() for pk in each.merged}
        for pk, into in below.items():
            root[pk] = root[into]
            found[root[into]].append(pk)
        layer = list(below)
    return found


def kept_ids(person_ids: Iterable[int]) -> dict[int, int]:
    """For each of these records, the id of the one it is now kept under (its own, when not merged)."""
    kept = {pk: pk for pk in person_ids}
    layer = set(kept)
    while layer:
        into = {pk: each.into for pk, each in _merges(layer).items() if each.into is not None}
        kept = {pk: into.get(top, top) for pk, top in kept.items()}
        layer = set(into.values())
    return kept


@dataclass
class _Merges:
    """What one record was merged into, and the records merged into it."""

    into: int | None = None
    merged: list[int] = field(default_factory=list)


def _merges(person_ids: Iterable[int]) -> dict[int, _Merges]:
    return once_for_each("merges", person_ids, _ask_merges)


def _ask_merges(person_ids: list[int]) -> dict[int, _Merges]:
    found = {pk: _Merges() for pk in person_ids}
    about = Person.objects.filter(
        Q(pk__in=person_ids) | Q(merged_into_id__in=person_ids), merged_into_id__isnull=False
    )
    for pk, into in about.order_by("pk").values_list("pk", "merged_into_id"):
        if pk in found:
            found[pk].into = into
        if into in found:
            found[into].merged.append(pk)
    return found


def person_for_child_id(authority: str, child_id: str) -> Person | None:
    """The person this authority knows by this child id, or None. Same authority and id: same child (D1)."""
    found = (
        Identifier.current.filter(kind=Identifier.Kind.CHILD_ID, authority=authority, value=child_id)
        .select_related("person")
        .first()
    )
    return survivor(found.person) if found else None


def authorities_known() -> list[str]:
    """The codes of the authorities whose child ids the record holds."""
    ids = Identifier.current.filter(kind=Identifier.Kind.CHILD_ID).exclude(authority="")
    return sorted(ids.order_by().values_list("authority", flat=True).distinct())


def people_by_child_id(authority: str) -> dict[str, int]:
    """Child id at this authority -> the person it names (the kept one, where records were merged)."""
    known = Identifier.current.filter(kind=Identifier.Kind.CHILD_ID, authority=authority)
    held = list(known.values_list("value", "person_id"))
    kept = kept_ids(person for _, person in held)
    return {value: kept.get(person, person) for value, person in held}


def child_ids_of(person: Person) -> dict[str, str]:
    """The person's child id at each authority that gave one."""
    held = Identifier.current.filter(
        kind=Identifier.Kind.CHILD_ID, person_id__in=same_person_ids(person)
    ).exclude(authority="")
    return dict(held.order_by("pk").values_list("authority", "value"))


def teams_of(person_ids: Iterable[int], *, on: date | None = None) -> dict[int, list[str]]:
    """The names of the teams that work with each person on a day; a worker's allocation counts with their
    team. A person nobody works with is left out."""
    found: dict[int, list[str]] = {}
    allocations = list(workers_of(person_ids, on=on))
    own = _teams_of_workers({one.worker_id for one in allocations if one.worker_id and not one.team_id}, on)
    for one in allocations:
        names = [one.team.name] if one.team else own.get(one.worker_id or 0, [])
        held = found.setdefault(one.person_id, [])
        held.extend(name for name in names if name not in held)
    return {person: names for person, names in found.items() if names}


def _teams_of_workers(workers: set[int], on: date | None) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    members = Membership.objects.filter(in_force(on or timezone.localdate()), user_id__in=workers)
    for user, team in members.values_list("user_id", "team__name"):
        found.setdefault(user, []).append(team)
    return found


@dataclass(frozen=True)
class Shown:
    """What leads a person's line in a list. `name` is their child id when no name is known."""

    person_id: int
    name: str
    has_name: bool
    authority: str  # whose child id it is; "" where none is known
    date_of_birth: date | None
    date_of_birth_precision: str
    expected_date_of_birth: date | None
    date_of_death: date | None
    district: str  # first half of the postcode; "" when not known or hidden
    named_worker: str
    ring: str  # the worker's phone, or the team's
    pregnancy_ended_on: date | None = None  # nobody is expected any more


def shown(person_ids: Iterable[int], *, on: date | None = None) -> dict[int, Shown]:
    """What to show for each of these (kept) persons, in seven queries however many there are."""
    under = merged_under(person_ids)
    root = {pk: kept for kept, ids in under.items() for pk in ids}
    names = _first_by_root(root, _names(root))
    child_ids = (one for one in current_facts(Identifier, root) if one.kind == Identifier.Kind.CHILD_ID)
    ids = _first_by_root(root, child_ids)
    details = _first_by_root(root, current_facts(PersonDetails, root))
    places = _first_by_root(root, homes_of(root, on or timezone.localdate()))
    workers = _first_by_root(root, workers_of(root, on=on))
    return {
        pk: _one(pk, names.get(pk), ids.get(pk), details.get(pk), places.get(pk), workers.get(pk))
        for pk in under
    }


def name_of(person: Person) -> str:
    """How this person is named on a page: their name, or "Child" and their child id."""
    kept = survivor(person).pk
    return shown([kept])[kept].name


def workers_of(person_ids: Iterable[int], *, on: date | None = None) -> list[Allocation]:
    """Who works with these persons on a day (today when left out), the newest allocation first."""
    day = on or timezone.localdate()
    found = [each for each in allocations_of(person_ids) if is_in_force(each, day)]
    return sorted(found, key=lambda each: (each.started_on, each.pk), reverse=True)


def worker_names(person_ids: Iterable[int]) -> dict[int, str]:
    """The worker's name of each allocation of these persons, by its thread, where it is known."""
    return {each.thread: each.worker.name for each in allocations_of(person_ids) if each.worker}


def allocations_of(person_ids: Iterable[int]) -> list[Allocation]:
    """Who has worked with these persons, now or before, the first recorded first."""
    return current_facts(Allocation, person_ids, "worker", "team")


def roles_of(user: User, *, on: date | None = None) -> set[str]:
    """The roles that `user` holds on a day (today when left out)."""
    day, remembered = on or timezone.localdate(), _remembered_roles.get()
    if remembered is not None and (user.pk, day) in remembered:
        return set(remembered[user.pk, day])
    held = once(("roles", user.pk, day), lambda: _ask_roles(user, day))
    if remembered is not None:
        remembered[user.pk, day] = held
    return set(held)


def _ask_roles(user: User, day: date) -> frozenset[str]:
    return frozenset(UserRole.objects.filter(in_force(day), user=user).values_list("role", flat=True))


_remembered_roles: ContextVar[dict[tuple[int, date], frozenset[str]] | None] = ContextVar(
    "remembered_roles", default=None
)


@contextmanager
def remembering_roles() -> Iterator[None]:
    """Within, the roles of a user are read once: for one run of many acts in which no role changes."""
    token = _remembered_roles.set({})
    try:
        yield
    finally:
        _remembered_roles.reset(token)


def roles_from(user: User, on: date) -> set[str]:
    """The roles that `user` holds on a day or is to hold after it."""
    still = UserRole.objects.filter(Q(ended_on=None) | Q(ended_on__gt=on), user=user)
    return set(still.values_list("role", flat=True))


def staff_named(text: str = "") -> "QuerySet[User]":
    """Everybody who works or worked here whose name or email address holds these words, by name."""
    found = User.objects.filter(Q(name__icontains=text) | Q(email__icontains=text))
    return found.order_by("-is_active", "name", "pk").prefetch_related("roles_held", "memberships__team")


def teams_of_staff() -> "QuerySet[Team]":
    """The teams that staff may be in, by name: all but that of the unallocated."""
    return Team.objects.filter(is_unallocated=False).order_by("name")


def holders_of(roles: Iterable[str], *, on: date | None = None) -> "QuerySet[User]":
    """Everyone active who holds one of these roles on a day."""
    held = UserRole.objects.filter(in_force(on or timezone.localdate()), role__in=list(roles))
    return User.objects.filter(is_active=True, pk__in=held.values("user_id"))


def memberships_of(user: User, *, on: date | None = None) -> "QuerySet[Membership]":
    """The teams that `user` is in on a day."""
    return Membership.objects.filter(in_force(on or timezone.localdate()), user=user).select_related("team")


def proposals_about(person_ids: Iterable[int]) -> list[MatchProposal]:
    """What waits for somebody to say whether one of these records and another are one person."""
    ids = [*person_ids]
    waiting = MatchProposal.objects.filter(Q(first__in=ids) | Q(second__in=ids))
    found = waiting.filter(state=MatchProposal.State.OPEN).select_related("first", "second")
    return list(found.order_by("proposed_at", "pk"))


def last_team_of(user: User) -> Team | None:
    """The team that `user` is in, or was in last; None where there is none."""
    theirs = Membership.objects.filter(user=user, team__is_unallocated=False).select_related("team")
    last = theirs.order_by(F("ended_on").desc(nulls_first=True), "-started_on", "-pk").first()
    return last.team if last else None


def allocations_to(workers: Iterable[int], on: date) -> "QuerySet[Allocation]":
    """The allocations in force on a day to these workers."""
    return Allocation.current.filter(in_force(on), worker__in=[*workers])


def allocations_among(teams: Iterable[Team], on: date) -> list[Allocation]:
    """The allocations in force on a day to these teams and to their members."""
    ours = [team.pk for team in teams]
    members = Membership.objects.filter(in_force(on), team__in=ours).values("user")
    held = Allocation.current.filter(in_force(on)).filter(Q(team__in=ours) | Q(worker__in=members))
    return list(held.select_related("worker"))


def members_with(roles: Iterable[str], teams: Iterable[Team], on: date) -> list[User]:
    """Those in these teams, and no managers of them, who hold one of these roles on a day."""
    ours = [team.pk for team in teams]
    members = Membership.objects.filter(in_force(on), team__in=ours, is_manager=False).values("user")
    return list(holders_of(roles, on=on).filter(pk__in=members))


def members_managed_by(manager: User, on: date) -> dict[int, str]:
    """The names, by id, of the others in the teams that somebody manages on a day."""
    teams = memberships_of(manager, on=on).filter(is_manager=True).values("team")
    members = Membership.objects.filter(in_force(on), team__in=teams).exclude(user=manager)
    return {one.user_id: one.user.name for one in members.select_related("user")}


def covers_for(user: User, *, on: date | None = None) -> "QuerySet[Cover]":
    """Whose work `user` does besides their own on a day, the first to end first."""
    found = Cover.objects.filter(in_force(on or timezone.localdate()), user=user)
    return found.select_related("for_user").order_by("ended_on", "pk")


def teams_of_kind(*kinds: str) -> "QuerySet[Team]":
    """The teams of these kinds (`Team.Kind`), by name."""
    return Team.objects.filter(kind__in=kinds, is_unallocated=False).order_by("name")


def managers_of(team_ids: Iterable[int], *, on: date | None = None) -> "QuerySet[User]":
    """The active managers of these teams on a day."""
    members = Membership.objects.filter(
        in_force(on or timezone.localdate()), team_id__in=list(team_ids), is_manager=True
    )
    return User.objects.filter(is_active=True, pk__in=members.values("user_id"))


def _names(person_ids: Iterable[int]) -> list[PersonName]:
    """Current names, the one to lead with first: legal before known-as before previous, newest first."""
    order: dict[str, int] = {
        PersonName.Kind.LEGAL: 0,
        PersonName.Kind.KNOWN_AS: 1,
        PersonName.Kind.PREVIOUS: 2,
    }
    found = current_facts(PersonName, person_ids)
    return sorted(
        found,
        key=lambda n: (n.ended_on is not None, order[n.kind], -n.recorded_at.timestamp()),
    )


def homes_of(person_ids: Iterable[int], on: date) -> list[Address]:
    """The home addresses of these persons in force on a day, the newest first; hidden ones are marked so."""
    homes = [
        each for each in current_facts(Address, person_ids) if each.kind == "home" and is_in_force(each, on)
    ]
    return sorted(homes, key=lambda each: (each.started_on or date.min, each.pk), reverse=True)


def _first_by_root(root: dict[int, int], facts: Iterable[object]) -> dict[int, object]:
    """The first fact of each kept person, one of the kept record's own where it has any."""
    first: dict[int, object] = {}
    for fact in facts:
        kept = root[fact.person_id]  # type: ignore[attr-defined]
        if kept not in first or (
            fact.person_id == kept and first[kept].person_id != kept  # type: ignore[attr-defined]
        ):
            first[kept] = fact
    return first


def _one(pk: int, name, child_id, details, home, worker) -> Shown:  # type: ignore[no-untyped-def]
    full = f"{name.given_names} {name.family_name}".strip() if name else ""
    by_id = f"Child {child_id.value}" if child_id else "Name not known"
    hidden = home is None or home.is_confidential
    return Shown(
        person_id=pk,
        name=full or by_id,
        has_name=bool(full),
        authority=child_id.authority if child_id else "",
        date_of_birth=details.date_of_birth if details else None,
        date_of_birth_precision=details.date_of_birth_precision if details else DatePrecision.UNKNOWN,
        expected_date_of_birth=details.expected_date_of_birth
        if details and not details.pregnancy_ended_on
        else None,
        pregnancy_ended_on=details.pregnancy_ended_on if details else None,
        date_of_death=details.date_of_death if details else None,
        district="" if hidden else home.postcode.strip().rsplit(" ", 1)[0][:4].strip(),
        named_worker=_worker_name(worker),
        ring=_ring(worker),
    )


def _worker_name(allocation: Allocation | None) -> str:
    if allocation is None:
        return ""
    named = allocation.worker or allocation.team
    return str(named) if named else allocation.worker_reference


def _ring(allocation: Allocation | None) -> str:
    phones = [who.phone for who in (allocation.worker, allocation.team) if who] if allocation else []
    return next((phone for phone in phones if phone), "")
