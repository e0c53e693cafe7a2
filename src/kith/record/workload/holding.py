"""Which role may hold which kind of work with a child (data/cannot_hold.csv)."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from kith.record.people.models import Role
from kith.record.refusals import NotPossible
from kith.standards.tables import day, rows

_TABLE = Path(__file__).parent / "data" / "cannot_hold.csv"
SOCIAL_WORKERS = {Role.SOCIAL_WORKER, Role.LEAD_PROTECTION_PRACTITIONER}  # registered as that


class CannotHold(NotPossible):
    """Somebody whose role cannot hold this kind of work."""


@dataclass(frozen=True)
class Cannot:
    """One row: who has `role` here cannot be `as_role` to a child at this stage of the work ("": at any)."""

    role: str
    as_role: str
    stage: str
    why: str
    source: str
    since: date | None


@cache
def _table() -> tuple[Cannot, ...]:
    return tuple(
        Cannot(row["role"], row["as_role"], row["stage"], row["why"], row["source"], day(row["since"]))
        for row in rows(_TABLE)
    )


def check_can_hold(
    name: str, roles: Container[str], as_role: str, stage: str, on: date, *, child: str, is_beside: bool
) -> None:
    """Raise CannotHold where none of somebody's roles may be `as_role` to a child at this stage of the work.

    Who is a social worker too may hold it all; `is_beside` where the child has a social worker already.
    """
    if any(role in roles for role in SOCIAL_WORKERS):
        return
    for one in _table():
        fits = one.role in roles and one.as_role == as_role and one.stage in {"", stage}
        in_force = one.since is None or one.since <= on
        if fits and in_force and not (one.stage and is_beside):
            label = str(Role(one.role).label).lower()
            raise CannotHold(
                f"{name} is a {label}, and {one.why} ({one.source}). This is about {child}.",
                "Choose a social worker.",
            )
