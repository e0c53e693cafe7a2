"""A plan on paper, of whatever kind: the family’s own words first, then what should be better, and by whom.

A copy is for one child. What is for a brother or a sister alone stands on none; what is for the child alone
goes to the child and to those with parental responsibility. Where somebody on the plan is kept from whoever
prints it, what was written for all is held back as well.
"""

from collections.abc import Sequence

from django.http import Http404
from django.utils import timezone

from kith.record.access.looking import Together, open_together
from kith.record.help.queries import family_of
from kith.record.pathway.own_words import Said, own_words_of
from kith.record.people.models import Person, User
from kith.record.people.queries import same_person_ids
from kith.record.planning import queries
from kith.record.planning.models import Goal, Plan, PlanAction, PlanKind
from kith.record.planning.queries import GoalShown
from kith.record.protection.models import Conference
from kith.record.protection.queries import meetings_of
from kith.web.letters.kinds import Letter, LetterKind, Offered, Reader


def _plan(user: User, person: Person, thread: int, reader: Reader | None) -> Letter:
    plan = queries.plan_of(thread)
    on_plan = queries.ids_on([thread])[thread] if plan else []
    if plan is None or person.pk not in on_plan:
        raise Http404("It is not on this file")
    children = open_together(user, on_plan, "plan on paper")
    has_own = reader is None or reader.may_have_own_part
    goals = queries.shown(plan, [person.pk]).goals
    shown = _for_copy(goals, with_own=has_own, with_shared=not children.is_held_back)
    return Letter(
        title=f"{plan}: {children.people[person.pk].name}",
        template="kith/plan/letter.html",
        context={
            "plan": plan,
            "goals": shown,
            "child": children.people[person.pk],
            "names": _names(children, person),
            "own_words": _own_words(person, reader) if has_own else None,
            "familys_words": [] if children.is_held_back else _familys_words(plan, person),
            "is_hidden": children.is_held_back,
        },
        held_out=_held_out(goals, children, person, has_own=has_own, reader=reader),
        look_for=["where somebody lives, or a school or a nursery, that a reader must not learn"],
    )


def _for_copy(goals: Sequence[GoalShown], *, with_own: bool, with_shared: bool) -> list[GoalShown]:
    """The goals and actions that this copy holds; what was given up stands on none."""

    def stands(line: Goal | PlanAction | None) -> bool:
        return line is not None and (with_own if line.only_for_id else with_shared)

    kept = []
    for each in goals:
        actions = [one for one in each.actions if stands(one) and not one.not_needed_because]
        goal = each.goal if stands(each.goal) and each.goal and not each.goal.set_aside_because else None
        if goal or actions:
            kept.append(GoalShown(goal, actions))
    return kept


def _held_out(
    goals: Sequence[GoalShown], children: Together, person: Person, *, has_own: bool, reader: Reader | None
) -> list[str]:
    out = []
    if children.is_held_back:
        out.append("What is written for all on the plan: it is held back from you.")
    if not has_own and any(line.only_for_id for each in goals for line in (each.goal, *each.actions) if line):
        out.append("What is for this child alone.")
    if reader and has_own and _own_words(person, reader) is None and own_words_of(same_person_ids(person)):
        out.append("The child’s own words: nobody has said that the family may read them.")
    if len(children.people) > 1:
        out.append("What is for another child alone.")
    return out


def _own_words(person: Person, reader: Reader | None) -> Said | None:
    """The newest words of the child's that this copy may hold."""
    said = own_words_of(same_person_ids(person))
    return next((one for one in said if reader is None or one.is_for_family), None)


def _familys_words(plan: Plan, person: Person) -> list[tuple[str, str]]:
    """What the family says, as they were asked in the kind of work that the plan is of: (question, words)."""
    if plan.kind == PlanKind.PROTECTION:
        held = [
            part for part, one in meetings_of(same_person_ids(person)) if one.state == Conference.State.HELD
        ]
        said = [("What you said at the conference", part.family_view) for part in held[-1:]]
    else:
        help = family_of(person.pk, timezone.localdate())
        said = [
            ("What is going well, as you told us", help.going_well if help else ""),
            ("What would help, as you told us", help.what_would_help if help else ""),
        ]
    return [(asked, words) for asked, words in said if words.strip()]


def _names(children: Together, person: Person) -> str:
    """Whose plan it is: this child first."""
    ids = [person.pk, *(pk for pk in children.people if pk != person.pk)]
    return ", ".join(children.people[pk].name for pk in ids)


def _plans(user: User, person: Person, ids: Sequence[int]) -> list[Offered]:
    found = queries.plans_of([person.pk])[person.pk]
    return [Offered(plan.thread, str(plan), plan.started_on) for plan in found]


LETTERS = [LetterKind("plan", "Plans", _plan, _plans)]
