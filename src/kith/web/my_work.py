"""My work: what this person has to do and to know today, from what the record holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from kith.record.access.models import BreakGlass, Message
from kith.record.audit.models import Batch
from kith.record.audit.services import record_many
from kith.record.people.models import (
    Allocation,
    Identifier,
    Membership,
    PersonDetails,
    PersonName,
    Role,
    User,
)
from kith.web.who_may import roles_of, signed_in

MANAGES = frozenset({Role.TEAM_MANAGER, Role.SENIOR_MANAGER})
IMPORTS = frozenset({Role.ANALYST, Role.ADMINISTRATOR})
IMPORTS_SHOWN = 5


@dataclass(frozen=True)
class ChildLine:
    """A child as one line of a list."""

    person_id: int
    name: str
    child_id: str
    born: date | None
    since: date
    role: str
    url: str


@signed_in
def my_work(request: HttpRequest) -> HttpResponse:
    """The first page after signing in."""
    user, today = request.user, timezone.localdate()
    children = children_of(user, today)
    record_many(
        "name_shown", by=user, persons=[child.person_id for child in children], about={"page": "my_work"}
    )
    manages, imports = bool(roles_of(user) & MANAGES), bool(roles_of(user) & IMPORTS)
    page = {
        "today": today,
        "children": children,
        "unread": Message.objects.filter(to=user, read_at=None).order_by("-sent_at"),
        "manages": manages,
        "reviews": reviews_for(user, today) if manages else [],
        "imports": imports,
        "batches": Batch.objects.order_by("-started_at")[:IMPORTS_SHOWN] if imports else [],
    }
    return render(request, "kith/my_work.html", page)


@signed_in
@require_POST
def mark_read(request: HttpRequest, message_id: int) -> HttpResponse:
    """Put a message away, once, and go back to My work."""
    message = get_object_or_404(Message, pk=message_id, to=request.user)
    Message.objects.filter(pk=message.pk, read_at=None).update(read_at=timezone.now())
    return redirect("my_work")


def children_of(user: User, on: date) -> list[ChildLine]:
    """The people this worker is allocated to on a day, by name; each person once, since the first day."""
    allocations: dict[int, Allocation] = {}
    open_then = Q(ended_on=None) | Q(ended_on__gte=on)
    for allocation in Allocation.current.filter(open_then, worker=user, started_on__lte=on).order_by(
        "-started_on"
    ):
        allocations[allocation.person_id] = allocation
    names, ids, births = _names(allocations), _child_ids(allocations), _births(allocations)
    lines = [
        ChildLine(
            person_id=person_id,
            name=names.get(person_id) or f"Child {ids.get(person_id, 'with no name recorded')}",
            child_id=ids.get(person_id, ""),
            born=births.get(person_id),
            since=allocation.started_on,
            role=allocation.role.replace("_", " "),
            url=_story_url(person_id),
        )
        for person_id, allocation in allocations.items()
    ]
    return sorted(lines, key=lambda line: line.name)


def reviews_for(manager: User, on: date) -> QuerySet[BreakGlass]:
    """Glass broken by people of this manager's teams and not yet reviewed, the soonest due first."""
    in_force = Q(ended_on=None) | Q(ended_on__gte=on)
    mine = Membership.objects.filter(in_force, user=manager, is_manager=True, started_on__lte=on)
    people = Membership.objects.filter(in_force, team__in=mine.values("team"), started_on__lte=on)
    waiting = BreakGlass.objects.filter(reviewed_at=None, user__in=people.values("user")).exclude(
        user=manager
    )
    return waiting.select_related("user").order_by("review_due_on")


def _names(person_ids: Iterable[int]) -> dict[int, str]:
    found = PersonName.current.filter(person__in=list(person_ids), ended_on=None).exclude(kind="previous")
    return {
        name.person_id: f"{name.given_names} {name.family_name}".strip()
        for name in found.order_by("kind")  # "known as" before "legal": the legal name has the last word
    }


def _child_ids(person_ids: Iterable[int]) -> dict[int, str]:
    found = Identifier.current.filter(
        person__in=list(person_ids), kind=Identifier.Kind.CHILD_ID, ended_on=None
    )
    return dict(found.values_list("person_id", "value"))


def _births(person_ids: Iterable[int]) -> dict[int, date | None]:
    return dict(
        PersonDetails.current.filter(person__in=list(person_ids)).values_list("person_id", "date_of_birth")
    )


def _story_url(person_id: int) -> str:
    try:
        return reverse("story", args=[person_id])
    except NoReverseMatch:
        return ""
