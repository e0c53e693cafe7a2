"""Making a plan with a family, changing it line by line, and ending it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Literal, TypeVar

from django.db import transaction
from django.utils import timezone

from kith.record.audit import services as audit
from kith.record.changes import NOTHING, Said, said
from kith.record.chronology import policies as story
from kith.record.chronology.entering import add_part, carry_on, carry_on_matter, enter_matter
from kith.record.facts import Version
from kith.record.people.models import Person, User
from kith.record.people.queries import same_person_ids, survivor
from kith.record.planning import permissions, policies, queries
from kith.record.planning.models import Goal, Plan, PlanAction, Planned
from kith.record.planning.policies import NotOnThisPlan, PlanEnded
from kith.record.said import check_said
from kith.record.versions import current_matters, parts_of

AnyLine = TypeVar("AnyLine", Plan, Goal, PlanAction)
NewLine = TypeVar("NewLine", Goal, PlanAction)
Unsaid = Literal[Said.NOTHING]


@transaction.atomic
def start_plan(
    *,
    kind: str,
    people: Sequence[Person],
    on: date,
    by: User,
    basis: str = "",
    agreed_with: str = "",
    review_on: date | None = None,
) -> Plan:
    """Return a new plan for these people. Raises NotAllowed, NoChildren, WrongDate and NotSaid."""
    permissions.check_can_plan(by, kind, people)
    story.check_children(people)
    policies.check_basis(kind, basis)
    for life in story.lives_of(people).values():
        story.check_day(on, life)
    policies.check_coming(review_on, "the day of the review", on)
    plan = Plan(kind=kind, basis=basis, started_on=on, agreed_with=agreed_with, review_on=review_on)
    parts = [Planned(person=person, kind=kind, started_on=on) for person in people]
    return enter_matter(plan, parts, by=by, act="start_plan")


@transaction.atomic
def carry_over(*, plan: Plan, people: Sequence[Person], kind: str, basis: str, on: date, by: User) -> Plan:
    """Return a new plan for these people with what another, which it follows, leaves to be worked for.

    Its goals that are open and its actions not done go over with who does them; what was for one child alone
    goes only with that child. For the act that ends the other plan, which has checked who may.
    """
    new = Plan(
        kind=kind, basis=basis, started_on=on, agreed_with=plan.agreed_with,
        safe_meanwhile=plan.safe_meanwhile, if_nothing_changes=plan.if_nothing_changes,
    )  # fmt: skip
    parts = [Planned(person=person, kind=kind, started_on=on) for person in people]
    enter_matter(new, parts, by=by, act="carry_plan_over")
    for shown in queries.shown(plan, [survivor(person).pk for person in people]).goals:
        if shown.goal and not _is_worked_for(shown.goal):
            continue
        goal = _copied(shown.goal, new, people, by=by) if shown.goal else None
        for action in (one for one in shown.actions if one.is_open):
            _copied(action, new, people, by=by, goal_thread=goal.thread if goal else None)
    return new


def _is_worked_for(goal: Goal) -> bool:
    return goal.reached_on is None and not goal.set_aside_because


def _copied(line: NewLine, plan: Plan, people: Sequence[Person], *, by: User, **other: Any) -> NewLine:
    """A line of one plan as a new line of another."""
    names = ("only_for", "what", "position", "owner", "owner_in_words", "due_on")
    kept = {name: getattr(line, name) for name in names if hasattr(line, name)}
    about = [line.only_for] if line.only_for else people
    return _enter_line(
        type(line)(plan_thread=plan.thread, **kept, **other), about, by=by, act="carry_line_over"
    )


@transaction.atomic
def add_to_plan(*, plan: Plan, person: Person, on: date, by: User) -> Planned:
    """Write down that a plan is for one more person (a baby, a brother who came home).

    Returns what says so already, where the plan is for them. Raises NotAllowed, PlanEnded and WrongDate.
    """
    permissions.check_can_add(by, plan.kind, queries.people_on(plan), person)
    policies.check_open(queries.plan_of(plan.thread) or plan)
    story.check_day(on, story.life_of(person))
    story.check_not_before(on, plan.started_on, "the plan")
    already = [part for part in _parts(plan) if survivor(part.person) == survivor(person)]
    if already:
        return already[0]
    part = add_part(Planned(person=person, kind=plan.kind, started_on=on), plan, by=by)
    audit.record("add_to_plan", by=by, person=person.pk, about=_which(part))
    return part


@transaction.atomic
def change_plan(
    *,
    plan: Plan,
    by: User,
    expected: int | None = None,
    basis: str | Unsaid = NOTHING,
    agreed_with: str | Unsaid = NOTHING,
    review_on: date | Unsaid | None = NOTHING,
    safe_meanwhile: str | Unsaid = NOTHING,
    if_nothing_changes: str | Unsaid = NOTHING,
) -> Plan:
    """Return the plan with another review day, or other words for who agreed with it or on what ground,
    for what keeps the children safe meanwhile, or for what happens if nothing changes.

    Raises NotAllowed, PlanEnded, NotSaid, WrongDate and VersionClash.
    """
    people = _check_change(plan, by)
    changes = said(
        basis=basis, agreed_with=agreed_with, review_on=review_on, safe_meanwhile=safe_meanwhile,
        if_nothing_changes=if_nothing_changes,
    )  # fmt: skip
    policies.check_basis(plan.kind, changes.get("basis", plan.basis))
    policies.check_coming(changes.get("review_on"), "the day of the review", timezone.localdate())
    return _carry(plan, people, by=by, act="change_plan", expected=expected, **changes)


@transaction.atomic
def set_goal(*, plan: Plan, what: str, by: User, only_for: Person | None = None) -> Goal:
    """Return a new goal, for all or for one. Raises NotAllowed, PlanEnded, NotSaid and NotOnThisPlan."""
    people = _check_change(plan, by, only_for)
    goal = Goal(
        plan_thread=plan.thread,
        only_for=only_for,
        what=check_said(what, "The goal"),
        position=Goal.current.filter(plan_thread=plan.thread).count(),
    )
    return _enter_line(goal, people, by=by, act="set_goal")


@transaction.atomic
def change_goal(*, goal: Goal, what: str, by: User, expected: int | None = None) -> Goal:
    """Return the goal in other words. Raises NotAllowed, PlanEnded, NotSaid and VersionClash."""
    people = _check_change(_plan(goal), by, goal.only_for)
    words = check_said(what, "The goal")
    return _carry(goal, people, by=by, act="change_goal", expected=expected, what=words)


@transaction.atomic
def reach_goal(*, goal: Goal, on: date, by: User, expected: int | None = None) -> Goal:
    """Return the goal as reached. Raises NotAllowed, PlanEnded, NotWaiting, WrongDate and VersionClash."""
    plan = _plan(goal)
    people = _check_change(plan, by, goal.only_for)
    policies.check_worked_for(_newest(goal))
    _check_done(plan, people, on)
    return _carry(goal, people, by=by, act="reach_goal", expected=expected, reached_on=on)


@transaction.atomic
def set_goal_aside(
    *, goal: Goal, because: str, by: User, actions: Sequence[PlanAction] = (), expected: int | None = None
) -> Goal:
    """Return the goal as one that is no longer worked for, and why; `actions` of it are given up with it.

    Raises NotAllowed, PlanEnded, NotSaid, NotOnThisPlan, NotWaiting and VersionClash.
    """
    people = _check_change(_plan(goal), by, goal.only_for)
    policies.check_worked_for(_newest(goal))
    why = check_said(because, "Why the goal was set aside")
    for action in actions:
        if action.goal_thread != goal.thread:
            raise NotOnThisPlan("That is not done for this goal.", "Choose what stands under the goal.")
        give_up_action(action=action, because=why, by=by)
    return _carry(goal, people, by=by, act="set_goal_aside", expected=expected, set_aside_because=why)


@transaction.atomic
def take_up_goal(*, goal: Goal, by: User, expected: int | None = None) -> Goal:
    """Return a goal that was reached or set aside, worked for again. Raises as `change_goal` does."""
    people = _check_change(_plan(goal), by, goal.only_for)
    anew = {"reached_on": None, "set_aside_because": ""}
    return _carry(goal, people, by=by, act="take_up_goal", expected=expected, **anew)


@transaction.atomic
def add_action(
    *,
    plan: Plan,
    what: str,
    by: User,
    goal: Goal | None = None,
    only_for: Person | None = None,
    owner: User | None = None,
    owner_in_words: str = "",
    due_on: date | None = None,
) -> PlanAction:
    """Return a new action, for all or for one; under one person's own goal it is theirs alone.

    Raises NotAllowed, PlanEnded, NotSaid, NotOnThisPlan and WrongDate.
    """
    whose = (goal.only_for if goal else None) or only_for
    people = _check_change(plan, by, whose)
    policies.check_due(due_on, plan, timezone.localdate())
    action = PlanAction(
        plan_thread=plan.thread,
        goal_thread=_goal_of(plan, goal),
        only_for=whose,
        what=check_said(what, "The action"),
        **_who(owner, owner_in_words, people),
        due_on=due_on,
        position=PlanAction.current.filter(plan_thread=plan.thread).count(),
    )
    return _enter_line(action, people, by=by, act="add_action")


@transaction.atomic
def change_action(
    *,
    action: PlanAction,
    by: User,
    expected: int | None = None,
    what: str | Unsaid = NOTHING,
    owner: User | Unsaid | None = NOTHING,
    owner_in_words: str | Unsaid = NOTHING,
    due_on: date | Unsaid | None = NOTHING,
) -> PlanAction:
    """Return the action with other words, another day or somebody else who does it.

    One does it: a worker who takes it on stands in place of the words for somebody else, and these in place
    of a worker. Raises NotAllowed, PlanEnded, NotSaid, WrongDate and VersionClash.
    """
    plan = _plan(action)
    people = _check_change(plan, by, action.only_for)
    changes = said(due_on=due_on)
    if what is not NOTHING:
        changes["what"] = check_said(what, "The action")
    if owner is not NOTHING or owner_in_words is not NOTHING:
        whose = said(owner=owner, owner_in_words=owner_in_words)
        changes |= _who(whose.get("owner"), whose.get("owner_in_words", ""), people)
    if changes.get("due_on") != action.due_on:  # a day that came with the line from another plan stays
        policies.check_due(changes.get("due_on"), plan, timezone.localdate())
    return _carry(action, people, by=by, act="change_action", expected=expected, **changes)


@transaction.atomic
def do_action(*, action: PlanAction, on: date, by: User, expected: int | None = None) -> PlanAction:
    """Return the action as done. Raises NotAllowed, PlanEnded, NotWaiting, WrongDate and VersionClash."""
    plan = _plan(action)
    people = _check_change(plan, by, action.only_for)
    policies.check_to_do(_newest(action))
    _check_done(plan, people, on)
    return _carry(action, people, by=by, act="do_action", expected=expected, done_on=on)


@transaction.atomic
def give_up_action(*, action: PlanAction, because: str, by: User, expected: int | None = None) -> PlanAction:
    """Return the action as no longer needed, and why. Raises as `change_action` does, and NotWaiting."""
    people = _check_change(_plan(action), by, action.only_for)
    policies.check_to_do(_newest(action))
    why = check_said(because, "Why it is no longer needed")
    return _carry(action, people, by=by, act="give_up_action", expected=expected, not_needed_because=why)


@transaction.atomic
def take_up_action(*, action: PlanAction, by: User, expected: int | None = None) -> PlanAction:
    """Return an action that was done or given up, to be done again. Raises as `change_action` does."""
    people = _check_change(_plan(action), by, action.only_for)
    anew = {"done_on": None, "not_needed_because": ""}
    return _carry(action, people, by=by, act="take_up_action", expected=expected, **anew)


@transaction.atomic
def go_with_the_work(
    *, persons: Sequence[Person], before: User, after: User, by: User, still_theirs: Iterable[int] = ()
) -> list[PlanAction]:
    """Return what `before` had still to do in open plans for these people, which `after` does from now on.

    What is for somebody as well who stays with `before` (`still_theirs`, kept ids) stays too. For handing
    over, in that act's own transaction, which has checked who may.
    """
    kept, stays = {survivor(person).pk: person for person in persons}, set(still_theirs)
    return [
        _carry(one.action, of_it, by=by, act="hand_on_action", expected=None, owner=after, owner_in_words="")
        for one in queries.actions_taken_on(before)
        if (of_it := [kept[pk] for pk in one.person_ids if pk in kept]) and not stays & {*one.person_ids}
    ]


@transaction.atomic
def end_plan(*, plan: Plan, on: date, reason: str, by: User, expected: int | None = None) -> Plan:
    """Return the plan, ended for everybody it is for. What was not done stays to be read.

    Raises NotAllowed, PlanEnded, NotSaid, WrongDate and VersionClash.
    """
    people = _check_change(plan, by)
    why = check_said(reason, "Why the plan ends")
    _check_done(plan, people, on, is_an_ending=True)
    for part in _parts(plan):
        if part.ended_on is None:
            carry_on(part, by=by, act="end_plan", ended_on=on)
    return carry_on_matter(plan, by=by, act="end_plan", expected=expected, ended_on=on, end_reason=why)


@transaction.atomic
def give_way(*, person: Person, on: date, because: str, by: User) -> list[Plan]:
    """Return the plans that ended with this person's part in them, as nobody else is on them.

    A plan of others goes on without this person, and without what was in it for this person alone. The act
    that ends it has checked who may.
    """
    ended = []
    for plan in queries.plans_of([person.pk])[person.pk]:
        parts = [part for part in _parts(plan) if part.ended_on is None]
        own = [part for part in parts if survivor(part.person).pk == person.pk]
        for part in own:
            last = max(on, part.started_on)
            carry_on(part, by=by, act="end_plan", because=because, ended_on=last)
        if own and len(own) == len(parts):
            last = max(on, plan.started_on)
            ended.append(
                carry_on_matter(
                    plan, by=by, act="end_plan", because=because, ended_on=last, end_reason=because
                )
            )
        elif own:
            _set_aside_what_is_only_for(plan, person, because, by)
    return ended


def _set_aside_what_is_only_for(plan: Plan, person: Person, because: str, by: User) -> None:
    """Nobody works any more for what a plan that goes on has for one person alone."""
    own = {"plan_thread": plan.thread, "only_for__in": same_person_ids(person)}
    for goal in Goal.current.filter(**own, reached_on=None, set_aside_because=""):
        carry_on_matter(
            goal, by=by, act="set_goal_aside", persons=[person.pk], because=because, set_aside_because=because
        )
    for action in PlanAction.current.filter(**own, done_on=None, not_needed_because=""):
        carry_on_matter(
            action, by=by, act="give_up_action", persons=[person.pk], because=because,
            not_needed_because=because,
        )  # fmt: skip


def _plan(line: Goal | PlanAction) -> Plan:
    plan = queries.plan_of(line.plan_thread)
    if plan is None:
        raise PlanEnded("The plan this stood in was taken out of the record.", "Start a new plan.")
    return plan


def _newest(line: NewLine) -> NewLine:
    """The line as it stands now, whoever changed it since it was read."""
    return current_matters(type(line), [line.thread]).get(line.thread, line)


def _parts(plan: Plan) -> list[Planned]:
    return parts_of(Planned, [plan.thread], "person")[plan.thread]


def _check_change(plan: Plan, by: User, only_for: Person | None = None) -> list[Person]:
    """The people whose audit tells of the change: the one it is for, or all on the plan."""
    people = queries.people_on(plan)
    one = survivor(only_for) if only_for else None
    permissions.check_can_change(by, plan.kind, people, one)
    policies.check_open(queries.plan_of(plan.thread) or plan)
    policies.check_on_plan(people, one)
    return [one] if one else people


def _check_done(plan: Plan, people: Sequence[Person], on: date, *, is_an_ending: bool = False) -> None:
    for life in story.lives_of(people).values():
        story.check_day(on, life, is_an_ending=is_an_ending)
    story.check_not_before(on, plan.started_on, "the plan")


def _who(owner: User | None, in_words: str, people: Sequence[Person]) -> dict[str, Any]:
    """Who does an action: a worker whom none of these people is kept from, or somebody else in words."""
    words = policies.check_owner(owner, in_words)
    if owner is not None:
        permissions.check_can_take_on(owner, people)
    return {"owner": owner, "owner_in_words": words}


def _goal_of(plan: Plan, goal: Goal | None) -> int | None:
    if goal is None:
        return None
    if goal.plan_thread != plan.thread:
        raise NotOnThisPlan("That goal stands in another plan.", "Choose a goal of this plan.")
    return goal.thread


def _enter_line(line: NewLine, people: Sequence[Person], *, by: User, act: str) -> NewLine:
    line.recorded_by = by
    line.save(force_insert=True)
    audit.record_many(act, by=by, persons=[person.pk for person in people], about=_which(line))
    return line


def _carry(
    line: AnyLine, people: Sequence[Person], *, by: User, act: str, expected: int | None, **changes: Any
) -> AnyLine:
    ids = [person.pk for person in people]
    return carry_on_matter(line, by=by, act=act, persons=ids, expected=expected, **changes)


def _which(line: Version) -> dict[str, Any]:
    return {"fact": line._meta.label_lower, "thread": line.thread}
