"""Clocks of an assessment and of a child in need plan: looked over, the child seen, the plan met about."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from kith.record.assessment.models import Assessment, ChildInNeedPlan
from kith.record.assessment.queries import assessments_of, need_plan_meetings, open_need_plans
from kith.record.clocks.running import Running, is_written_here
from kith.record.frontdoor.models import Referral
from kith.record.frontdoor.queries import referrals_of
from kith.record.people.models import Person
from kith.record.protection.queries import enquiries_of, findings_of
from kith.record.visits.queries import met_first
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
    """Each child is seen from the day the referral came: within a day where harm is suspected.

    By a visitor whose role counts for that clock (visits/data/visitors_who_count.csv), or as what an
    enquiry found says: nobody writes that down twice.
    """
    referrals = [
        one
        for one in referrals_of(person_ids, on)
        if is_written_here(one) and one.is_no_further_action is not True
    ]
    if not referrals:
        return
    since = {one.person_id: one.received_on for one in referrals}
    harmed = {enquiry.referral_thread for enquiry in enquiries_of([*since])}
    seen = {clock: met_first(since, clock, among=person_ids) for clock in (SEEN, SEEN_AT_ONCE)}
    found_seen = _found_seen(since, among=person_ids)
    for one in referrals:
        clock = SEEN_AT_ONCE if one.thread in harmed else SEEN
        days = [seen[clock].get(one.person_id), found_seen.get(one.person_id)]
        met = min((at for at in days if at is not None), key=day_of, default=None)
        yield _of(clock, one, one.received_on, met=met, page="write_visit")


def _found_seen(since: Mapping[int, date], *, among: Sequence[int]) -> dict[int, date]:
    """The first day, from theirs in `since` on, on which an enquiry says that each child was seen.

    `among` are all of whom a page asks about, read with them at once.
    """
    found: dict[int, date] = {}
    for one in findings_of(among).values():
        if one.seen_on and one.person_id in since and one.seen_on >= since[one.person_id]:
            found[one.person_id] = min(one.seen_on, found.get(one.person_id, one.seen_on))
    return found


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
    fact: Assessment | Referral | ChildInNeedPlan,
    started: date,
    *,
    met: Moment | None = None,
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
        events=tuple(events),
        act=_ACTS[page],
        url_name=page,
    )


_ACTS = {
    "look_over": "Say that you talked it through",
    "write_visit": "Write the visit",
    "need_plan_meeting": "Write down the meeting",
}
