"""What a role lets somebody do: one table, `data/powers.csv`, read by every room.

Rules that turn on a working relationship with one person are in `access/permissions.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from kith.record.people import queries
from kith.record.people.models import Role, User
from kith.record.refusals import NotAllowed, NotPossible
from kith.standards.tables import rows

__all__ = ["NotAllowed", "Power", "can", "check_can", "powers", "powers_of"]


_POWERS = Path(__file__).parent / "data" / "powers.csv"


@dataclass(frozen=True)
class Power:
    """Something that some roles may do. `meaning` finishes "You may ..."."""

    name: str
    meaning: str
    roles: frozenset[str]


@cache
def powers() -> Mapping[str, Power]:
    """Every power by its name."""
    return {
        row["power"]: Power(row["power"], row["meaning"], frozenset(row["roles"].split()))
        for row in rows(_POWERS)
    }


def can(power: str, user: User | None, *, on: date | None = None) -> bool:
    """Whether a role that `user` holds (on a day; today when left out) has this power."""
    if user is None or not user.is_active:
        return False
    return bool(powers()[power].roles & queries.roles_of(user, on=on))


def check_can(power: str, user: User | None) -> None:
    """Raise NotAllowed unless a role that `user` holds today has this power."""
    if not can(power, user):
        wanted = powers()[power]
        who = ", ".join(sorted(str(Role(role).label).lower() for role in wanted.roles))
        raise NotAllowed(f"Your role does not let you {wanted.meaning}.", f"Ask somebody who may: {who}.")


OF_ONE_CHILD = ("open_record", "see_index", "see_who_looked")  # each shows its holder who a child is


def shows_children(role: str) -> bool:
    """Whether a role lets its holder see who a child is."""
    return any(role in powers()[name].roles for name in OF_ONE_CHILD)


def check_may_give(role: str, user: User, *, by: User, on: date) -> None:
    """Raise unless `by` may give `user` this role from a day.

    Nobody gives themselves a role, and whoever lets others in sees no child: the two are not one person's.
    Raises NotAllowed, NotPossible.
    """
    check_can("manage_staff", by)
    if user.pk == by.pk:
        raise NotAllowed("You may not give yourself a role.", "Ask another administrator.")
    held = queries.roles_from(user, on)
    both = {Role(role), *held}
    if Role.ADMINISTRATOR in both and any(shows_children(one) for one in both):
        raise NotPossible(
            f"{user} would let others in and see children’s records as well. Administrators see no child.",
            "End the other role first, or give this one to somebody else.",
        )


def check_can_hand_over(by: User, worker: User | None) -> None:
    """Raise NotAllowed unless it is `by`'s own work, or `by` allocates workers."""
    if worker is not None and worker.pk == by.pk:
        check_can("hand_over", by)
    else:
        check_can("allocate", by)


def check_can_arrange_cover(by: User, worker: User) -> None:
    """Raise NotAllowed unless `by` arranges their own cover, or manages a team `worker` is in.

    Cover opens another's records, so that nobody but these may give it; heads of service may for all.
    """
    if by.pk == worker.pk:
        check_can("hand_over", by)
        return
    check_can("cover_for_others", by)
    teams = [member.team_id for member in queries.memberships_of(worker)]
    manages = queries.managers_of(teams).filter(pk=by.pk).exists()
    if not manages and Role.SENIOR_MANAGER not in queries.roles_of(by):
        raise NotAllowed(f"You do not manage a team that {worker} is in.", "Ask their manager.")


def powers_of(user: User) -> set[str]:
    """Every power that `user` has today."""
    roles = queries.roles_of(user) if user.is_active else set()
    return {name for name, power in powers().items() if power.roles & roles}
