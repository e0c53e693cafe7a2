"""Who may see whom (D8): a role and a real working relationship, or glass broken for a time.

Three levels. Index: known, named worker, how to ring. Record: the file. Restricted: only the
people its custodian names. Each rule is a pair: `check_...` raises, `can_...` says yes or no.
"""

import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kith.record.access import queries
from kith.record.access.models import Restriction
from kith.record.once import asking_once, once
from kith.record.people import queries as people
from kith.record.people.models import Person, Role, User
from kith.record.people.permissions import powers_of
from kith.record.refusals import NotAllowed

__all__ = [
    "Access",
    "Level",
    "NotAllowed",
    "accesses",
    "can_open",
    "can_open_index",
    "can_see_who_looked",
    "check_can_open",
    "check_can_open_index",
    "check_can_see_who_looked",
    "is_restricted",
    "level",
    "may_know",
    "reason_known",
]

A_MANAGER_WILL_CONFIRM = "A manager will confirm whether this person is known, and will ring you."


class Level(enum.IntEnum):
    """How much of a person somebody may see."""

    NOTHING = 0
    INDEX = 1
    RECORD = 2


@dataclass(frozen=True)
class Access:
    """What one user may see of one person, and why. `because` is "" where nothing ties them."""

    level: Level
    because: str = ""
    is_restricted: bool = False  # kept from this user, whatever their role
    never_matches: bool = False  # a sealed adoption file, to anyone but those named on it


def level(user: User, person: Person) -> Level:
    """How much of `person` this user may see now."""
    return _access(user, person).level


def reason_known(user: User, person: Person) -> str:
    """Why this user may open the record ("allocated worker"), or "" when nothing allows it."""
    known = _access(user, person)
    return known.because if known.level is Level.RECORD else ""


def can_open(user: User, person: Person) -> bool:
    """Whether `user` may open the record of `person`."""
    return level(user, person) is Level.RECORD


def check_can_open(user: User, person: Person) -> None:
    """Raise NotAllowed(reason, next_step) unless `user` may open the record of `person`."""
    known = _access(user, person)
    if known.level is Level.RECORD:
        return
    if known.is_restricted:
        raise NotAllowed("Kith cannot show you anything here.", A_MANAGER_WILL_CONFIRM)
    if "break_glass" in powers_of(user):
        raise NotAllowed(
            "You are not working with this person.",
            "Ask their named worker or your manager. If it cannot wait, open the record with a reason.",
        )
    raise NotAllowed("You are not working with this person.", "Ask their named worker, or your manager.")


def can_open_index(user: User, person: Person) -> bool:
    """Whether `user` may see that `person` is known, and by whom."""
    return level(user, person) >= Level.INDEX


def check_can_open_index(user: User, person: Person) -> None:
    """Raise NotAllowed unless `user` may see that `person` is known, and by whom."""
    known = _access(user, person)
    if known.is_restricted:
        raise NotAllowed("Kith cannot show you anything here.", A_MANAGER_WILL_CONFIRM)
    if known.level < Level.INDEX:
        raise NotAllowed("Your role does not let you look people up.", "Ask a duty worker to look for you.")


def is_restricted(user: User, person: Person) -> bool:
    """Whether `person` is kept from `user` whatever their role: restricted, or the worker's own."""
    return _access(user, person).is_restricted


def may_know(users: Iterable[User | None], children: Sequence[Person]) -> list[User]:
    """Those of these users who work here and from whom none of these children is kept, each once."""
    known = {user.pk: user for user in users if user is not None and user.is_active}
    return [user for user in known.values() if not any(is_restricted(user, child) for child in children)]


@asking_once
def check_can_see_who_looked(user: User, person: Person) -> None:
    """Raise NotAllowed unless `user` may see who looked at `person`: a power, or their own work.

    Of a restricted record, only those named on it and the data-protection officer may; nobody may of
    one that they are themselves kept apart from.
    """
    known = _access(user, person)
    powers = powers_of(user)
    is_apart = bool(queries.kept_apart_from(user, people.same_person_ids(person)))
    if Role.DATA_PROTECTION in people.roles_of(user) and user.is_active and not is_apart:
        return
    if known.is_restricted or not ("see_who_looked" in powers or known.level is Level.RECORD):
        raise NotAllowed("You may not see who looked at this record.", "Ask the data-protection officer.")


def can_see_who_looked(user: User, person: Person) -> bool:
    """Whether `user` may see who looked at `person`."""
    try:
        check_can_see_who_looked(user, person)
    except NotAllowed:
        return False
    return True


@asking_once
def accesses(user: User, person_ids: Iterable[int]) -> dict[int, Access]:
    """What `user` may see of each of these kept persons, in a dozen queries however many there are."""
    under = people.merged_under(person_ids)
    return _accesses(user, under, queries.ties(user, under, powers=powers_of(user)))


def _accesses(user: User, under: Mapping[int, Sequence[int]], ties: Mapping[int, str]) -> dict[int, Access]:
    everyone = [pk for ids in under.values() for pk in ids]
    powers = powers_of(user)
    restrictions = queries.restrictions_on(everyone)
    apart = queries.kept_apart_from(user, everyone)
    return {
        kept: _one(
            user,
            powers,
            ties.get(kept, ""),
            [restriction for pk in ids for restriction in restrictions.get(pk, [])],
            bool(apart.intersection(ids)),
        )
        for kept, ids in under.items()
    }


def not_kept_from(user: User, person_ids: Iterable[int]) -> dict[int, int]:
    """Of these persons' ids, those of whom `user` may know, each with its kept id: for totals, unnamed."""
    kept = people.kept_ids(person_ids)
    under, powers = people.merged_under(set(kept.values())), powers_of(user)
    # Who may look anybody up knows of all that are not kept from them, whatever ties them to each.
    ties = {} if "see_index" in powers else queries.ties(user, under, powers=powers)
    seen = _accesses(user, under, ties)
    return {pk: one for pk, one in kept.items() if seen[one].level > Level.NOTHING}


def _access(user: User, person: Person) -> Access:
    kept = people.survivor(person).pk
    return once(("access", user.pk, kept), lambda: accesses(user, [kept])[kept])


def _one(
    user: User, powers: set[str], tie: str, restrictions: list[Restriction], is_kept_apart: bool
) -> Access:
    if is_kept_apart:
        return Access(Level.NOTHING, is_restricted=True, never_matches=_is_sealed(restrictions))
    if restrictions:
        is_custodian = "lift_restriction" in powers
        if powers and all(queries.is_named_on(one, user, is_custodian=is_custodian) for one in restrictions):
            return Access(Level.RECORD, "named on the restriction")
        return Access(Level.NOTHING, is_restricted=True, never_matches=_is_sealed(restrictions))
    if tie and "open_record" in powers:
        return Access(Level.RECORD, tie)
    return Access(Level.INDEX if "see_index" in powers else Level.NOTHING)


def _is_sealed(restrictions: list[Restriction]) -> bool:
    return any(restriction.kind == Restriction.Kind.SEALED_ADOPTION for restriction in restrictions)
