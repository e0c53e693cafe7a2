"""A strategy discussion about several children at once, before an enquiry began or after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from kith.record.chronology.entering import carry_on, enter_matter
from kith.record.chronology.policies import WrongDate, check_code
from kith.record.owed import services as owed
from kith.record.owed.queries import open_of
from kith.record.people.models import Person, User
from kith.record.protection import permissions, policies
from kith.record.protection.clock_facts import DISCUSSION_TODAY
from kith.record.protection.models import Section47Enquiry, StrategyDiscussion, StrategyDiscussionOf
from kith.record.protection.queries import enquiries_going_on
from kith.record.protection.services.enquiries import check_days, conclude_what_waits
from kith.record.said import NotSaid, check_said
from kith.standards.clocks import clock, due_on
from kith.standards.working_days import legal_day

JOINT = {
    StrategyDiscussion.Decision.ENQUIRE_WITH_POLICE: True,
    StrategyDiscussion.Decision.ENQUIRE_ALONE: False,
}


@dataclass(frozen=True)
class Settled:
    """What the discussion settled for one child alone."""

    sleeps_where: str = ""
    is_safe_tonight: bool | None = None
    seen_when: str = ""
    medical: str = ""
    about_child: str = ""


NOTHING = Settled()


def discussion_day(at: datetime) -> date | None:
    """The day by which a discussion is held where a child is in danger now: no holiday puts it off."""
    return due_on(clock(DISCUSSION_TODAY), legal_day(at))


@transaction.atomic
def hold_strategy_discussion(
    *,
    children: Sequence[Person],
    held_at: datetime,
    took_part: Sequence[Mapping[str, str]],
    discussed: str,
    decision: str,
    referrals: Mapping[int, int],
    by: User,
    now: datetime,
    of_each: Mapping[int, Settled] | None = None,
    **more: Any,
) -> StrategyDiscussion:
    """Write down a strategy discussion about these children, whose enquiries may have begun before it.

    `took_part` names agencies (code list `agency_types`) and who spoke for each; social care writes it
    down. Where the police or health were not there it is saved, and asking them is owed. `more` are `way`,
    `led_by`, `risk_now`, `of_concern`, `actions`, `meets_again_at`. The first one that decides to enquire is
    the one that began the enquiry: it says whether the police enquire too, and counts from its day where that
    is the earlier; a later discussion moves nothing. An enquiry whose finding waited for it ends.
    Raises NotAllowed, NoChildren, WrongDate, WrongCode, NotSaid.
    """
    permissions.check_can_write_strategy(by, children)
    on = legal_day(held_at)
    check_days(children, on)
    _check(held_at, now, took_part, decision, on)
    words = check_said(discussed, "What was shared and agreed", "Write down what was said.")
    going_on = enquiries_going_on(children, referrals.values(), on)
    discussion = StrategyDiscussion(
        held_at=held_at, took_part=list(took_part), discussed=words, decision=decision, **more
    )
    said = of_each or {}
    parts = [
        StrategyDiscussionOf(
            person=child,
            held_at=held_at,
            enquiry_thread=going_on[child.pk].thread if child.pk in going_on else None,
            **vars(said.get(child.pk, NOTHING)),
        )
        for child in children
    ]
    enter_matter(discussion, parts, by=by, act="hold_strategy_discussion")
    if decision in JOINT:
        for enquiry in going_on.values():
            _begin_by(enquiry, discussion, on, by)
    _settle(discussion, children, by)
    conclude_what_waits([*enquiries_going_on(children, referrals.values(), on).values()], by)
    return discussion


def _check(
    held_at: datetime, now: datetime, took_part: Sequence[Mapping[str, str]], decision: str, on: date
) -> None:
    if held_at > now:
        raise WrongDate("That hour has not come yet.", "Write the discussion down once it was held.")
    if not took_part:
        raise NotSaid("Who took part was not said.", "Choose each agency that was there.")
    for one in took_part:
        check_code("agency_types", one["agency"], on, "an agency")
    if decision not in StrategyDiscussion.Decision.values:
        raise NotSaid("What was decided was not chosen.", "Choose what the discussion decided.")


def _begin_by(enquiry: Section47Enquiry, discussion: StrategyDiscussion, on: date, by: User) -> None:
    """Tie an enquiry to the discussion that began it, unless one did before."""
    if enquiry.strategy_thread is not None:
        return
    carry_on(
        enquiry,
        by=by,
        act="begin_section_47_at_discussion",
        strategy_thread=discussion.thread,
        is_joint=JOINT[StrategyDiscussion.Decision(discussion.decision)],
        started_on=min(enquiry.started_on, on),
    )


def _settle(discussion: StrategyDiscussion, children: Sequence[Person], by: User) -> None:
    """What was owed while it was not written is done; asking whoever was not there is owed now."""
    everybody = [child.pk for child in children]
    owed.settle(what="strategy_discussion", by=by, done=discussion, persons=everybody)
    if discussion.decision in JOINT:
        owed.settle(what="single_or_joint", by=by, done=discussion, persons=everybody)
    if policies.is_whole(one["agency"] for one in discussion.took_part):
        owed.settle(what="whole_discussion", by=by, done=discussion, persons=everybody)
    else:
        _owe_whole(discussion, everybody, by)


def _owe_whole(discussion: StrategyDiscussion, everybody: Sequence[int], by: User) -> None:
    """Asking whoever was not there, once for each child: what is owed since an earlier discussion stays."""
    held = {pk for line in open_of("whole_discussion", persons=everybody) for pk in line.person_ids}
    if new := [pk for pk in everybody if pk not in held]:
        owed.owe(what="whole_discussion", fact=discussion, persons=new, by=by, owed_by=by)
