"""Who may act at all: by the role held today, and by working with the child.

Each room's `permissions.py` says which roles; a rule is a pair, `check_can_...` with its reason and
`can_...` for yes or no. A working relationship is `kith.record.access.permissions`'s to tell.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Q
from django.utils import timezone

from kith.record.access import permissions as access
from kith.record.people.models import Person, Role, User, UserRole
from kith.record.refusals import NotAllowed

NOBODY = frozenset[str]()


def roles_today(user: User) -> frozenset[str]:
    """The roles a user holds today; none for somebody who no longer works here."""
    if not user.is_active:
        return NOBODY
    today = timezone.localdate()
    held = UserRole.objects.filter(Q(ended_on=None) | Q(ended_on__gt=today), user=user, started_on__lte=today)
    return frozenset(held.values_list("role", flat=True))


def check_role(by: User, roles: Iterable[Role], what: str) -> None:
    """Raise NotAllowed unless `by` holds one of the roles; `what` completes "may not" (`chair a conference`)."""
    wanted = list(roles)
    if not roles_today(by) & set(wanted):
        names = ", ".join(role.label.lower() for role in wanted)
        raise NotAllowed(f"Your role does not let you {what}.", f"Ask somebody who may: {names}.")


def check_works_with(by: User, children: Iterable[Person]) -> None:
    """Raise NotAllowed unless `by` may open the record of every one of the children."""
    for child in children:
        access.check_can_open(by, child)


def allows(check: Callable[..., None], *args: Any, **named: Any) -> bool:
    """Whether a check lets it pass: the `can_` half of a pair."""
    try:
        check(*args, **named)
    except NotAllowed:
        return False
    return True
