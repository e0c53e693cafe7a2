"""Steps of family help that touch other rooms: putting a family on record, naming who leads, more help, less.

Nothing is typed again: what a family said goes with it, to the front door and back.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from kith.record.assessment.queries import open_need_plans
from kith.record.centres import services as centres
from kith.record.chronology.entering import carry_on
from kith.record.chronology.policies import lives_of
from kith.record.frontdoor import services as frontdoor
from kith.record.frontdoor.models import Message
from kith.record.frontdoor.models import Way as MessageWay
from kith.record.frontdoor.queries import concerned_by
from kith.record.frontdoor.services.decisions import team_of
from kith.record.help import permissions as help_permissions
from kith.record.help import queries
from kith.record.help import services as help_room
from kith.record.help.models import Answer, FamilyHelp, FamilyNeed, HelpRequest, StepUp
from kith.record.help.models import Way as HelpWay
from kith.record.help.services.families import LEADS
from kith.record.owed import services as owed
from kith.record.pathway import help_over
from kith.record.pathway.after_plan import say_what_follows
from kith.record.pathway.alerting import tell_managers_now
from kith.record.pathway.help_basis import check_basis
from kith.record.pathway.new_family import put_on_record
from kith.record.pathway.opening_for_help import closed_to, open_for_help
from kith.record.pathway.plan_life import end_need_plans_without_a_plan
from kith.record.pathway.services import allocate_worker, start_child_in_need_plan
from kith.record.people import queries as people
from kith.record.people import staff
from kith.record.people.models import Allocation, Membership, Person, User
from kith.record.planning import queries as planning_queries
from kith.record.planning import services as planning
from kith.record.planning.models import Basis, Plan, PlanKind
from kith.standards.working_days import legal_day

FAMILY_OR_FRIEND, UNKNOWN, FROM_HELP = "1A", "10", "5D"  # code list `referral_source`
COMES_FROM = (
    PlanKind.PROTECTION,
    PlanKind.CHILD_IN_NEED,
    PlanKind.OUTSIDE,
)  # gone on with, first found


@transaction.atomic
def begin_with_family(
    *,
    known: Iterable[int],
    new_children: Sequence[Mapping[str, Any]],
    by: User,
    is_home_hidden: bool | None = None,
    together: str = "",
    asker_is: str = "",
    **agreed: Any,
) -> FamilyHelp:
    """Return a family's help, for children on record and for those put on record by it (`new_family`).

    What the help is for, above all, is the first that the family needs. `agreed` are the other arguments of
    `help.services.begin_help`. Beginning opens no record by itself: one that is closed to `by`, and that
    nobody else asked help for, is opened for today with that reason, which managers are told at once and
    review. Raises what that raises, and NotPossible.
    """
    ids, request = [*known], agreed.get("request")
    held = Person.objects.in_bulk(ids)
    before = [held[pk] for pk in ids]
    new = put_on_record(
        new_children, beside=before, by=by, request=request, together=together, asker_is=asker_is,
        is_home_hidden=is_home_hidden,
    )  # fmt: skip
    children = [*before, *new]
    check_basis(children, agreed.get("basis", ""))
    closed = [] if queries.came_from_somebody_else(request, by) else closed_to(by, held.values())
    begun = help_room.begin_help(people=children, by=by, **agreed)
    if need := agreed.get("need"):
        help_room.first_need(help=begun, kind=need, by=by)
    owed.settle(what="family_help", by=by, done=begun, persons=[child.pk for child in children])
    say_what_follows(children=children, done=begun, by=by)
    open_for_help(closed, by=by, because=f"Began family help, to which {agreed['agreed_by']} agreed")
    return begun


@transaction.atomic
def name_lead(*, help: FamilyHelp, worker: User, on: date, by: User) -> FamilyHelp:
    """Return a family's help with who leads it from a day, who is each child's worker in it, with their team.

    The team's manager works with the family by that. Whoever led before stops that day. Raises NotAllowed,
    NotPossible and HelpEnded.
    """
    led = help_room.lead_named(help=help, worker=worker, on=on, by=by)
    team = team_of(worker, on)
    for child in queries.people_helped(help):
        allocate_worker(child=child, on=on, worker=worker, team=team, by=by, role=LEADS)
    return led


def workers_to_offer(person_ids: Iterable[int], on: date) -> list[User]:
    """Who works with these children already, the one with them longest first: offered first, never ticked."""
    ids = [pk for under in people.merged_under(person_ids).values() for pk in under]
    held = Allocation.current.filter(people.in_force(on), person_id__in=ids, worker__isnull=False)
    found = [one.worker for one in held.select_related("worker").order_by("started_on", "pk") if one.worker]
    return list(dict.fromkeys(worker for worker in found if worker.is_active))


def workers_beside(user: User, person_ids: Iterable[int], on: date) -> list[User]:
    """Whom a worker may ask to do something for these children: who works with them, then their own team."""
    teams = [one.team_id for one in people.memberships_of(user, on=on)]
    ids = Membership.objects.filter(people.in_force(on), team__in=teams).values("user")
    members = User.objects.filter(pk__in=ids, is_active=True).order_by("name")
    return list(dict.fromkeys([*workers_to_offer(person_ids, on), *members]))


@transaction.atomic
def agree_help_plan(*, help: FamilyHelp, by: User, **agreed: Any) -> Plan:
    """Return the family's plan; under section 17 it is each child's child in need plan too.

    `agreed` are the other arguments of `help.services.agree_plan`. Raises what that and the plan raise.
    """
    plan = help_room.agree_plan(help=help, by=by, **agreed)
    if plan.basis == Basis.SECTION_17:
        children = queries.people_helped(help)
        planned = open_need_plans(children, timezone.localdate())
        without = [child for child in children if child.pk not in planned]
        if without:
            start_child_in_need_plan(children=without, on=plan.started_on, by=by)
    return plan


@transaction.atomic
def end_family_help(*, help: FamilyHelp, on: date, by: User, **why: Any) -> FamilyHelp:
    """Return a family's help, ended with its plan; who led it is no longer the children's worker.

    A child whom nobody else works with is with the team of the unallocated, so that a case of theirs that
    goes on, or comes later, waits for somebody. What the lead owed goes to whoever goes on with the child
    (`help_over.what_goes_on`), or ends with the help. What was asked for as more help falls away with it,
    and so does a child in need plan that hung on it. Raises what `help.services.close_help` raises.
    """
    children = queries.people_helped(help)
    for step in queries.of_family(StepUp, help.thread):
        if not step.decision and not step.withdrawn_because:
            help_room.withdraw_step_up(step=step, because="Family help ended", by=by)
    goes_on = help_over.what_goes_on(help, on)
    is_section_17 = any(one.basis == Basis.SECTION_17 for one in queries.episodes_of_family(help.thread))
    ended = help_room.close_help(help=help, on=on, by=by, **why)
    if is_section_17:
        end_need_plans_without_a_plan(children, on, by)
    ids = [pk for child in children for pk in people.same_person_ids(child)]
    for allocation in Allocation.current.filter(person_id__in=ids, role=LEADS, ended_on=None):
        carry_on(allocation, by=by, act="allocation_ended", ended_on=max(on, allocation.started_on))
    staff.leave_with_the_unallocated([child.pk for child in children], on=on)
    help_over.pass_on(goes_on, by=by)
    return ended


@transaction.atomic
def answer_family(
    *, request: HelpRequest, answer: str, by: User, in_words: str = "", expected: int | None = None
) -> HelpRequest:
    """Return the request with what becomes of it; what was needed and could not be given is kept as that.

    Raises what `help.services.answer_request` raises.
    """
    answered = help_room.answer_request(
        request=request, answer=answer, in_words=in_words, by=by, expected=expected
    )
    if answer == Answer.CANNOT_HELP:
        centres.keep_unmet_need(
            what=answered.answer_in_words, district=answered.where, request_thread=answered.thread, by=by
        )
    return answered


@transaction.atomic
def keep_as_unmet(
    *, need: FamilyNeed, what: str, by: User, district: str = "", expected: int | None = None
) -> FamilyNeed:
    """Return a family's need that nothing meets, kept without a name for those who plan services.

    Of the family it tells its district and how old its children are. Raises NotAllowed, HelpEnded, NotSaid
    and VersionClash.
    """
    marked = help_room.nothing_meets(need=need, by=by, expected=expected)
    help = queries.help_of(need.family_thread)
    children = [need.only_for] if need.only_for else queries.people_helped(help) if help else []
    centres.keep_unmet_need(
        what=what, kind=need.kind, district=district, ages=_ages(children), need_thread=need.thread, by=by
    )
    return marked


def _ages(children: Sequence[Person]) -> str:
    """How old children are, in years, the youngest first: "2, 6"; "" where nobody knows."""
    today, lives = timezone.localdate(), lives_of(children).values()
    known = sorted(age for life in lives if (age := life.age_on(today)) is not None)
    expected = ["not yet born"] if any(life.is_unborn for life in lives) else []
    return ", ".join([*expected, *(str(age) for age in known)])


@transaction.atomic
def tell_front_door_of_request(
    *,
    request: HelpRequest,
    reason: str,
    children: Sequence[str],
    is_family_told: bool,
    by: User,
    why_not_told: str = "",
    expected: int | None = None,
) -> Message:
    """Return the message that the front door gets of a request, in the family's own words.

    A manager decides that, and it is no referral yet. Raises NotAllowed, NotSaid and AlreadyAnswered.
    """
    named = [frontdoor.Named(said_as=child) for child in children]
    message = _message_of_request(request, named, reason, request.asked_at, by, is_family_told)
    told = {"told_table": message._meta.label_lower, "told_thread": message.thread}
    why = f"{reason}\n\nThe family was not told: {why_not_told}" if why_not_told.strip() else reason
    help_room.answer_request(
        request=request, answer=Answer.CONTACT, in_words=why, by=by, expected=expected, **told
    )
    return message


@transaction.atomic
def make_contact_of_request(
    *,
    request: HelpRequest,
    reason: str,
    by: User,
    people_ids: Sequence[int] = (),
    children: Sequence[frontdoor.Named] = (),
    is_family_told: bool,
    why_not_told: str = "",
    danger: str = "",
) -> Message:
    """Return the message that the front door gets of a request, with all that was typed; the help goes on.

    It waits for a decision from when the family asked; from now where the request was answered before. With
    danger now the managers are told at once. Raises NotAllowed, AlreadyAnswered, NoChildren and NotSaid.
    """
    help_permissions.check_can_make_contact(by)
    newest = queries.request_of(request.thread) or request
    held = Person.objects.in_bulk(people_ids)
    named = [*(frontdoor.Named(person=held[pk]) for pk in people_ids), *children]
    why = f"{reason}\n\nThe family was not told: {why_not_told}" if why_not_told.strip() else reason
    at = timezone.now() if newest.answer else newest.asked_at
    message = _message_of_request(newest, named, why, at, by, is_family_told, danger)
    help_room.note_contact(
        request=newest, by=by, told_table=message._meta.label_lower, told_thread=message.thread
    )
    if message.is_urgent:
        return tell_managers_now(message, by, text="Somebody who asked for help may be in danger now.")
    return message


def _message_of_request(
    request: HelpRequest,
    children: Sequence[frontdoor.Named],
    reason: str,
    received_at: datetime,
    by: User,
    is_family_told: bool,
    danger: str = "",
) -> Message:
    return frontdoor.write_message(
        children=children,
        what_was_said=_what_they_said(request, reason),
        way=MessageWay.PAGE if request.way == HelpWay.PAGE else MessageWay.WORKER,
        source=FAMILY_OR_FRIEND if request.does_family_know is None else UNKNOWN,
        received_at=received_at,
        by=by,
        teller_name=(request.asked_by or request.name)[:150],
        teller_way_back=request.how_and_when_safe,
        what_they_want=request.what_would_help,
        home=request.where,
        is_family_told=is_family_told,
        danger=danger,
        help_request_thread=request.thread,
    )


def children_of_message(thread: int | None) -> list[int]:
    """The children on record of the message that a request came from; none where it came from none."""
    if thread is None:
        return []
    rows = concerned_by([thread])[thread]
    return [row.person_id for row in rows if row.person_id is not None]


def _what_they_said(request: HelpRequest, reason: str) -> str:
    tries = queries.replies_to([request.thread])[request.thread]
    said = [
        f"They asked for help: {request.what_would_help}",
        f"For whom: {request.get_for_whom_display()}" if request.for_whom else "",
        f"Called: {request.name}" if request.name and request.asked_by else "",
        f"How it is safe to reach them: {request.how_and_when_safe}" if request.how_and_when_safe else "",
        f"They added: {request.anything_else}" if request.anything_else else "",
        *(f"Said on {legal_day(one.tried_at):%d/%m/%Y}: {one.said}" for one in tries if one.said),
        f"Why the front door is told: {reason}",
    ]
    return "\n\n".join(filter(None, said))


@transaction.atomic
def decide_step_up(
    *, step: StepUp, decision: str, because: str, by: User, expected: int | None = None
) -> StepUp:
    """Return a step up as decided; where more is needed the front door has it, with the help there was.

    The worker who leads goes on until somebody else is named. Raises what `step_up_decided` raises.
    """
    links: dict[str, Any] = {}
    if decision == "step_up":
        message = _message_of(step, because, by)
        links = {"told_table": message._meta.label_lower, "told_thread": message.thread}
    return help_room.step_up_decided(
        step=step, decision=decision, because=because, by=by, expected=expected, **links
    )


def _message_of(step: StepUp, because: str, by: User) -> Message:
    ids = queries.ids_stepped_up([step.thread])[step.thread]
    held = Person.objects.in_bulk(ids)
    help = queries.help_of(step.family_thread)
    said = [step.what_has_changed, f"Why the manager decided so: {because}"]
    if help:
        given = [need.met_by for need in queries.written_of(help, ids).needs if need.met_by]
        said.append(f"Family help since {legal_day(help.accepted_at):%d/%m/%Y}. {'; '.join(given)}".strip())
    return frontdoor.write_message(
        children=[frontdoor.Named(person=held[pk]) for pk in ids],
        what_was_said="\n\n".join(said),
        way=MessageWay.STEP_UP,
        source=FROM_HELP,
        received_at=step.asked_at,
        by=by,
        teller_name=str(step.recorded_by or ""),
        is_from_third_party=False,
        is_family_told=step.was_family_told,
        help_request_thread=help.request_thread if help else None,
    )


@transaction.atomic
def step_down_to_help(
    *,
    people: Sequence[Person],
    agreed_by: str,
    agreed_how: str,
    by: User,
    lead: User | None = None,
) -> FamilyHelp:
    """Return family help that goes on where more is no longer needed, with the goals that are left.

    Who leads is the one chosen; where it is the worker they have, nobody new comes. Raises what `begin_help`
    and `name_lead` raise.
    """
    today = timezone.localdate()
    help = help_room.begin_help(
        people=people, basis=Basis.VOLUNTARY, agreed_by=agreed_by, agreed_how=agreed_how, by=by
    )
    before = _plan_before(people)
    if before:
        _go_on_with(before, help, people, by)
    return name_lead(help=help, worker=lead, on=today, by=by) if lead else help


def _plan_before(children: Sequence[Person]) -> Plan | None:
    found = (planning_queries.open_plan(child.pk, kind) for kind in COMES_FROM for child in children)
    return next((plan for plan in found if plan), None)


def _go_on_with(before: Plan, help: FamilyHelp, children: Sequence[Person], by: User) -> None:
    """A new plan with the goals of the one before that are not reached, and what is still to be done."""
    today = timezone.localdate()
    plan = planning.start_plan(
        kind=PlanKind.FAMILY_HELP, basis=Basis.VOLUNTARY, people=children, on=today, by=by
    )
    held = {child.pk: child for child in children}
    for each in planning_queries.shown(before, list(held)).goals:
        goal = each.goal
        if goal and (goal.reached_on or goal.set_aside_because):
            continue
        whose = held.get(goal.only_for_id or 0) if goal else None
        made = planning.set_goal(plan=plan, what=goal.what, only_for=whose, by=by) if goal else None
        for action in each.actions:
            if action.is_open:
                planning.add_action(
                    plan=plan, goal=made, what=action.what, owner=action.owner, due_on=action.due_on, by=by,
                    owner_in_words="" if action.owner else action.owner_in_words,
                    only_for=held.get(action.only_for_id or 0),
                )  # fmt: skip
