"""Protection plans: begun at a conference, carried by core groups, reviewed, ended, moved between areas."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from kith.record.chronology.entering import carry_on, enter, enter_each, enter_matter
from kith.record.chronology.policies import check_day, life_of
from kith.record.owed import services as owed
from kith.record.people.models import Person, User
from kith.record.people.queries import same_person_ids
from kith.record.protection import permissions, policies
from kith.record.protection.models import (
    Conference,
    CoreGroup,
    CoreGroupOf,
    LegalPlanningLook,
    PlanReview,
    ProtectionPlan,
    TransferIn,
    TransferOut,
)
from kith.record.protection.queries import (
    conferences_on,
    open_protection_plans,
    plans_ever,
    transfers_in,
    transfers_of,
)
from kith.record.protection.services.enquiries import check_days
from kith.record.said import check_said


@transaction.atomic
def start_protection_plan(
    *,
    child: Person,
    on: date,
    category: str,
    by: User,
    previous_plans: int | None = None,
    visits_every: int | None = None,
) -> ProtectionPlan:
    """Begin a protection plan at the conference of that day.

    `category` and `previous_plans` (ever, in any authority) are each child's own; `visits_every` is in
    working days. Raises NotAllowed, WrongDate, WrongCode, NotPossible, NoConference, AlreadyOpen.
    """
    permissions.check_can_chair(by, [child])
    check_day(on, life_of(child))
    policies.check_category(category, on)
    policies.check_visits_every(visits_every)
    policies.check_no_plan(open_protection_plans([child], on).values())
    conference = conferences_on([child], on).get(child.pk)
    policies.check_conference(conference, on)
    return enter(
        ProtectionPlan(
            person=child,
            referral_thread=conference.referral_thread if conference else None,
            started_on=on,
            initial_category=category,
            latest_category=category,
            previous_plans=previous_plans,
            visits_every=visits_every,
        ),
        by=by,
        act="start_protection_plan",
    )


@transaction.atomic
def count_previous_plans(
    *, plan: ProtectionPlan, ever: int, by: User, expected: int | None = None
) -> ProtectionPlan:
    """Say how many protection plans a child had before this one, in any authority; the plan as it then is.

    Raises NotAllowed, NotPossible, VersionClash.
    """
    permissions.check_can_arrange(by, [plan.person])
    policies.check_count(ever)
    new = carry_on(plan, by=by, act="count_previous_plans", expected=expected, previous_plans=ever)
    owed.settle(what="previous_plans", by=by, done=new, of=plan)
    return new


@transaction.atomic
def hold_plan_review(
    *,
    plan: ProtectionPlan,
    on: date,
    by: User,
    category: str | None = None,
    conference: Conference | None = None,
    visits_every: int | None = None,
) -> tuple[PlanReview, ProtectionPlan]:
    """Hold a review conference of a plan; `category` is the plan's from then on, None leaves it.

    So it is with `visits_every`, in working days. The review, and the plan as it then stands. Raises
    NotAllowed, NotOpen, NotPossible, WrongDate, WrongCode.
    """
    permissions.check_can_chair(by, [plan.person])
    check_day(on, life_of(plan.person))
    policies.check_plan_open(plan, on, "a review")
    policies.check_after_first_day(plan, on, "a review")
    policies.check_visits_every(visits_every)
    thread = conference.thread if conference else None
    review = enter(
        PlanReview(person=plan.person, plan_thread=plan.thread, held_on=on, conference_thread=thread),
        by=by,
        act="hold_plan_review",
    )
    if visits_every is not None and visits_every != plan.visits_every:
        plan = carry_on(plan, by=by, act="change_visits", visits_every=visits_every, visits_every_from=on)
    if category is None or category == plan.latest_category:
        return review, plan
    policies.check_category(category, on)
    return review, carry_on(plan, by=by, act="change_category", latest_category=category)


@transaction.atomic
def say_mother_unwell(
    *, plan: ProtectionPlan, is_unwell: bool, by: User, expected: int | None = None
) -> ProtectionPlan:
    """Say whether the mother was unwell after a birth on this plan; the plan as it then is.

    The first review or core group after the birth may then be later (clock CP-10b). Raises NotAllowed,
    NotOpen, NotPossible, VersionClash.
    """
    permissions.check_can_enquire(by, [plan.person])
    born = life_of(plan.person).born_on
    policies.check_born_on_plan(plan, born)
    policies.check_plan_open(plan, born or plan.started_on, "the birth")
    return carry_on(plan, by=by, act="say_mother_unwell", expected=expected, is_mother_unwell=is_unwell)


@transaction.atomic
def end_protection_plan(
    *, plan: ProtectionPlan, on: date, by: User, reason: str = "", because: str = ""
) -> ProtectionPlan:
    """End a protection plan; its new version. `reason` is one of `ProtectionPlan.End`.

    Raises NotAllowed, NotOpen, WrongDate, VersionClash.
    """
    permissions.check_can_chair(by, [plan.person])
    check_day(on, life_of(plan.person), is_an_ending=True)
    policies.check_plan_open(plan, on, "its end")
    policies.check_after_first_day(plan, on, "its end")
    return carry_on(
        plan, by=by, act="end_protection_plan", ended_on=on, end_reason=reason, ended_why=because.strip()
    )


@transaction.atomic
def give_way(
    *, child: Person, on: date, because: str, by: User, reason: str = ProtectionPlan.End.OTHER
) -> list[ProtectionPlan]:
    """Return the protection plans of a child for whom nothing goes on, ended that day.

    A plan kept for another area ends with them. `reason` is one of `ProtectionPlan.End`. The act that ends
    them has checked who may.
    """
    ids = same_person_ids(child)
    for kept in (one for one in transfers_of(ids) if one.ended_on is None):
        carry_on(
            kept, by=by, act="end_transfer_in", because=because, ended_on=max(on, kept.notified_on),
            ended_why=because,
        )  # fmt: skip
    return [
        carry_on(
            plan, by=by, act="end_protection_plan", because=because, ended_on=max(on, plan.started_on),
            end_reason=reason, ended_why=because,
        )
        for plan in plans_ever(ids)
        if plan.ended_on is None
    ]  # fmt: skip


@transaction.atomic
def hold_core_group(
    *,
    plans: Sequence[ProtectionPlan],
    on: date,
    by: User,
    who_came: str = "",
    is_family_there: bool | None = None,
    what_changed: str = "",
    of_each: Mapping[int, str] | None = None,
) -> CoreGroup:
    """Hold one core group for these children's plans; what was decided for one child is theirs alone.

    Raises NotAllowed, NoChildren, NotOpen, WrongDate, NotSaid.
    """
    children = [plan.person for plan in plans]
    permissions.check_can_enquire(by, children)
    check_days(children, on)
    for plan in plans:
        policies.check_plan_open(plan, on, "a core group")
    group = CoreGroup(
        held_on=on,
        who_came=check_said(who_came, "Who came", "Name who was there."),
        is_family_there=is_family_there,
        what_changed=check_said(
            what_changed, "What changed", "Say what is different for the children since last time."
        ),
    )
    said = of_each or {}
    parts = [
        CoreGroupOf(
            person=plan.person,
            held_on=on,
            plan_thread=plan.thread,
            decided=said.get(plan.person_id, ""),
        )
        for plan in plans
    ]
    enter_matter(group, parts, by=by, act="hold_core_group")
    return group


@transaction.atomic
def look_with_lawyer(
    *,
    plans: Sequence[ProtectionPlan],
    on: date,
    decisions: Mapping[int, tuple[str, str]],
    by: User,
    who: str = "",
) -> list[LegalPlanningLook]:
    """Write down what a legal planning look decided about each of these children, and why.

    `decisions` gives, by person id, one of `LegalPlanningLook.Decision` and the reason. It settles the look
    that is due (clocks H-7, H-7b). Raises NotAllowed, NoChildren, NotOpen, WrongDate, NotSaid.
    """
    children = [plan.person for plan in plans]
    permissions.check_can_look_legally(by, children)
    check_days(children, on)
    there = check_said(who, "Who looked at it", "Name who took part, and the lawyer.")
    for plan in plans:
        policies.check_plan_open(plan, on, "a legal planning look")
    return enter_each([_look(plan, on, decisions, there) for plan in plans], by=by, act="look_with_lawyer")


def _look(
    plan: ProtectionPlan, on: date, decisions: Mapping[int, tuple[str, str]], who: str
) -> LegalPlanningLook:
    decision, because = decisions.get(plan.person_id, ("", ""))
    policies.check_look(decision)
    why = check_said(because, "Why it was decided", "Give the reason for each child.")
    return LegalPlanningLook(
        person=plan.person, plan_thread=plan.thread, looked_on=on, who=who, decision=decision, why=why
    )


@transaction.atomic
def take_transfer_in(
    *,
    children: Sequence[Person],
    from_authority: str,
    notified_on: date,
    by: User,
    category: str = "",
    their_plan_began_on: date | None = None,
    papers: str = "",
    their_chair: str = "",
) -> list[TransferIn]:
    """Keep another area's protection plan of these children here, from the day they wrote to us.

    Visits begin at once; our own plan is for the transfer-in conference. Raises NotAllowed, NoChildren,
    WrongDate, WrongCode, NotSaid, AlreadyOpen.
    """
    permissions.check_can_enquire(by, children)
    check_days(children, notified_on)
    area = check_said(from_authority, "Which area the plan is from", "Name the authority.")
    if category:
        policies.check_category(category, notified_on)
    policies.check_no_plan(open_protection_plans(children, notified_on).values())
    policies.check_none_moving_in(transfers_in(children))
    kept = enter_each(
        [
            TransferIn(
                person=child,
                from_authority=area,
                notified_on=notified_on,
                category=category,
                their_plan_began_on=their_plan_began_on,
                papers=papers.strip(),
                their_chair=their_chair.strip(),
            )
            for child in children
        ],
        by=by,
        act="take_transfer_in",
    )
    owed.settle(what="their_plan", by=by, done=kept[0], persons=[child.pk for child in children])
    return kept


@transaction.atomic
def end_transfer_in(
    *, transfer: TransferIn, on: date, because: str, by: User, conference_on: date | None = None
) -> TransferIn:
    """A plan from another area is no longer kept here: decided at our conference, or the family left.

    Raises NotAllowed, NotOpen, NotSaid, WrongDate, VersionClash.
    """
    if not permissions.can_chair(by, [transfer.person]):
        permissions.check_can_enquire(by, [transfer.person])
    policies.check_transfer_open(transfer)
    check_days([transfer.person], on, is_an_ending=True)
    why = check_said(because, "Why it ends", "Give the reason.")
    return carry_on(
        transfer, by=by, act="end_transfer_in", ended_on=on, ended_why=why, conference_on=conference_on
    )


@transaction.atomic
def tell_other_authority(
    *, plans: Sequence[ProtectionPlan], to_authority: str, on: date, by: User, sent: str = ""
) -> list[TransferOut]:
    """Write down that another area was told of children with our plan who moved there.

    The plan stays ours until their conference. Raises NotAllowed, NoChildren, NotOpen, WrongDate, NotSaid.
    """
    children = [plan.person for plan in plans]
    permissions.check_can_enquire(by, children)
    check_days(children, on)
    area = check_said(to_authority, "Which area they moved to", "Name the authority.")
    for plan in plans:
        policies.check_plan_open(plan, on, "the move")
    return enter_each(
        [
            TransferOut(
                person=plan.person,
                plan_thread=plan.thread,
                to_authority=area,
                told_on=on,
                sent=sent.strip(),
            )
            for plan in plans
        ],
        by=by,
        act="tell_other_authority",
    )


@transaction.atomic
def end_plan_at_their_conference(*, transfer: TransferOut, on: date, by: User) -> ProtectionPlan:
    """The other area held its conference: our plan ends that day; the plan as it then is.

    Raises NotAllowed, NotOpen, WrongDate, VersionClash.
    """
    permissions.check_can_enquire(by, [transfer.person])
    check_day(on, life_of(transfer.person), is_an_ending=True)
    plan: ProtectionPlan = ProtectionPlan.current.get(thread=transfer.plan_thread)
    policies.check_plan_open(plan, on, "its end")
    policies.check_after_first_day(plan, on, "its end")
    carry_on(transfer, by=by, act="hear_of_their_conference", their_conference_on=on)
    return carry_on(
        plan,
        by=by,
        act="end_protection_plan",
        ended_on=on,
        end_reason=ProtectionPlan.End.MOVED,
        ended_why=f"{transfer.to_authority} held its conference.",
    )
