"""Beginning help with a child whose record is closed: it opens for a time, and managers are told at once.

Source: docs/decisions/0034-own-messages.md.
"""

from collections.abc import Iterable, Sequence

from django.utils import timezone

from kith.record.access.permissions import Level, level
from kith.record.access.services import LONGEST_HOURS, break_glass_for_family
from kith.record.help.queries import ONE_ACT
from kith.record.people.models import Person, User
from kith.record.people.permissions import can


def closed_to(by: User, children: Iterable[Person]) -> list[Person]:
    """Those of these children whose record is closed to `by`: not kept from them, nor made just now."""
    known = Person.objects.filter(
        pk__in=[child.pk for child in children], created_at__lt=timezone.now() - ONE_ACT
    )
    return [child for child in known.order_by("pk") if level(by, child) is Level.INDEX]


def open_for_help(closed: Sequence[Person], *, by: User, because: str) -> None:
    """Open these records to `by` with help as the reason, for a time; managers are told and review it."""
    if closed and can("break_glass", by):
        break_glass_for_family(closed[0], others=closed[1:], by=by, reason=because, hours=LONGEST_HOURS)
