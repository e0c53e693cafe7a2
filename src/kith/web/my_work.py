"""My work: what this person has to do and to know today, from what the record holds."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from kith.record.access.looking import show_names
from kith.record.access.models import BreakGlass, Message, RestrictedMatch
from kith.record.access.permissions import accesses
from kith.record.access.queries import matches_to_answer
from kith.record.audit.models import Batch
from kith.record.audit.services import record_read
from kith.record.clocks.queries import DueLine, due_for_people
from kith.record.once import reading
from kith.record.pathway.queries import Stage, in_open_work, stages
from kith.record.people import permissions, queries
from kith.record.people.models import Allocation, Membership, Person, Role, Team, User
from kith.web.story.home import where_each_lives
from kith.web.who_may import signed_in, user_of

IMPORTS_SHOWN = 5
LINES_SHOWN = 20  # of what is late in a team; the rest a press away
WAITING_SHOWN = 10
ANSWER_CALLS = {Role.OUT_OF_HOURS, Role.DUTY_WORKER}
THIS_WEEK = timedelta(days=7)
STAGES = {
    "help": "Help",
    "assessment": "Assessment",
    "protection": "Protection",
    "care": "In care",
    "leaving": "Leaving care",
}


@dataclass(frozen=True)
class ChildDue:
    """Something due for one child."""

    line: DueLine
    shown: queries.Shown
    url: str

    def is_by(self, day: date) -> bool:
        """Whether it is due by the end of a day; what has no day is due now."""
        return self.line.due_on is None or self.line.due_on <= day


@dataclass(frozen=True)
class ChildCard:
    """A child of this worker: where they are on the path, and what comes next."""

    shown: queries.Shown
    stage: str
    stage_since: date | None
    yours_since: date
    next_due: DueLine | None
    more_due: int  # how many besides `next_due` are due or late
    url: str
    lives: str  # where, when it is not at the home on record


@dataclass(frozen=True)
class Carried:
    """How much one worker of a team carries today."""

    worker: str
    children: int
    late: int


@dataclass(frozen=True)
class TeamWork:
    """What a manager has to see of their teams: late, soon, nobody's, and who carries most."""

    teams: tuple[Team, ...]
    late: list[ChildDue]
    late_in_all: int
    soon: list[ChildDue]
    soon_in_all: int
    waiting: list[tuple[queries.Shown, str]]
    waiting_in_all: int
    carried: list[Carried]


@signed_in
def my_work(request: HttpRequest) -> HttpResponse:
    """The first page after signing in: decisions, what is late, what is due, the people."""
    with reading(), queries.remembering_roles():
        return render(request, "kith/my_work.html", _work_of(request))


def _work_of(request: HttpRequest) -> dict[str, Any]:
    user, today = user_of(request), timezone.localdate()
    cards, due = children_of(user, today)
    reviews, imports = permissions.can("review_glass", user), permissions.can("import_returns", user)
    return {
        "today": today,
        "cards": cards,
        "now": [each for each in due if each.is_by(today)],
        "soon": [each for each in due if not each.is_by(today) and each.is_by(today + THIS_WEEK)],
        "works_with_children": permissions.can("open_record", user) and not holds_no_children(user),
        "answers_calls": bool(queries.roles_of(user, on=today) & ANSWER_CALLS),
        "keeps_records": Role.CUSTODIAN in queries.roles_of(user, on=today),
        "team": team_work(user, today, everything=request.GET.get("late") == "all"),
        "matches": list(matches_for(user)),
        "unread": Message.objects.filter(to=user, read_at=None).order_by("-sent_at"),
        "may_review": reviews,
        "reviews": reviews_for(user, today) if reviews else [],
        "may_import": imports,
        "batches": Batch.objects.order_by("-started_at")[:IMPORTS_SHOWN] if imports else [],
    }


def holds_no_children(user: User) -> bool:
    """Whether this person's roles are all of those to whom no child is allocated."""
    return queries.roles_of(user) <= ANSWER_CALLS | {Role.CUSTODIAN}


@signed_in
@require_POST
def mark_read(request: HttpRequest, message_id: int) -> HttpResponse:
    """Put a message away, once, and go back to My work."""
    message = get_object_or_404(Message, pk=message_id, to=request.user)
    Message.objects.filter(pk=message.pk, read_at=None).update(read_at=timezone.now())
    return redirect("my_work")


def children_of(user: User, on: date) -> tuple[list[ChildCard], list[ChildDue]]:
    """This worker's own children as cards, by name, and all that is due for them, the latest first.

    Each name shown is written down; duty may read on while the audit is down (D9).
    """
    mine = Allocation.current.filter(queries.in_force(on), worker=user).order_by("-started_on")
    held = list(mine.values_list("person_id", "started_on"))
    kept = queries.kept_ids(pk for pk, _ in held)
    seen = accesses(user, set(kept.values()))
    since = {  # the worker's first day comes last; who has been restricted since is not named
        kept[pk]: started_on for pk, started_on in held if not seen[kept[pk]].is_restricted
    }
    if not since:
        return [], []
    record_read(
        "name_shown",
        by=user,
        persons=list(since),
        about={"page": "my_work"},
        may_journal=permissions.can("read_when_audit_is_down", user),
    )
    people, under = queries.shown(since, on=on), queries.merged_under(since)
    due = due_lines(people, under, on)
    where, lives = stages(under, on), where_each_lives(people, under, on)
    cards = [_card(people[pk], where[pk], since[pk], due, lives.get(pk, "")) for pk in since]
    return sorted(cards, key=lambda card: card.shown.name), due


def _card(shown: queries.Shown, where: Stage, since: date, due: Sequence[ChildDue], lives: str) -> ChildCard:
    own = [each.line for each in due if each.shown.person_id == shown.person_id]
    words = STAGES.get(where.name, "")
    return ChildCard(
        shown=shown,
        stage=words,
        stage_since=where.since if words else None,
        yours_since=since,
        next_due=own[0] if own else None,
        more_due=max(len(own) - 1, 0),
        url=story_url(shown.person_id),
        lives=lives,
    )


def due_lines(
    people: Mapping[int, queries.Shown], under: Mapping[int, Iterable[int]], on: date
) -> list[ChildDue]:
    """What is due or late for these people on a day, the latest first; `under` has all their records' ids."""
    root = {pk: kept for kept, ids in under.items() for pk in ids}
    return [
        ChildDue(line, people[root[line.person_id]], story_url(root[line.person_id]))
        for line in due_for_people(sorted(root), on)
        if root.get(line.person_id) in people
    ]


def team_work(user: User, on: date, *, everything: bool = False) -> TeamWork | None:
    """What the teams that `user` manages have late, soon and on nobody's desk; None for who manages none."""
    led = queries.memberships_of(user, on=on).filter(is_manager=True)
    teams = tuple(sorted({one.team for one in led}, key=lambda team: team.name))
    if not teams:
        return None
    held = _held_by(teams, on)
    under = queries.merged_under(queries.kept_ids(one.person_id for one in held).values())
    root = {pk: kept for kept, ids in under.items() for pk in ids}
    lines = [line for line in due_for_people(sorted(root), on) if line.person_id in root]
    late = [line for line in lines if line.is_late]
    week = [line for line in lines if not line.is_late and line.due_on and line.due_on <= on + THIS_WEEK]
    first = late if everything else late[:LINES_SHOWN]
    waiting = list(_waiting(on)[:WAITING_SHOWN])
    next_up = week[:LINES_SHOWN]
    named = {root[line.person_id] for line in [*first, *next_up]} | set(waiting)
    people = show_names(user, named, where="my team's work")
    return TeamWork(
        teams=teams,
        late=_of_children(first, root, people),
        late_in_all=len(late),
        soon=_of_children(next_up, root, people),
        soon_in_all=len(week),
        waiting=[(people[pk], story_url(pk)) for pk in waiting if pk in people],
        waiting_in_all=_waiting(on).count(),
        carried=_carried(held, root, late),
    )


def _of_children(
    lines: Iterable[DueLine], root: Mapping[int, int], people: Mapping[int, queries.Shown]
) -> list[ChildDue]:
    """These lines with the child of each; those of a child whose name may not be shown are left out."""
    return [
        ChildDue(line, people[root[line.person_id]], story_url(root[line.person_id]))
        for line in lines
        if root[line.person_id] in people
    ]


def _held_by(teams: Sequence[Team], on: date) -> list[Allocation]:
    """The allocations in force of these teams and of their members."""
    members = Membership.objects.filter(queries.in_force(on), team__in=teams).values("user")
    held = Allocation.current.filter(queries.in_force(on)).filter(Q(team__in=teams) | Q(worker__in=members))
    return list(held.select_related("worker"))


def _waiting(on: date) -> "QuerySet[Allocation, int]":
    """The ids of people with open work whom nobody works with, those who have waited longest first."""
    nobody = Allocation.current.filter(
        queries.in_force(on), in_open_work(on), team__is_unallocated=True, person__merged_into=None
    )
    return nobody.order_by("started_on", "person_id").values_list("person_id", flat=True)


def _carried(held: Iterable[Allocation], root: Mapping[int, int], late: Iterable[DueLine]) -> list[Carried]:
    """Each worker with how many children they have and how much is late for them, the most first."""
    late_for = Counter(root[line.person_id] for line in late)
    theirs: dict[str, set[int]] = {}
    for each in held:
        if each.worker is not None and each.person_id in root:
            theirs.setdefault(each.worker.name, set()).add(root[each.person_id])
    carried = [
        Carried(worker, len(children), sum(late_for[pk] for pk in children))
        for worker, children in theirs.items()
    ]
    return sorted(carried, key=lambda one: (-one.children, -one.late, one.worker))


def reviews_for(manager: User, on: date) -> QuerySet[BreakGlass]:
    """Glass not yet reviewed, the soonest due first: broken by people of this manager's teams, or on a child
    of those teams by anybody else, out-of-hours workers among them."""
    teams = queries.memberships_of(manager, on=on).filter(is_manager=True).values("team_id")
    people = Membership.objects.filter(queries.in_force(on), team_id__in=teams).values("user_id")
    children = Allocation.current.filter(queries.in_force(on), team_id__in=teams).values("person_id")
    theirs = Q(user_id__in=people) | Q(person_id__in=children)
    waiting = BreakGlass.objects.filter(theirs, reviewed_at=None).exclude(user=manager)
    return waiting.select_related("user").order_by("review_due_on")


def matches_for(user: User) -> QuerySet[RestrictedMatch]:
    """Searches that met a record this custodian keeps, and wait for their word."""
    return matches_to_answer(user)


def story_url(person: Person | int) -> str:
    """Where this person's story is read; "" while there is no such page."""
    try:
        return reverse("story", args=[getattr(person, "pk", person)])
    except NoReverseMatch:
        return ""
