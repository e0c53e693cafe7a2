"""The clocks that run while a child is to be protected: discussion, enquiry, conference papers, plan, orders.

What an import brought has none of the meetings a file does not carry, so it is never called late for them.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from kith.record.clocks.running import Running, is_written_here
from kith.record.facts import Fact
from kith.record.people.models import PersonDetails
from kith.record.protection.models import (
    Conference,
    ConferenceOf,
    EmergencyStep,
    HarmSuspectedOf,
    Invited,
    ProtectionPlan,
    Section47Enquiry,
    StrategyDiscussionOf,
)
from kith.record.protection.queries import (
    core_group_days,
    emergency_steps_of,
    enquiries_of,
    invited_of,
    legal_looks_of,
    meetings_of,
    plans_ever,
    plans_of,
    reviews_of,
    transfers_of,
)
from kith.record.versions import current_facts
from kith.record.visits.queries import met
from kith.standards.clocks import day_of
from kith.standards.dates import long_date
from kith.standards.working_days import add_months, legal_day

DISCUSSION, DISCUSSION_TODAY = "CP-01", "CP-01b"  # the second where a child is in danger now
CORE_GROUP, NEXT_CORE_GROUP, FIRST_REVIEW, LATER_REVIEWS = "CP-04", "CP-05", "CP-06", "CP-07"
VISIT, TRANSFER_IN, BIRTH, BIRTH_UNWELL = "CP-08", "CP-09", "CP-10", "CP-10b"
DECISIONS, RECORD, REPORTS, REPORTS_OF_REVIEW = "CP-11", "CP-12", "CP-13", "CP-13b"
REPORT_WITH_CHAIR, LEGAL_LOOK, LEGAL_LOOK_SECOND = "H-3", "H-7", "H-7b"
LONG = 15  # months after which a plan is looked at with a lawyer: clock H-7
BEFORE_IT_IS_LONG = 3  # months: a look from month 12 on is that look, as H-7 says
EMERGENCY = {
    EmergencyStep.Kind.POLICE_PROTECTION: "EM-01",
    EmergencyStep.Kind.EMERGENCY_ORDER: "EM-02",
    EmergencyStep.Kind.EXTENSION: "EM-03",
    EmergencyStep.Kind.ASSESSMENT_ORDER: "EM-04",
}


def running(person_ids: Sequence[int], on: date) -> Iterator[Running]:
    """What runs while an enquiry, a conference, a plan or an emergency power is open."""
    plans = plans_of(person_ids, on)
    enquiries = [one for one in enquiries_of(person_ids) if one.harm_thread]  # begun with what is suspected
    yield from _discussions(enquiries, person_ids)
    yield from _core_groups(plans, person_ids)
    yield from _reviews(plans, person_ids)
    yield from _births(plans, person_ids)
    yield from _legal_looks(plans, person_ids)
    yield from _conferences(person_ids)
    yield from _transfers(person_ids)
    yield from _emergencies(person_ids)


def _discussions(enquiries: Sequence[Section47Enquiry], person_ids: Sequence[int]) -> Iterator[Running]:
    """A discussion is due from each word of harm; one held the same day before it was written meets it."""
    if not enquiries:
        return
    over = {one.thread: one.ended_on for one in enquiries}
    held = current_facts(StrategyDiscussionOf, person_ids)
    for harm in current_facts(HarmSuspectedOf, person_ids):
        day = legal_day(harm.suspected_at)
        after = [
            one.held_at for one in held if one.person_id == harm.person_id and legal_day(one.held_at) >= day
        ]
        clock = DISCUSSION_TODAY if harm.is_danger_now else DISCUSSION
        yield _line(
            clock,
            harm,
            day,
            met=legal_day(min(after)) if after else None,
            ended=over.get(harm.enquiry_thread),
            act="Write the strategy discussion",
            url_name="strategy_discussion",
        )


def _core_groups(plans: Sequence[ProtectionPlan], person_ids: Sequence[int]) -> Iterator[Running]:
    """The first core group runs from the conference; each later one from the one before."""
    held = core_group_days(plans, person_ids)
    for plan in plans:
        days = held[plan.thread]
        yield _line(
            CORE_GROUP,
            plan,
            plan.started_on,
            met=days[0] if days else None,
            can_be_met=is_written_here(plan),
            act="Write the core group",
            url_name="core_group",
        )
        if days:
            yield _line(
                NEXT_CORE_GROUP,
                plan,
                days[0],
                events=tuple(days[1:]),
                act="Write the core group",
                url_name="core_group",
            )


def _reviews(plans: Sequence[ProtectionPlan], person_ids: Sequence[int]) -> Iterator[Running]:
    """The first review runs from the conference that made the plan, each later one from the one before."""
    held = reviews_of(plans, person_ids)
    for plan in plans:
        days = held[plan.thread]
        page = {"act": "Arrange the review", "url_name": "arrange_review"}
        first = days[0] if days else None
        yield _line(FIRST_REVIEW, plan, plan.started_on, met=first, **page)
        if first is not None:
            yield _line(LATER_REVIEWS, plan, first, events=tuple(days[1:]), **page)


def _births(plans: Sequence[ProtectionPlan], person_ids: Sequence[int]) -> Iterator[Running]:
    """A baby born while their plan runs has a meeting soon after; later where the mother is unwell."""
    plans = [plan for plan in plans if is_written_here(plan)]
    if not plans:
        return
    born = {
        one.person_id: one.date_of_birth
        for one in current_facts(PersonDetails, person_ids)
        if one.date_of_birth
    }
    groups, reviews = core_group_days(plans, person_ids), reviews_of(plans, person_ids)
    for plan in plans:
        day = born.get(plan.person_id)
        if day is None or day < plan.started_on:
            continue
        after = sorted(held for held in [*groups[plan.thread], *reviews[plan.thread]] if held >= day)
        yield _line(
            BIRTH_UNWELL if plan.is_mother_unwell else BIRTH,
            plan,
            day,
            met=after[0] if after else None,
            act="Write the core group",
            url_name="core_group",
        )


def _legal_looks(plans: Sequence[ProtectionPlan], person_ids: Sequence[int]) -> Iterator[Running]:
    """A plan that lasts long, and one that is not the child's first, is looked at with a lawyer."""
    if not plans:
        return
    looks, ever = legal_looks_of(person_ids), plans_ever(person_ids)
    for plan in plans:
        days = [one.looked_on for one in looks if one.plan_thread == plan.thread]
        is_later = any(one.person_id == plan.person_id and one.started_on < plan.started_on for one in ever)
        long = add_months(plan.started_on, LONG)
        starts = [(LEGAL_LOOK, long, add_months(long, -BEFORE_IT_IS_LONG))]
        if is_later or plan.previous_plans:
            starts.append((LEGAL_LOOK_SECOND, plan.started_on, plan.started_on))
        for clock, started, counts_from in starts:
            yield _line(
                clock,
                plan,
                started,
                met=next((day for day in days if day >= counts_from), None),
                can_be_met=is_written_here(plan),
                act="Write the legal planning look",
                url_name="legal_look",
            )


def _conferences(person_ids: Sequence[int]) -> Iterator[Running]:
    """Reports reach the family before a conference; decisions and record reach everybody after it."""
    meetings = [pair for pair in meetings_of(person_ids) if pair[1].state != Conference.State.CALLED_OFF]
    asked = invited_of({one.thread for _, one in meetings})
    for part, one in meetings:
        yield from _papers(part, one, asked[one.thread])


def _papers(part: ConferenceOf, one: Conference, asked: Sequence[Invited]) -> Iterator[Running]:
    page = {"url_name": "conference", "url_args": (one.thread,)}
    wanted = [who for who in asked if who.is_report_wanted]
    if one.state == Conference.State.PLANNED and wanted and not one.is_date_only_held:
        clock = REPORTS_OF_REVIEW if one.kind == Conference.Kind.REVIEW else REPORTS
        shared = last_day([who.report_shared_on for who in wanted])
        planned = legal_day(one.planned_for)
        asked_on = one.convened_on
        yield _line(clock, part, planned, met=shared, asked_on=asked_on, act="Share the reports", **page)
        here = last_day([who.report_received_on for who in wanted])
        missing = "See whose report is missing"
        yield _line(REPORT_WITH_CHAIR, part, planned, met=here, asked_on=asked_on, act=missing, **page)
    if one.state == Conference.State.HELD and part.held_on:
        due = [who for who in asked if who.came != Invited.Came.KEPT_OUT]
        sent, record = ([getattr(who, name) for who in due] for name in SENT)
        of = f"of {long_date(part.held_on)}"  # of two conferences, the button says which
        decided, minutes = f"Send what was decided, {of}", f"Send the record, {of}"
        yield _line(DECISIONS, part, part.held_on, met=last_day(sent), act=decided, **page)
        yield _line(RECORD, part, part.held_on, met=last_day(record), act=minutes, **page)


SENT = ("decisions_sent_on", "record_sent_on")


def last_day(days: Iterable[date | None]) -> date | None:
    """The last of these days; None while one of them is missing, or where there is none."""
    found = list(days)
    known = [day for day in found if day is not None]
    return max(known) if known and len(known) == len(found) else None


def _transfers(person_ids: Sequence[int]) -> Iterator[Running]:
    """A conference here is due from the other area's letter, until it was held or the family left.

    Visits begin with that letter: until our own plan the child is seen as often as if it were one.
    """
    transfers = transfers_of(person_ids)
    seen = met([one.person_id for one in transfers], VISIT) if transfers else {}
    for one in transfers:
        visits = tuple(at for at in seen[one.person_id] if day_of(at) >= one.notified_on)
        yield _line(VISIT, one, one.notified_on, events=visits, ended=one.ended_on)
        yield _line(
            TRANSFER_IN,
            one,
            one.notified_on,
            met=one.conference_on,
            ended=one.ended_on,
            act="Arrange the conference",
            url_name="arrange_transfer",
        )


def _emergencies(person_ids: Sequence[int]) -> Iterator[Running]:
    """A power ends at its hour where it is known. What met it is its ending, or what took over from it."""
    for one in emergency_steps_of(person_ids):
        yield _line(
            EMERGENCY[EmergencyStep.Kind(one.kind)],
            one,
            one.began_at or one.began_on,
            met=one.ended_at,
            act="Say how it ended",
            url_name="emergency",
        )


def _line(clock: str, fact: Fact, started: date, **more: object) -> Running:
    return Running(clock, fact.person_id, started, fact._meta.label_lower, fact.thread, **more)  # type: ignore[arg-type]
