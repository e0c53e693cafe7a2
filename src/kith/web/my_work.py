"""My work: what this person has to do and to know today, from what the record holds."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from kith.record.access.models import BreakGlass, Message
from kith.record.audit.models import Batch
from kith.record.audit.services import record_read
from kith.record.clocks.queries import DueLine, due_for_people
from kith.record.people import permissions, queries
from kith.record.people.models import Allocation, Membership, Person, User
from kith.web.templatetags.kith import long_date
from kith.web.who_may import signed_in, user_of

IMPORTS_SHOWN = 5
THIS_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class ChildLine:
    """A child as one line of a worker's list."""

    shown: queries.Shown
    note: str  # since when the child has been this worker's
    url: str


@dataclass(frozen=True)
class ChildDue:
    """Something due for one child of this worker."""

    line: DueLine
    shown: queries.Shown
    url: str


@signed_in
def my_work(request: HttpRequest) -> HttpResponse:
    """The first page after signing in."""
    user, today = user_of(request), timezone.localdate()
    children = children_of(user, today)
    write_down_names(user, children)
    due = due_lines(children, today)
    reviews, imports = permissions.can("review_glass", user), permissions.can("import_returns", user)
    page = {
        "today": today,
        "children": children,
        "now": [line for line in due if line.line.due_on is None or line.line.due_on <= today],
        "soon": [line for line in due if line.line.due_on and today < line.line.due_on <= today + THIS_WEEK],
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


def due_lines(children: list[ChildLine], on: date) -> list[ChildDue]:
    """What is due or late for these children on a day, the latest first."""
    shown = {child.shown.person_id: child for child in children}
    by_id = {pk: shown[kept] for kept, ids in queries.merged_under(shown).items() for pk in ids}
    return [
        ChildDue(line, by_id[line.person_id].shown, by_id[line.person_id].url)
        for line in due_for_people(sorted(by_id), on)
        if line.person_id in by_id
    ]


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
