"""Asking for enquiries, conferences and protection plans."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Q, QuerySet

from kith.record.facts import Ending, is_in_force
from kith.record.people.models import Person, User
from kith.record.people.queries import allocations_of, managers_of, memberships_of
from kith.record.protection.models import (
    Conference,
    ConferenceOf,
    CoreGroup,
    CoreGroupOf,
    Dissent,
    EmergencyStep,
    EnquiryFinding,
    HarmSuspected,
    HarmSuspectedOf,
    InitialConference,
    Invited,
    LegalPlanningLook,
    PlanReview,
    ProtectionPlan,
    Section47Enquiry,
    StrategyDiscussion,
    StrategyDiscussionOf,
    TransferIn,
    TransferOut,
)
from kith.record.versions import current_facts, current_matters, parts_of


def _ids(children: Iterable[Person]) -> list[int]:
    return [child.pk for child in children]


def open_enquiries(children: Iterable[Person]) -> dict[int, Section47Enquiry]:
    """The enquiry not yet concluded, for each child that has one, by person id."""
    found = Section47Enquiry.current.filter(person__in=_ids(children), ended_on=None)
    found = found.exclude(is_conference_not_required=True)
    return {enquiry.person_id: enquiry for enquiry in found.order_by("started_on", "pk")}


def enquiries_open_on(children: Iterable[Person], on: date) -> dict[int, Section47Enquiry]:
    """The enquiry going on on `on`, for each child that has one, by person id.

    A census does not tell when an enquiry ended: one that led to a conference, or had to lead to none,
    is over.
    """
    ids = _ids(children)
    conferred = {held.enquiry_thread for held in conferences_of(ids) if held.held_on <= on}
    return {
        one.person_id: one
        for one in enquiries_of(ids)
        if is_in_force(one, on)
        and not (one.ended_on is None and one.is_conference_not_required)
        and one.thread not in conferred
    }


def enquiries_to_confer_on(
    children: Iterable[Person], referral_threads: Iterable[int]
) -> dict[int, Section47Enquiry]:
    """The latest enquiry under these referrals with no conference yet and none ruled out, by person id."""
    ids, under = _ids(children), set(referral_threads)
    conferred = {held.enquiry_thread for held in conferences_of(ids)}
    return {
        one.person_id: one
        for one in enquiries_of(ids)
        if one.referral_thread in under and not one.is_conference_not_required and one.thread not in conferred
    }


def enquiries_of(person_ids: Iterable[int]) -> list[Section47Enquiry]:
    """Every enquiry about these people, the latest last."""
    return sorted(current_facts(Section47Enquiry, person_ids), key=lambda one: (one.started_on, one.pk))


def conferences_of(person_ids: Iterable[int]) -> list[InitialConference]:
    """Every initial conference about these people, the first recorded first."""
    return current_facts(InitialConference, person_ids)


def plans_of(person_ids: Iterable[int], on: date) -> list[ProtectionPlan]:
    """The protection plans of these people that are in force on `on`, the latest last."""
    found = [plan for plan in current_facts(ProtectionPlan, person_ids) if is_in_force(plan, on)]
    return sorted(found, key=lambda plan: (plan.started_on, plan.pk))


def reviews_of(plans: Sequence[ProtectionPlan], person_ids: Iterable[int]) -> dict[int, list[date]]:
    """The days on which each of these plans of these people was reviewed, by its thread, the first first."""
    held: dict[int, list[date]] = {plan.thread: [] for plan in plans}
    for review in current_facts(PlanReview, person_ids) if plans else []:
        if review.plan_thread in held:
            held[review.plan_thread].append(review.held_on)
    return {thread: sorted(days) for thread, days in held.items()}


def visits_set_by(plans: Sequence[ProtectionPlan]) -> dict[int, list[tuple[date, int]]]:
    """Every so many working days that each of these plans sets for its visits, with the day from which.

    By the plan's thread, the first first; a plan that sets none is left out, and what was corrected is not
    told.
    """
    found: dict[int, dict[date, int]] = {}
    threads = [plan.thread for plan in plans if plan.visits_every]
    said = ProtectionPlan.objects.filter(thread__in=threads, ended_as__in=("", Ending.CONTINUED))
    for one in said.order_by("pk") if threads else []:
        if one.visits_every is not None:
            found.setdefault(one.thread, {})[one.visits_every_from or one.started_on] = one.visits_every
    return {thread: sorted(each.items()) for thread, each in found.items()}


def plans_open_on(on: date) -> "QuerySet[ProtectionPlan]":
    """Protection plans in force on `on`, as a query over everybody."""
    open_on: QuerySet[ProtectionPlan] = ProtectionPlan.current.filter(
        Q(ended_on=None) | Q(ended_on__gt=on), started_on__lte=on
    )
    return open_on


def open_protection_plans(children: Iterable[Person], on: date) -> dict[int, ProtectionPlan]:
    """The protection plan in force on `on`, for each child that has one, by person id."""
    return {plan.person_id: plan for plan in plans_of(_ids(children), on)}


def conferences_on(children: Iterable[Person], on: date) -> dict[int, InitialConference]:
    """The initial conference held on that very day, for each child that had one, by person id."""
    return {held.person_id: held for held in conferences_of(_ids(children)) if held.held_on == on}


def plans_ever(person_ids: Iterable[int]) -> list[ProtectionPlan]:
    """Every protection plan these people had here, the latest last."""
    return sorted(current_facts(ProtectionPlan, person_ids), key=lambda plan: (plan.started_on, plan.pk))


def enquiries_going_on(
    children: Iterable[Person], referral_threads: Iterable[int], on: date
) -> dict[int, Section47Enquiry]:
    """The enquiry that new information is added to, for each child that has one, by person id.

    One is going on until its conference was held or it ended with none needed, as the census has it
    (rules 8839, 8890); on the day of that conference nothing new begins beside it either.
    """
    children = list(children)
    waiting = enquiries_to_confer_on(children, referral_threads)
    held = {one.enquiry_thread for one in conferences_of(_ids(children)) if one.held_on >= on}
    today = {one.person_id: one for one in enquiries_of(_ids(children)) if one.thread in held}
    return {**today, **waiting, **open_enquiries(children)}


def conferences_under(children: Iterable[Person], referral_threads: Iterable[int]) -> list[InitialConference]:
    """The conferences that ended an enquiry under one of these referrals."""
    under = set(referral_threads)
    return [
        one
        for one in conferences_of(_ids(children))
        if one.referral_thread in under and one.enquiry_thread is not None
    ]


def harm_suspected_of(person_ids: Iterable[int]) -> list[tuple[HarmSuspectedOf, HarmSuspected]]:
    """Each of these people's part of what harm is suspected, with the words all its children share."""
    parts = current_facts(HarmSuspectedOf, person_ids)
    harms = current_matters(HarmSuspected, {part.matter_thread for part in parts}) if parts else {}
    return [(part, harms[part.matter_thread]) for part in parts if part.matter_thread in harms]


def discussions_of(
    person_ids: Iterable[int], enquiry_thread: int | None = None
) -> list[tuple[StrategyDiscussionOf, StrategyDiscussion]]:
    """Each of these people's part of a strategy discussion, with what its children share, the first first.

    With an enquiry, those of it and those held before any enquiry began.
    """
    parts = current_facts(StrategyDiscussionOf, person_ids)
    if enquiry_thread is not None:
        parts = [part for part in parts if part.enquiry_thread in {None, enquiry_thread}]
    held = current_matters(StrategyDiscussion, {part.matter_thread for part in parts}) if parts else {}
    pairs = [(part, held[part.matter_thread]) for part in parts if part.matter_thread in held]
    return sorted(pairs, key=lambda pair: pair[1].held_at)


def finding_of(enquiry_thread: int) -> EnquiryFinding | None:
    """What an enquiry found, where somebody wrote it."""
    found: EnquiryFinding | None = EnquiryFinding.current.filter(enquiry_thread=enquiry_thread).first()
    return found


def findings_of(person_ids: Iterable[int]) -> dict[int, EnquiryFinding]:
    """What each enquiry about these people found, by the enquiry's thread."""
    return {one.enquiry_thread: one for one in current_facts(EnquiryFinding, person_ids)}


def wrote_finding(user: User, finding: EnquiryFinding) -> bool:
    """Whether `user` wrote any version of a finding before a manager agreed it."""
    versions = EnquiryFinding.objects.filter(thread=finding.thread, agreed_at=None, sent_back_because="")
    return versions.filter(recorded_by=user).exists()


def managers_over(children: Iterable[Person], on: date) -> list[User]:
    """The managers of the teams that work with these children on a day, by team or by their worker's team."""
    held = [one for one in allocations_of(_ids(children)) if is_in_force(one, on)]
    teams = {one.team_id for one in held if one.team_id}
    for worker in {one.worker_id: one.worker for one in held if one.worker}.values():
        teams |= {member.team_id for member in memberships_of(worker, on=on)}
    return list(managers_of(teams, on=on).order_by("pk"))


def conference_parts(thread: int) -> list[ConferenceOf]:
    """What a conference is about and decided for each child, the first recorded first."""
    return parts_of(ConferenceOf, [thread], "person")[thread]


def meetings_of(person_ids: Iterable[int]) -> list[tuple[ConferenceOf, Conference]]:
    """Each of these people's part of a conference arranged here, with the conference, the first first."""
    parts = current_facts(ConferenceOf, person_ids)
    found = current_matters(Conference, {part.matter_thread for part in parts}) if parts else {}
    pairs = [(part, found[part.matter_thread]) for part in parts if part.matter_thread in found]
    return sorted(pairs, key=lambda pair: pair[1].planned_for)


def conferences_about(enquiry: Section47Enquiry) -> list[Conference]:
    """The conferences that an enquiry led to, planned or held."""
    pairs = meetings_of([enquiry.person_id])
    return [
        one
        for part, one in pairs
        if part.enquiry_thread == enquiry.thread and one.state != Conference.State.CALLED_OFF
    ]


def planned_conferences(person_ids: Iterable[int], kind: str) -> dict[int, Conference]:
    """The conference of a kind that is planned, for each of these people who has one, by person id.

    A conference before birth is an initial one.
    """
    alike = {kind} if kind not in FIRST else FIRST
    return {
        part.person_id: one
        for part, one in meetings_of(person_ids)
        if one.state == Conference.State.PLANNED and one.kind in alike
    }


FIRST = frozenset({Conference.Kind.INITIAL, Conference.Kind.PRE_BIRTH})


def invited_to(conference_thread: int) -> list[Invited]:
    """Everybody asked to a conference, the first asked first."""
    found = Invited.current.filter(conference_thread=conference_thread)
    rows = list(found.select_related("user", "relative").order_by("pk"))
    first = dict(
        Invited.objects.filter(conference_thread=conference_thread, supersedes=None).values_list(
            "thread", "pk"
        )
    )
    return sorted(rows, key=lambda one: first.get(one.thread, one.pk))


def invited_of(conference_threads: Iterable[int]) -> dict[int, list[Invited]]:
    """Everybody asked to each of these conferences, by its thread."""
    found: dict[int, list[Invited]] = {thread: [] for thread in conference_threads}
    for one in Invited.current.filter(conference_thread__in=[*found]).order_by("pk") if found else []:
        found[one.conference_thread].append(one)
    return found


def dissent_of(person_ids: Iterable[int], conference_thread: int | None = None) -> list[Dissent]:
    """How somebody would have decided otherwise about these people, at one conference or at any."""
    found = current_facts(Dissent, person_ids)
    return [one for one in found if conference_thread in {None, one.conference_thread}]


def core_groups_of(person_ids: Iterable[int]) -> list[tuple[CoreGroupOf, CoreGroup]]:
    """Each of these people's part of a core group, with what its children share, the first held first."""
    parts = current_facts(CoreGroupOf, person_ids)
    held = current_matters(CoreGroup, {part.matter_thread for part in parts}) if parts else {}
    pairs = [(part, held[part.matter_thread]) for part in parts if part.matter_thread in held]
    return sorted(pairs, key=lambda pair: (pair[1].held_on, pair[1].pk))


def core_group_days(plans: Sequence[ProtectionPlan], person_ids: Iterable[int]) -> dict[int, list[date]]:
    """The days on which a core group of each of these plans met, by its thread, the first first."""
    held: dict[int, list[date]] = {plan.thread: [] for plan in plans}
    for part in current_facts(CoreGroupOf, person_ids) if plans else []:
        if part.plan_thread in held:
            held[part.plan_thread].append(part.held_on)
    return {thread: sorted(days) for thread, days in held.items()}


def legal_looks_of(person_ids: Iterable[int]) -> list[LegalPlanningLook]:
    """What every legal planning look decided about these people, the first first."""
    return sorted(current_facts(LegalPlanningLook, person_ids), key=lambda one: (one.looked_on, one.pk))


def transfers_of(person_ids: Iterable[int]) -> list[TransferIn]:
    """Every plan from another area that these people had, the first written first."""
    return sorted(current_facts(TransferIn, person_ids), key=lambda one: (one.notified_on, one.pk))


def transfers_in(children: Iterable[Person]) -> list[TransferIn]:
    """The plans from other areas that are kept here for these children until a conference."""
    return [one for one in current_facts(TransferIn, _ids(children)) if one.ended_on is None]


def transfers_out(children: Iterable[Person]) -> list[TransferOut]:
    """The moves to another area of these children's plans that its conference has not taken over."""
    return [one for one in current_facts(TransferOut, _ids(children)) if one.their_conference_on is None]


def emergency_steps_of(person_ids: Iterable[int]) -> list[EmergencyStep]:
    """The emergency powers used for these people, the first first."""
    return sorted(current_facts(EmergencyStep, person_ids), key=lambda one: (one.began_on, one.pk))


def extensions_of(step: EmergencyStep) -> list[EmergencyStep]:
    """The extensions of an emergency protection order; a court may give one."""
    return list(EmergencyStep.current.filter(extends_thread=step.thread))


def planned_conferences_of_chair(chair: User) -> list[Conference]:
    """The conferences this chair is to hold, the next one first."""
    found = Conference.current.filter(chair=chair, state=Conference.State.PLANNED)
    return list(found.order_by("planned_for", "pk"))


def held_conferences_of_chair(chair: User, on: date) -> list[Conference]:
    """The conferences this chair held that still concern them on a day, the latest first.

    One concerns them until its record went out, and while a plan lasts that it made or went on with.
    """
    held = Conference.current.filter(chair=chair, state=Conference.State.HELD)
    about = parts_of(ConferenceOf, held.values_list("thread", flat=True))
    going_on = _still_chaired(about, on)
    return [one for one in held.order_by("-held_at", "-pk") if one.thread in going_on]


def chaired_by(chair: User, person_ids: Iterable[int], on: date) -> set[int]:
    """Those of these people for whom `chair` held a conference that still concerns them on a day.

    For somebody whose own plan lasts, or about whom the record of the conference has yet to go out.
    """
    held = Conference.current.filter(chair=chair, state=Conference.State.HELD)
    about: dict[int, list[ConferenceOf]] = {thread: [] for thread in held.values_list("thread", flat=True)}
    for part in current_facts(ConferenceOf, person_ids) if about else []:
        if part.matter_thread in about:
            about[part.matter_thread].append(part)
    return {pk for ids in _still_chaired(about, on).values() for pk in ids}


def _still_chaired(about: Mapping[int, Sequence[ConferenceOf]], on: date) -> dict[int, set[int]]:
    """Whom each of these held conferences still concerns, of those it has; without those of nobody."""
    unsent = {thread for thread, asked in invited_of(about).items() if not _has_gone_out(asked)}
    parts = [part for each in about.values() for part in each]
    began = {plan.person_id: plan.started_on for plan in plans_of({part.person_id for part in parts}, on)}
    found: dict[int, set[int]] = {}
    for part in parts:
        is_planned = part.decision in WITH_A_PLAN and part.person_id in began
        if part.matter_thread in unsent or (
            is_planned and part.held_on and began[part.person_id] <= part.held_on
        ):
            found.setdefault(part.matter_thread, set()).add(part.person_id)
    return found


def _has_gone_out(asked: Iterable[Invited]) -> bool:
    return any(one.record_sent_on for one in asked)


WITH_A_PLAN = frozenset({ConferenceOf.Decision.PLAN, ConferenceOf.Decision.CONTINUE})
