"""Clocks of an assessment and of a child in need plan: looked over, the child seen, the plan met about."""

from collections.abc import Iterator, Sequence
from datetime import date

from kith.record.assessment.models import Assessment, ChildInNeedPlan
from kith.record.assessment.queries import assessments_of, need_plan_meetings, open_need_plans
from kith.record.clocks.running import Running, is_written_here
from kith.record.frontdoor.models import Referral
from kith.record.frontdoor.queries import referrals_of
from kith.record.people.models import Person
from kith.record.protection.models import HarmSuspectedOf, Section47Enquiry
from kith.record.protection.queries import enquiries_of, findings_of
from kith.record.versions import current_facts
from kith.record.visits.queries import is_since, met, met_first
from kith.standards.clocks import Moment, day_of

CHECKPOINT, SEEN, SEEN_AT_ONCE = "AS-02", "AS-03", "AS-03b"
FIRST_MEETING, REVIEW = "CN-01", "CN-02"


def running(person_ids: Sequence[int], on: date) -> Iterator[Running]:
    """What is due while an assessment or a child in need plan that was written here is open.

    A return holds neither looks of a manager, visits nor meetings, so nothing of an import is due by these.
    """
    yield from _checkpoints(person_ids)
    yield from _seen(person_ids, on)
    yield from _meetings(person_ids, on)


def _checkpoints(person_ids: Sequence[int]) -> Iterator[Running]:
    """A manager looks at an assessment; that falls away when it is authorised first."""
    for one in assessments_of(person_ids):
        if is_written_here(one) and one.authorised_on is None:
            yield _of(CHECKPOINT, one, one.started_on, met=one.reviewed_on, page="look_over")


def _seen(person_ids: Sequence[int], on: date) -> Iterator[Running]:
    """Each child is seen from the day the referral came; within a day of the harm of each enquiry.

    By a visitor whose role counts for that clock (visits/data/visitors_who_count.csv), or as what an
    enquiry found says: nobody writes that down twice. A visit before the harm was suspected saw the child,
    but not whether they are safe from it.
    """
    referrals = [
        one
        for one in referrals_of(person_ids, on)
        if is_written_here(one) and one.is_no_further_action is not True
    ]
    if not referrals:
        return
    begun = {one.thread: one for one in enquiries_of({one.person_id for one in referrals})}
    harmed = {one.referral_thread for one in begun.values()}
    yield from _seen_of_referrals([one for one in referrals if one.thread not in harmed], person_ids)
    ours = {one.thread for one in referrals}
    yield from _seen_of_enquiries([one for one in begun.values() if one.referral_thread in ours], person_ids)


def _seen_of_referrals(referrals: Sequence[Referral], person_ids: Sequence[int]) -> Iterator[Running]:
    since = {one.person_id: one.received_on for one in referrals}
    seen = met_first(since, SEEN, among=person_ids) if since else {}
    for one in referrals:
        yield _of(SEEN, one, one.received_on, met=seen.get(one.person_id), page="write_visit")


def _seen_of_enquiries(enquiries: Sequence[Section47Enquiry], person_ids: Sequence[int]) -> Iterator[Running]:
    """One clock for each enquiry: of a case that is open for long, the visits made before count for none."""
    if not enquiries:
        return
    since: dict[int, Moment] = {one.thread: one.started_on for one in enquiries}
    for part in current_facts(HarmSuspectedOf, person_ids):
        if not part.is_added:  # news of an enquiry that goes on restarts nothing
            since[part.enquiry_thread] = part.suspected_at
    found = findings_of(person_ids)
    visits = met(person_ids, SEEN_AT_ONCE)
    for one in enquiries:
        start = since[one.thread]
        days = [at for at in visits[one.person_id] if is_since(at, start)]
        said = found[one.thread].seen_on if one.thread in found else None
        if said and said >= day_of(start):
            days.append(said)
        first = min(days, key=day_of, default=None)
        yield _of(SEEN_AT_ONCE, one, start, met=first, ended=one.ended_on, page="write_visit")


def _meetings(person_ids: Sequence[int], on: date) -> Iterator[Running]:
    """The first meeting of a plan, and its review by the last one."""
    plans = [
        plan
        for plan in open_need_plans([Person(pk=pk) for pk in person_ids], on).values()
        if is_written_here(plan)
    ]
    held = need_plan_meetings([plan.person_id for plan in plans]) if plans else {}
    for plan in plans:
        days = held.get(plan.thread, [])
        met = days[0] if days else None
        yield _of(FIRST_MEETING, plan, plan.started_on, met=met, page="need_plan_meeting")
        yield _of(REVIEW, plan, plan.started_on, events=days[1:], page="need_plan_meeting")


def _of(
    clock: str,
    fact: Assessment | Referral | ChildInNeedPlan | Section47Enquiry,
    started: Moment,
    *,
    met: Moment | None = None,
    ended: date | None = None,
    events: Sequence[date] = (),
    page: str,
) -> Running:
    return Running(
        clock,
        fact.person_id,
        started,
        fact._meta.label_lower,
        fact.thread,
        met=met,
        ended=ended,
        events=tuple(events),
        act=_ACTS[page],
        url_name=page,
    )


_ACTS = {
    "look_over": "Say that you talked it through",
    "write_visit": "Write the visit",
    "need_plan_meeting": "Write down the meeting",
}
