"""Protecting children, where it touches several rooms: the assessment beside an enquiry, a plan and its end.

What one child has open holds up no brother or sister, and what is missing is owed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from kith.record.access import messages
from kith.record.access.permissions import may_know
from kith.record.assessment import services as assessment
from kith.record.assessment.queries import open_assessments
from kith.record.changes import NOTHING
from kith.record.chronology.policies import check_children, lives_of
from kith.record.frontdoor.queries import referral_threads
from kith.record.help.queries import family_of as family_helped
from kith.record.owed import services as owed
from kith.record.pathway import services as pathway
from kith.record.pathway.after_plan import ask_what_follows, worker_or
from kith.record.pathway.known import known_of
from kith.record.pathway.urgent import DISCUSSION, needs_assessing, start_urgently
from kith.record.people.models import Person, User
from kith.record.people.queries import workers_of
from kith.record.planning import services as planning
from kith.record.planning.models import Basis, Goal, Plan, PlanKind
from kith.record.planning.queries import open_plan, people_on
from kith.record.protection import permissions, services
from kith.record.protection.models import (
    Conference,
    ConferenceOf,
    EnquiryFinding,
    ProtectionPlan,
    Section47Enquiry,
    StrategyDiscussion,
)
from kith.record.protection.queries import (
    conference_parts,
    enquiries_going_on,
    managers_over,
    open_protection_plans,
    plans_ever,
    transfers_in,
)
from kith.record.protection.services import Asked, Begun, Decided, Found, discussion_day
from kith.record.said import NotSaid
from kith.standards.working_days import legal_day

PLAN_ENDED = "A protection plan ended. The review decided that the family help you lead goes on from today."
ENQUIRES = {
    StrategyDiscussion.Decision.ENQUIRE_WITH_POLICE,
    StrategyDiscussion.Decision.ENQUIRE_ALONE,
}


@dataclass(frozen=True)
class ToDo:
    """A line of a plan's outline: what has to change, what somebody does for it by when, or one of both."""

    goal: str = ""
    what: str = ""
    owner: User | None = None
    owner_in_words: str = ""
    due_on: date | None = None


@dataclass(frozen=True)
class Outline:
    """What a conference settled for a plan: goals and actions, what keeps safe, and what happens else."""

    lines: Sequence[ToDo] = ()
    safe_meanwhile: str = ""
    if_nothing_changes: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.lines or self.safe_meanwhile.strip() or self.if_nothing_changes.strip())


@transaction.atomic
def begin_enquiry(
    *,
    children: Sequence[Person],
    suspected_harm: str,
    by: User,
    at: datetime | None = None,
    kinds: Sequence[str] = (),
    is_danger_now: bool | None = None,
) -> list[Person]:
    """Begin an enquiry about these children from two facts, whatever each of them has open; the children.

    Where one has no case, all of it is written down as an urgent message, which opens what is missing.
    Else an assessment begins for each child who has none (CIN census rule 2991Q), the strategy discussion
    and who enquires are owed, and managers and named workers are told at once.
    Raises NotAllowed, NoChildren, NotSaid, WrongDate, WrongCode.
    """
    moment = at or timezone.now()
    on = legal_day(moment)
    check_children(children)
    permissions.check_can_enquire(by, children)
    referrals = referral_threads(children, on)
    if any(child.pk not in referrals for child in children):
        done = start_urgently(
            children=children, suspected_harm=suspected_harm, by=by, at=moment, is_danger_now=is_danger_now,
            kinds=kinds,
        )  # fmt: skip
        return done.persons
    begun = _begin(children, suspected_harm, moment, referrals, by, kinds, is_danger_now)
    to_assess = [
        child
        for child in children
        if child.pk in begun.enquiries or needs_assessing(child, referrals[child.pk])
    ]
    _assess(to_assess, on, referrals, by)
    _leave_owed(begun, children, by)
    tell_at_once(children, by, "A section 47 enquiry was begun. Look at it now.")
    return list(children)


def _begin(
    children: Sequence[Person],
    suspected_harm: str,
    at: datetime,
    referrals: Mapping[int, int],
    by: User,
    kinds: Sequence[str] = (),
    is_danger_now: bool | None = None,
) -> Begun:
    """The enquiries, each child's with what help came before as it is known today."""
    known = known_of((child.pk for child in children), legal_day(at))
    return services.begin_enquiry(
        children=children, suspected_harm=suspected_harm, at=at, referrals=referrals, by=by, kinds=kinds,
        is_danger_now=is_danger_now, help_before={pk: one.sentences for pk, one in known.items()},
    )  # fmt: skip


def _assess(children: Sequence[Person], on: date, referrals: Mapping[int, int], by: User) -> None:
    """An assessment for each child without an open one: at night no power to assess is asked for."""
    being_assessed = open_assessments(children)
    new = [child for child in children if child.pk not in being_assessed]
    if new:
        assessment.start_with(children=new, on=on, referrals=referrals, by=by)


def _leave_owed(begun: Begun, children: Sequence[Person], by: User) -> None:
    everybody = [child.pk for child in children]
    what = [DISCUSSION, *(["single_or_joint"] if begun.enquiries else [])]
    at = begun.harm.suspected_at
    for one in what:
        owed.owe(
            what=one, fact=begun.harm, persons=everybody, by=by, owed_by=by,
            started_at=at,
            due_on=discussion_day(at) if begun.harm.is_danger_now and one == DISCUSSION else None,
        )  # fmt: skip


def tell_at_once(children: Sequence[Person], by: User, words: str) -> None:
    """Tell each child's named workers and their managers, but not who did it; each once.

    Nobody is told of a child who is kept from them.
    """
    on, told = timezone.localdate(), {by.pk}
    for child in children:
        theirs = [*managers_over([child], on), *(held.worker for held in workers_of([child.pk], on=on))]
        users = [user for user in may_know(theirs, [child]) if user.pk not in told]
        messages.tell(users, words, link=messages.page("story", child.pk))
        told.update(user.pk for user in users)


@transaction.atomic
def hold_strategy_discussion(
    *, children: Sequence[Person], held_at: datetime, decision: str, discussed: str, by: User, **facts: Any
) -> StrategyDiscussion:
    """Write down a strategy discussion; where it decides to enquire, the enquiry about each child begins.

    A child whose enquiry goes on already keeps it, and its day. Raises what `begin_enquiry` and the room's
    service do.
    """
    on = legal_day(held_at)
    referrals = referral_threads(children, on) | referral_threads(children, timezone.localdate())
    if decision in ENQUIRES:
        permissions.check_can_write_strategy(by, children)
        going_on = enquiries_going_on(children, referrals.values(), on)
        new = [child for child in children if child.pk not in going_on]
        if new and all(child.pk in referrals for child in new):
            _begin(new, discussed, held_at, referrals, by)
            _assess(new, on, referrals, by)
        elif new:
            begin_enquiry(children=new, suspected_harm=discussed, by=by, at=held_at)
            referrals = referral_threads(children, on) | referral_threads(children, timezone.localdate())
    return services.hold_strategy_discussion(
        children=children, held_at=held_at, decision=decision, discussed=discussed, referrals=referrals,
        by=by, now=timezone.now(), **facts,
    )  # fmt: skip


@transaction.atomic
def conclude_and_convene(
    *,
    enquiries: Sequence[Section47Enquiry],
    found: Mapping[int, Found | None],
    place: Callable[[], Mapping[str, Any]] | None,
    people: Sequence[Asked],
    by: User,
    family_told_by: str = "",
    family_not_told_because: str = "",
    are_found: bool = False,
    is_family_told: bool = False,
) -> Conference | None:
    """Write what these enquiries found, and convene the conference that follows; None where none does.

    `found` is by person id, None for a child who is enquired about still: where that is so of all, the date
    is only held. `place` gives the day chosen (`planned_for`) and what else the conference is convened with,
    asked for only where one follows; None: no day was chosen. Telling the family is owed, unless it is said
    why not, or `is_family_told`. With `are_found` what was found is on record, and not written again.
    Raises NotSaid (a harm that goes on, and no day), and what the room's services do.
    """
    if not are_found:
        _find(enquiries, found, by, family_told_by, family_not_told_because)
    confer = [one for one in enquiries if _is_conferred_on(found[one.person_id])]
    if place is None and any(found[one.person_id] is not None for one in confer):
        raise NotSaid("A harm that goes on needs a conference.", "Choose a day for it.")
    if place is None or not confer:
        return None
    children = [one.person for one in confer]
    conference = services.convene_conference(
        children=children, kind=_first_kind(children), by=by, now=timezone.now(), people=people,
        family_told_by=family_told_by, family_not_told_because=family_not_told_because,
        is_date_only_held=all(found[one.person_id] is None for one in confer),
        of_each={one.person_id: {"enquiry_thread": one.thread} for one in confer}, **place(),
    )  # fmt: skip
    if not family_not_told_because.strip() and not is_family_told:
        about = [child.pk for child in children]
        owed.owe(what="family_told", fact=conference, persons=about, by=by, owed_by=by)
    return conference


def _find(
    enquiries: Sequence[Section47Enquiry],
    found: Mapping[int, Found | None],
    by: User,
    told_by: str,
    not_told_because: str,
) -> None:
    """Write down what was found about each child of whom something was; one still enquired about waits."""
    known = {pk: one for pk, one in found.items() if one is not None}
    done = [one for one in enquiries if one.person_id in known and one.ended_on is None]
    if done:
        services.find(
            enquiries=done, on=timezone.localdate(), by=by,
            found={one.person_id: known[one.person_id] for one in done},
            family_told_by=told_by, family_not_told_because=not_told_because,
        )  # fmt: skip


def _is_conferred_on(found: Found | None) -> bool:
    return found is None or found.finding == EnquiryFinding.Finding.CONTINUING


def _first_kind(children: Sequence[Person]) -> str:
    """A conference before birth where every child of it is still expected."""
    is_before = all(life.is_unborn for life in lives_of(children).values())
    return Conference.Kind.PRE_BIRTH if is_before else Conference.Kind.INITIAL


@transaction.atomic
def decide_at_conference(
    *,
    conference: Conference,
    held_at: datetime,
    decisions: Mapping[int, Decided],
    by: User,
    visits_every: Mapping[int, int | None] | None = None,
    steps_down: Sequence[int] = (),
    family_help: Sequence[int] = (),
    outline: Outline | None = None,
    **facts: Any,
) -> Conference:
    """Hold a conference and begin, review or end each child's plan as it decided, on that very day.

    `steps_down` are the children whose protection plan ends and who have a child in need plan from the
    same day on, with what was written and not yet reached. `family_help` are those whose plan ends and whom
    family help follows; of the others whose plan ends, what follows is owed. Earlier plans here are counted;
    those elsewhere are owed, and so is the plan in full.
    `outline` is written into the plan of the children who have one: its actions are their owners' work.
    Raises what the room's services do, and NotSaid (an outline, and no plan to write it in).
    """
    held = services.hold_conference(
        conference=conference, held_at=held_at, decisions=decisions, by=by, **facts
    )
    on = legal_day(held_at)
    children = {part.person_id: part.person for part in conference_parts(conference.thread)}
    if conference.kind == Conference.Kind.REVIEW:
        _review(held, children, decisions, on, by, steps_down, visits_every or {})
        ended = [pk for pk in family_help if decisions[pk].decision == ConferenceOf.Decision.END]
        _hand_to_family_help(held, [children[pk] for pk in ended], on, by)
        unsaid = [pk for pk, said in decisions.items() if _is_left_open(said) and pk not in steps_down]
        left = [children[pk] for pk in unsaid if pk not in family_help]
        ask_what_follows(held=held, children=left, on=on, by=by)
    else:
        _decide_first(held, children, decisions, on, by, visits_every or {})
    if outline and not outline.is_empty:
        _write_outline(outline, [child for pk, child in children.items() if _has_plan(decisions[pk])], by)
    return held


def _has_plan(said: Decided) -> bool:
    return said.decision in {ConferenceOf.Decision.PLAN, ConferenceOf.Decision.CONTINUE}


def _is_left_open(said: Decided) -> bool:
    """Whether a plan ends for a child with whom somebody may have to work on."""
    is_end = said.decision == ConferenceOf.Decision.END
    return is_end and said.end_reason != ProtectionPlan.End.DIED


def _write_outline(outline: Outline, children: Sequence[Person], by: User) -> None:
    """Put what was settled into the written plan that these children share: goals, and who does what."""
    plan = next((found for child in children if (found := open_plan(child.pk, PlanKind.PROTECTION))), None)
    if plan is None:
        raise NotSaid(
            "An outline is written, and no child has a plan to write it in.",
            "Decide on a plan, or write what helps instead beside the child.",
        )
    planning.change_plan(
        plan=plan, by=by, safe_meanwhile=outline.safe_meanwhile.strip() or NOTHING,
        if_nothing_changes=outline.if_nothing_changes.strip() or NOTHING,
    )  # fmt: skip
    goals: dict[str, Goal] = {}
    for line in outline.lines:
        goal = line.goal.strip()
        if goal and goal.casefold() not in goals:
            goals[goal.casefold()] = planning.set_goal(plan=plan, what=goal, by=by)
        if line.what.strip():
            planning.add_action(
                plan=plan, goal=goals.get(goal.casefold()), what=line.what, owner=line.owner,
                owner_in_words=line.owner_in_words, due_on=line.due_on, by=by,
            )  # fmt: skip


def _decide_first(
    held: Conference,
    children: Mapping[int, Person],
    decisions: Mapping[int, Decided],
    on: date,
    by: User,
    visits_every: Mapping[int, int | None],
) -> None:
    """An initial or a transfer-in conference: a plan for some of the children, and none for others."""
    planned = [
        child for pk, child in children.items() if decisions[pk].decision == ConferenceOf.Decision.PLAN
    ]
    others = [child for child in children.values() if child not in planned]
    for some, is_plan_made in ((planned, True), (others, False)):
        if some:
            pathway.hold_initial_conference(
                children=some, on=on, by=by, is_plan_made=is_plan_made, conference=held
            )
    before = plans_ever(child.pk for child in planned)
    for child in planned:
        begun = pathway.start_protection_plan(
            child=child, on=on, by=by, category=decisions[child.pk].category,
            previous_plans=sum(one.person_id == child.pk for one in before),
            visits_every=visits_every.get(child.pk),
        )  # fmt: skip
        _leave_plan_owed(begun, child, by)
    if planned:
        planning.start_plan(kind=PlanKind.PROTECTION, people=planned, on=on, by=by)
    for transfer in transfers_in(children.values()):
        services.end_transfer_in(
            transfer=transfer, on=on, because="Our own conference decided.", by=by, conference_on=on
        )


def _leave_plan_owed(plan: ProtectionPlan, child: Person, by: User) -> None:
    worker = next((held.worker for held in workers_of([child.pk]) if held.worker), None)
    for what in ("previous_plans", "plan_in_full"):
        owed.owe(what=what, fact=plan, persons=[child.pk], by=by, owed_by=worker or by)


def _review(
    held: Conference,
    children: Mapping[int, Person],
    decisions: Mapping[int, Decided],
    on: date,
    by: User,
    steps_down: Sequence[int],
    visits_every: Mapping[int, int | None],
) -> None:
    """A review conference: each child's plan goes on, in the same category or another, or ends."""
    written = {pk: open_plan(pk, PlanKind.PROTECTION) for pk in steps_down}
    for pk, plan in open_protection_plans(children.values(), on).items():
        said = decisions[pk]
        is_end = said.decision == ConferenceOf.Decision.END
        _, now = services.hold_plan_review(
            plan=plan, on=on, by=by, category=None if is_end else said.category, conference=held,
            visits_every=None if is_end else visits_every.get(pk),
        )  # fmt: skip
        if is_end:
            services.end_protection_plan(plan=now, on=on, by=by, reason=said.end_reason, because=said.because)
            _end_what_was_planned(children[pk], on, by)
    down = [children[pk] for pk in steps_down if decisions[pk].decision == ConferenceOf.Decision.END]
    if down:
        begun = assessment.take_over(children=down, on=on, referrals=referral_threads(down, on), by=by)
        _carry_over([one.person for one in begun], written, on, by)


def _hand_to_family_help(held: Conference, children: Sequence[Person], on: date, by: User) -> None:
    """Family help follows a plan: whoever leads it is told; where nobody does, beginning it is owed."""
    leads: dict[User, int] = {}
    for child in children:
        family = family_helped(child.pk, on)
        if family and family.lead:
            leads.setdefault(family.lead, child.pk)
            continue
        owed.owe(what="family_help", fact=held, persons=[child.pk], by=by, owed_by=worker_or(by, child, on))
    for lead, pk in leads.items():
        messages.tell(may_know([lead], [Person(pk=pk)]), PLAN_ENDED, link=messages.page("story", pk))


def _carry_over(children: Sequence[Person], written: Mapping[int, Plan | None], on: date, by: User) -> None:
    """The written plan that each child is worked with by from now on, with what the other one leaves."""
    left = {plan.thread: plan for child in children if (plan := written.get(child.pk))}
    for thread, plan in left.items():
        of_it = [child for child in children if (own := written.get(child.pk)) and own.thread == thread]
        planning.carry_over(
            plan=plan, people=of_it, kind=PlanKind.CHILD_IN_NEED, basis=Basis.SECTION_17, on=on, by=by
        )


def _end_what_was_planned(child: Person, on: date, by: User) -> None:
    """The written plan ends with the last child on it; until then its lines stay for the others."""
    plan = open_plan(child.pk, PlanKind.PROTECTION)
    if plan and not open_protection_plans(people_on(plan), on):
        planning.end_plan(plan=plan, on=on, reason="The protection plan ended at its review.", by=by)
