"""Who may act for a child: a power of a role held today, and a working relationship with the child.

Powers are in `people/data/powers.csv`; the relationship is `access/permissions.py`'s to tell. Each
room's `permissions.py` pairs them: `check_can_...` raises with its reason, `can_...` says yes or no.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from kith.record.access import permissions as access
from kith.record.once import asking_once
from kith.record.people.models import Person, User
from kith.record.people.permissions import check_can
from kith.record.refusals import NotAllowed


class Passed:
    """The checks that have passed during one run of many acts, so that none is made twice."""

    def __init__(self) -> None:
        self._powers: set[tuple[str, int]] = set()
        self._openings: dict[int, set[tuple[int, bool]]] = {}

    def check_can(self, power: str, by: User) -> None:
        if (power, by.pk) not in self._powers:
            check_can(power, by)
            self._powers.add((power, by.pk))

    def check_works_with(self, by: User, child: Person, *, is_independent: bool) -> None:
        passed = self._openings.setdefault(child.pk, set())
        if (by.pk, is_independent) not in passed:
            _check_works_with(by, child, is_independent=is_independent)
            passed.add((by.pk, is_independent))

    def forget(self, child: Person) -> None:
        """Check anew: who works with this child has changed."""
        self._openings.pop(child.pk, None)


_passed: ContextVar[Passed | None] = ContextVar("passed", default=None)


@contextmanager
def checking_once() -> Iterator[Passed]:
    """Within, a check that has passed is not made again until `forget`: for one run of many acts."""
    passed = Passed()
    token = _passed.set(passed)
    try:
        yield passed
    finally:
        _passed.reset(token)


@asking_once
def check_can_act(power: str, by: User, children: Iterable[Person], *, is_independent: bool = False) -> None:
    """Raise NotAllowed unless `by` has the power and works with every one of the children.

    With `is_independent` (a chair, a reviewing officer) the power is enough, but for a restricted
    record: they are not to be in the line of those who work with the child.
    """
    passed = _passed.get() or Passed()
    passed.check_can(power, by)
    for child in children:
        passed.check_works_with(by, child, is_independent=is_independent)


def _check_works_with(by: User, child: Person, *, is_independent: bool) -> None:
    if is_independent:
        access.check_can_open_index(by, child)
    else:
        access.check_can_open(by, child)


def allows(check: Callable[..., None], *args: Any) -> bool:
    """Whether a check lets it pass: the `can_` half of a pair."""
    try:
        check(*args)
    except NotAllowed:
        return False
    return True
