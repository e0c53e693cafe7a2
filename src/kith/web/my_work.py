"""My work: what this person has to do and to know today, from what the record holds."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from kith.record.access.models import BreakGlass, Message
from kith.record.audit.models import Batch
from kith.record.audit.services import record_read
from kith.record.people import permissions, queries
from kith.record.people.models import Allocation, Membership, Person, User
from kith.web.templatetags.kith import long_date
from kith.web.who_may import signed_in

IMPORTS_SHOWN = 5


@dataclass(frozen=True)
class ChildLine:
    """A child as one line of a worker's list."""

    shown: queries.Shown
    note: str  # since when the child has been this worker's
    url: str


@signed_in
def my_work(request: HttpRequest) -> HttpResponse:
    """The first page after signing in."""
    user, today = request.user, timezone.localdate()
    children = children_of(user, today)
    write_down_names(user, children)
    reviews, imports = permissions.can("review_glass", user), permissions.can("import_returns", user)
    page = {
        "today": today,
        "children": children,
        "works_with_children": permissions.can("open_record", user),
        "unread": Message.objects.filter(to=user, read_at=None).order_by("-sent_at"),
        "may_review": reviews,
        "reviews": reviews_for(user, today) if reviews else [],
        "may_import": imports,
        "batches": Batch.objects.order_by("-started_at")[:IMPORTS_SHOWN] if imports else [],
    }
    return render(request, "kith/my_work.html", page)


def write_down_names(user: User, children: list[ChildLine]) -> None:
    """Each name shown goes into the audit; duty may read on while it is down (D9)."""
    record_read(
        "name_shown",
        by=user,
        persons=[child.shown.person_id for child in children],
        about={"page": "my_work"},
        may_journal=permissions.can("read_when_audit_is_down", user),
    )


@signed_in
@require_POST
def mark_read(request: HttpRequest, message_id: int) -> HttpResponse:
    """Put a message away, once, and go back to My work."""
    message = get_object_or_404(Message, pk=message_id, to=request.user)
    Message.objects.filter(pk=message.pk, read_at=None).update(read_at=timezone.now())
    return redirect("my_work")


def children_of(user: User, on: date) -> list[ChildLine]:
    """The people this worker is allocated to on a day, by name; each once, since the worker's first day."""
    since: dict[int, date] = {}
    mine = Allocation.current.filter(queries.in_force(on), worker=user).select_related("person")
    for allocation in mine.order_by("-started_on"):
        since[queries.survivor(allocation.person).pk] = allocation.started_on
    lines = [
        ChildLine(one, f"yours since {long_date(since[pk])}", story_url(pk))
        for pk, one in queries.shown(since, on=on).items()
    ]
    return sorted(lines, key=lambda line: line.shown.name)


def reviews_for(manager: User, on: date) -> QuerySet[BreakGlass]:
    """Glass broken by people of this manager's teams and not yet reviewed, the soonest due first."""
    teams = queries.memberships_of(manager, on=on).filter(is_manager=True).values("team_id")
    people = Membership.objects.filter(queries.in_force(on), team_id__in=teams).values("user_id")
    waiting = BreakGlass.objects.filter(reviewed_at=None, user_id__in=people).exclude(user=manager)
    return waiting.select_related("user").order_by("review_due_on")


def story_url(person: Person | int) -> str:
    """Where this person's story is read; "" while there is no such page."""
    try:
        return reverse("story", args=[getattr(person, "pk", person)])
    except NoReverseMatch:
        return ""
