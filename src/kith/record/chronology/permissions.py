"""Who may act for a child: a power of a role held today, and a working relationship with the child.

Powers are in `people/data/powers.csv`; the relationship is `access/permissions.py`'s to tell. Each
room's `permissions.py` pairs them: `check_can_...` raises with its reason, `can_...` says yes or no.
"""

from collections.abc import Callable, Iterable
from typing import Any

from kith.record.access import permissions as access
from kith.record.people.models import Person, User
from kith.record.people.permissions import check_can
from kith.record.refusals import NotAllowed


def check_can_act(power: str, by: User, children: Iterable[Person]) -> None:
    """Raise NotAllowed unless `by` has the power and may open the record of every one of the children."""
    check_can(power, by)
    for child in children:
        access.check_can_open(by, child)


def allows(check: Callable[..., None], *args: Any) -> bool:
    """Whether a check lets it pass: the `can_` half of a pair."""
    try:
        check(*args)
    except NotAllowed:
        return False
    return True
