"""My work: what this person has to do and to know today, from what the record holds."""

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from kith.record.access.looking import show_names
from kith.record.access.messages import read, unread_of
from kith.record.access.models import Message, RestrictedMatch
from kith.record.access.permissions import Level, accesses, not_kept_from
from kith.record.access.queries import glass_to_review, matches_to_answer
from kith.record.audit.models import Batch
from kith.record.audit.services import record_read
from kith.record.clocks.queries import DueLine, due_for_people, together
from kith.record.once import reading
from kith.record.owed.queries import OwedLine, owed_by
from kith.record.pathway.queries import Stage, stages, waiting_for_a_worker
from kith.record.pathway.visit_clocks import ACT as VISIT
from kith.record.people import permissions, queries
from kith.record.people.local import local_number
from kith.record.people.models import Allocation, Person, Team, User
from kith.record.planning.queries import actions_due_for, actions_late_of_others
from kith.record.protection.clock_facts import DISCUSSION, DISCUSSION_TODAY
from kith.record.visits.queries import is_a_visitor
from kith.record.workload.queries import key_of, said_of
from kith.standards.clocks import Moment, day_of
from kith.web.areas import brought
from kith.web.sections import Section, shown_on
from kith.web.story.home import where_each_lives
from kith.web.who_may import signed_in, user_of
from kith.web.working.cards import AtAGlance, at_a_glance, next_visit
from kith.web.working.grouped import OfAFamily, OfAKind, cannot_wait, is_danger, of_a_kind, of_families
from kith.web.working.nobodys import why_nobody
from kith.web.working.subjects import subjects_of
from kith.web.working.together import families_among

IMPORTS_SHOWN = 5
LINES_SHOWN = 60  # of what is late in a team, folded by kind; the rest a press away
WAITING_SHOWN = 10
DISCUSSIONS = {DISCUSSION, DISCUSSION_TODAY}
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
    """Something due for one child, or on one day for several of a family: then `others` are the rest.

    `reason` is why it is late, as somebody said; `late_url` is where that is said, `aside_url` where a
    manager says that nobody has to do it, and `ask_url` asks those who work with the child, at one press.
    """

    line: DueLine
    shown: queries.Shown
    url: str
    others: tuple[tuple[queries.Shown, str], ...] = ()
    reason: str = ""
    late_url: str = ""
    aside_url: str = ""
    ask_url: str = ""

    def is_by(self, day: date) -> bool:
        """Whether it is due by the end of a day; what has no day, or cannot wait for it, is due now."""
        return self.line.is_at_once or self.line.due_on is None or self.line.due_on <= day


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
    glance: AtAGlance
    next_visit: DueLine | None
    covered_for: str  # the colleague whose child this is, while this person covers for them


@dataclass(frozen=True)
class Carried:
    """What one worker of a team carries today; `over`: more children than the authority's limit."""

    worker: str
    children: int
    soon: int  # due for them in the next seven days
    late: int
    over: bool


@dataclass(frozen=True)
class Nobodys:
    """A child with open work whom nobody works with; `give_url` is where they are given to somebody.

    `why` says how that came: they are new, an import brought them, or whoever worked with them left.
    """

    shown: queries.Shown
    url: str
    give_url: str
    why: str


@dataclass(frozen=True)
class TeamWork:
    """What a manager has to see of their teams: what cannot wait, late, soon, nobody's, and what each has.

    `discussions` are the strategy discussions still to be held, which stand at the top. `first` is what is
    dangerous or runs out today. Both stand in neither `late` nor `soon`. `limit` is how many children the
    authority says one worker has at most; 0 where it says nothing.
    """

    teams: tuple[Team, ...]
    discussions: list[DueLine]
    first: list[OfAKind]
    late: list[OfAKind]
    late_shown: int
    late_in_all: int
    soon: list[OfAKind]
    soon_shown: int
    soon_in_all: int
    waiting: list[OfAFamily]
    waiting_shown: int
    waiting_in_all: int
    carried: list[Carried]
    limit: int


@dataclass
class Work:
    """My work as one person opens it: what its sections are built from, each asked for once."""

    request: HttpRequest
    user: User
    now: datetime
    asked: dict[str, Any] = field(default_factory=dict)  # what an area's sections share, by its name

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    @cached_property
    def children(self) -> tuple[list[ChildCard], list[ChildDue]]:
        """This worker's children as cards, and what is due for them."""
        return children_of(self.user, self.now)

    @cached_property
    def team(self) -> TeamWork | None:
        """The work of the teams this person manages; None for who manages none."""
        return team_work(self.user, self.now, everything=self.request.GET.get("late") == "all")

    @cached_property
    def matches(self) -> list[RestrictedMatch]:
        """Searches that met a record this person keeps."""
        return list(matches_to_answer(self.user))

    @cached_property
    def owes(self) -> list[OwedLine]:
        """What this person owes, the latest first."""
        return owed_by(self.user, self.now)

    @property
    def has_children(self) -> bool:
        """Whether children are, or could be, this person's own to work with."""
        if self.children[0]:
            return True
        return self.may("open_record") and not holds_no_children(self.user) and not self.team

    def may(self, power: str) -> bool:
        return permissions.can(power, self.user)


@signed_in
def my_work(request: HttpRequest) -> HttpResponse:
    """The first page after signing in: decisions, what is late, what is due, the people.

    Its sections are these and those of the areas (`SECTIONS` of an area's module `my_work`).
    """
    with reading(), queries.remembering_roles():
        work = Work(request, user_of(request), timezone.now())
        sections = [*SECTIONS, *(each for area in brought("my_work") for each in area.SECTIONS)]
        shown = shown_on(work, sections)
        return render(request, "kith/my_work.html", {"today": work.today, "sections": shown})


Part = dict[str, Any] | None


def _call(work: Work) -> Part:
    answers = work.may("answer_calls")
    return {} if answers and not work.children[0] and not work.team else None


def _matches(work: Work) -> Part:
    keeps = bool(work.matches) or work.may("keep_restricted")
    return {"matches": work.matches} if keeps else None


def _reviews(work: Work) -> Part:
    waiting = list(glass_to_review(work.user, work.today)) if work.may("review_glass") else []
    kept = queries.kept_ids(one.person_id for one in waiting)
    shown = show_names(work.user, set(kept.values()), where="opened without a working relationship")
    return {"reviews": [(one, shown.get(kept[one.person_id])) for one in waiting]} if waiting else None


def _due(work: Work) -> Part:
    if not work.has_children:
        return None
    now = in_families([each for each in work.children[1] if each.is_by(work.today)])
    first = sorted(now, key=lambda each: not cannot_wait(each.line))
    return {"number": len(now), "families": of_families(first), "is_more": _is_due_elsewhere(work)}


def _is_due_elsewhere(work: Work) -> bool:
    """Whether another part of the page has something that is late or due today."""
    is_owed = any(line.is_late or line.is_due_today for line in work.owes)
    is_in_team = bool(work.team and (work.team.first or work.team.late))
    return is_owed or is_in_team or _is_planned_by_now(work)


def _is_planned_by_now(work: Work) -> bool:
    """Whether something in a plan is late or due today: this person's, or others' for their children."""
    ids = [card.shown.person_id for card in work.children[0]]
    mine = actions_due_for(work.user, work.today, until=work.today)
    due = [*mine, *(actions_late_of_others(work.user, ids, work.today) if ids else [])]
    seen = accesses(work.user, {pk for one in due for pk in one.person_ids}) if due else {}
    return any(all(seen[pk].level is Level.RECORD for pk in one.person_ids) for one in due)


def _this_week(work: Work) -> Part:
    week = work.today + THIS_WEEK
    due = [each for each in work.children[1] if not each.is_by(work.today) and each.is_by(week)]
    soon = in_families(due)
    return {"number": len(soon), "families": of_families(soon)} if soon else None


def _team(work: Work) -> Part:
    return {"team": work.team} if work.team else None


def _messages(work: Work) -> Part:
    """Messages not read yet stand high; that there are none is said further down."""
    unread = _unread(work)
    about = subjects_of(work.user, unread) if unread else {}
    return {"unread": [(one, about[one.pk]) for one in unread]} if unread else None


def _no_messages(work: Work) -> Part:
    return None if _unread(work) else {"unread": []}


def _unread(work: Work) -> list[Message]:
    if "unread" not in work.asked:
        work.asked["unread"] = unread_of(work.user)
    unread: list[Message] = work.asked["unread"]
    return unread


def _children(work: Work) -> Part:
    if not work.has_children:
        return None
    cards = work.children[0]
    return {"number": len(cards), "families": of_families(cards, alone_last=True)}


def _learning(work: Work) -> Part:
    return {} if work.may("see_own_decisions") else None


def _imports(work: Work) -> Part:
    if not work.may("import_returns"):
        return None
    return {"batches": Batch.objects.order_by("-started_at")[:IMPORTS_SHOWN]}


SECTIONS = (
    Section("kith/my_work/team_first.html", _team, 7),
    Section("kith/my_work/messages.html", _messages, 8),
    Section("kith/my_work/call.html", _call, 10),
    Section("kith/my_work/matches.html", _matches, 20),
    Section("kith/my_work/reviews.html", _reviews, 30),
    Section("kith/my_work/due.html", _due, 40),
    Section("kith/my_work/soon.html", _this_week, 46),
    Section("kith/my_work/team.html", _team, 50),
    Section("kith/my_work/messages.html", _no_messages, 60),
    Section("kith/my_work/children.html", _children, 70),
    Section("kith/my_work/learning.html", _learning, 80),
    Section("kith/my_work/imports.html", _imports, 90),
)


def holds_no_children(user: User) -> bool:
    """Whether this person's roles are all of those to whom no child is allocated."""
    powers = permissions.powers()
    return queries.roles_of(user) <= powers["answer_calls"].roles | powers["keep_restricted"].roles


@signed_in
@require_POST
def mark_read(request: HttpRequest, message_id: int) -> HttpResponse:
    """Put a message away, once, and go back to My work."""
    read(get_object_or_404(Message, pk=message_id, to=request.user), by=user_of(request))
    return redirect("my_work")


def children_of(user: User, now: Moment) -> tuple[list[ChildCard], list[ChildDue]]:
    """This worker's own children as cards, by name, and all that is due for them, the latest first.

    Each name shown is written down; duty may read on while the audit is down (D9).
    """
    on = day_of(now)
    covered = {cover.for_user_id: cover.for_user.name for cover in queries.covers_for(user)}
    mine = queries.allocations_to([user.pk, *covered], on)
    held = list(mine.order_by("-started_on").values_list("person_id", "started_on", "worker_id"))
    kept = queries.kept_ids(pk for pk, _, _ in held)
    seen = accesses(user, set(kept.values()))
    since, instead_of = {}, {}
    for pk, started_on, worker_id in sorted(held, key=lambda row: row[2] == user.pk):
        if not seen[kept[pk]].is_restricted:  # who has been restricted since is not named
            since[kept[pk]] = started_on  # the worker's own first day comes last
            instead_of[kept[pk]] = covered.get(worker_id, "")
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
    due = _of_worker(user, due_lines(people, under, now))
    where, lives, glance = stages(under, on), where_each_lives(people, under, on), at_a_glance(under)
    cards = [
        _card(
            people[pk], where[pk], since[pk], due,
            lives=lives.get(pk, ""), glance=glance[pk], covered_for=instead_of[pk],
        )
        for pk in since
    ]  # fmt: skip
    return sorted(cards, key=lambda card: card.shown.name), due


def _of_worker(user: User, due: Iterable[ChildDue]) -> list[ChildDue]:
    """The same, but visits for somebody who makes none that count, such as a child's reviewing officer."""
    roles = queries.roles_of(user)
    makes_visits = is_a_visitor(roles) or bool(roles & permissions.powers()["hold_children"].roles)
    return [each for each in due if makes_visits or each.line.act != VISIT]


def _card(shown: queries.Shown, where: Stage, since: date, due: Sequence[ChildDue], **more: Any) -> ChildCard:
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
        next_visit=next_visit(own),
        **more,
    )


def due_lines(
    people: Mapping[int, queries.Shown], under: Mapping[int, Iterable[int]], now: Moment
) -> list[ChildDue]:
    """What is due or late for these people now, the latest first; `under` has all their records' ids."""
    root = {pk: kept for kept, ids in under.items() for pk in ids}
    return [
        ChildDue(line, people[root[line.child_id]], story_url(root[line.child_id]))
        for line in due_for_people(sorted(root), now)
        if root.get(line.child_id) in people
    ]


def in_families(due: Sequence[ChildDue]) -> list[ChildDue]:
    """The same things, with one line for brothers and sisters where the thing and the day are the same.

    Each late one has why it is late, where somebody said so, and where that is said.
    """
    family = families_among({each.shown.person_id for each in due}) if due else {}
    first_of = {id(each.line): each for each in due}
    groups = together(
        [each.line for each in due], {each.line.child_id: family[each.shown.person_id] for each in due}
    )
    said = said_of({each.line.child_id for each in due if each.line.is_late})
    by_child = {each.line.child_id: each for each in due}
    lines = []
    for group in groups:
        first = first_of[id(group.line)]
        rest = [by_child[pk] for pk in group.person_ids if pk != first.line.child_id]
        others = {each.shown.person_id: (each.shown, each.url) for each in rest}
        others.pop(first.shown.person_id, None)
        reason = said.get(key_of(first.line))
        lines.append(
            replace(
                first,
                others=tuple(others.values()),
                reason=reason.reason if reason else "",
                late_url=why_late_url(first) if first.line.is_late else "",
            )
        )
    return lines


def why_late_url(due: ChildDue) -> str:
    """Where it is said why this is late."""
    return of_line("say_why_late", due.shown.person_id, due.line)


def of_line(page: str, person_id: int, line: DueLine) -> str:
    """The page of that name about something due for a child."""
    day = line.due_on.isoformat() if line.due_on else "none"
    return reverse(page, args=[person_id, line.clock, line.fact_thread, day])


def team_work(user: User, now: Moment, *, everything: bool = False) -> TeamWork | None:
    """What the teams that `user` manages have late, soon and on nobody's desk; None for who manages none.

    Whoever is kept from `user` stands in no line and in no number.
    """
    on = day_of(now)
    led = queries.memberships_of(user, on=on).filter(is_manager=True)
    teams = tuple(sorted({one.team for one in led}, key=lambda team: team.name))
    if not teams:
        return None
    held = queries.allocations_among(teams, on)
    under = queries.merged_under(not_kept_from(user, (one.person_id for one in held)).values())
    root = {pk: kept for kept, ids in under.items() for pk in ids}
    lines = [line for line in due_for_people(sorted(root), now) if line.child_id in root]
    discussions = [line for line in lines if line.clock in DISCUSSIONS]
    others = [line for line in lines if line.clock not in DISCUSSIONS]
    at_once = sorted((line for line in others if cannot_wait(line)), key=lambda line: not is_danger(line))
    rest = [line for line in others if not cannot_wait(line)]
    late = [line for line in rest if line.is_late]
    week = [line for line in rest if not line.is_late and line.due_on and line.due_on <= on + THIS_WEEK]
    late_shown = late if everything else late[:LINES_SHOWN]
    all_waiting = list(dict.fromkeys(not_kept_from(user, list(waiting_for_a_worker(on))).values()))
    waiting = all_waiting[:WAITING_SHOWN]
    soon_shown = week[:LINES_SHOWN]
    named = {root[line.child_id] for line in [*at_once, *late_shown, *soon_shown]} | set(waiting)
    people = show_names(user, named, where="my team's work")
    may_give = permissions.can("allocate", user)
    may_aside = permissions.can("decide_on_work", user)
    limit = local_number("children_a_worker", on)
    nobodys = _nobodys([people[pk] for pk in waiting if pk in people], on, may_give=may_give)
    workers = queries.members_with(permissions.powers()["hold_children"].roles, teams, on)

    worked_with = {
        root[one.person_id] for one in held if one.worker_id not in (None, user.pk) and one.person_id in root
    }

    def told(some: Iterable[DueLine]) -> list[OfAKind]:
        due = in_families(_of_children(some, root, people))
        return of_a_kind([_with_ask(_with_aside(each), worked_with) for each in due] if may_aside else due)

    everything_late = [line for line in lines if line.is_late]
    everything_soon = [*week, *(line for line in (*discussions, *at_once) if not line.is_late)]
    return TeamWork(
        teams=teams,
        discussions=discussions,
        first=told(at_once),
        late=told(late_shown),
        late_shown=len(late_shown),
        late_in_all=len(late),
        soon=told(soon_shown),
        soon_shown=len(soon_shown),
        soon_in_all=len(week),
        waiting=of_families(nobodys),
        waiting_shown=len(nobodys),
        waiting_in_all=len(all_waiting),
        carried=_carried(workers, held, root, everything_late, everything_soon, limit),
        limit=limit,
    )


def _nobodys(waiting: Sequence[queries.Shown], on: date, *, may_give: bool) -> list[Nobodys]:
    why = why_nobody([one.person_id for one in waiting], on)
    return [
        Nobodys(
            one, story_url(one.person_id), reverse("allocate", args=[one.person_id]) if may_give else "",
            why[one.person_id],
        )
        for one in waiting
    ]  # fmt: skip


def _with_aside(due: ChildDue) -> ChildDue:
    """With where a manager says that nobody has to do it: of what is not late yet."""
    if due.line.is_late:
        return due
    return replace(due, aside_url=of_line("put_aside", due.shown.person_id, due.line))


def _with_ask(due: ChildDue, worked_with: Container[int]) -> ChildDue:
    """With where a manager asks for it: of what is late for a child with whom somebody else works."""
    if not due.line.is_late or due.shown.person_id not in worked_with:
        return due
    return replace(due, ask_url=of_line("chase_late", due.shown.person_id, due.line))


def _of_children(
    lines: Iterable[DueLine], root: Mapping[int, int], people: Mapping[int, queries.Shown]
) -> list[ChildDue]:
    """These lines with the child of each; those of a child whose name may not be shown are left out."""
    return [
        ChildDue(line, people[root[line.child_id]], story_url(root[line.child_id]))
        for line in lines
        if root[line.child_id] in people
    ]


def _carried(
    workers: Iterable[User],
    held: Iterable[Allocation],
    root: Mapping[int, int],
    late: Iterable[DueLine],
    soon: Iterable[DueLine],
    limit: int,
) -> list[Carried]:
    """Each worker with their children and what is due and late for them, by name: nobody is ranked."""
    late_for = Counter(root[line.child_id] for line in late)
    soon_for = Counter(root[line.child_id] for line in soon)
    theirs: dict[User, set[int]] = {worker: set() for worker in workers}
    for each in held:
        if each.worker is not None and each.person_id in root:
            theirs.setdefault(each.worker, set()).add(root[each.person_id])
    carried = [
        Carried(
            worker.name, len(children), sum(soon_for[pk] for pk in children),
            sum(late_for[pk] for pk in children), over=0 < limit < len(children),
        )
        for worker, children in theirs.items()
    ]  # fmt: skip
    return sorted(carried, key=lambda one: one.worker.casefold())


def story_url(person: Person | int) -> str:
    """Where this person's story is read; "" while there is no such page."""
    try:
        return reverse("story", args=[getattr(person, "pk", person)])
    except NoReverseMatch:
        return ""
