"""The clocks of a message: until somebody decides about it, and until whoever got it next owns it.

A message written down here runs from the moment it was received, out of hours too. Imported contacts have
no message, so no clock of theirs is ever late.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from kith.record.clocks.running import Running
from kith.record.frontdoor.codes import DECISIONS, choice
from kith.record.frontdoor.models import Allegation, Decision, Message, Reply, SentElsewhere, Way
from kith.record.frontdoor.queries import decisions_of, replies_to, rows_about
from kith.standards.working_days import legal_day

SCREENED, DECIDED, ELSEWHERE, STEPPED_UP = "FD-03", "FD-01", "FD-02", "FD-04"
TABLE = "frontdoor.message"
REFERRAL = frozenset({"assessment", "strategy", "transfer_in", "referral_no_action"})


def of_messages(threads: Sequence[int], on: date) -> Iterator[Running]:
    """What runs for these messages: the decision (FD-03, for a step up FD-04), and FD-01 for a referral.

    FD-01 is met once it is decided and, where somebody can be reached, whoever told us is told.
    """
    messages = list(Message.current.filter(thread__in=[*threads]))
    decisions, replies = decisions_of(threads), replies_to(threads)
    for message in messages:
        yield _screened(message, None)
        if not _is_no_referral(message, decisions[message.thread]):
            yield _running(DECIDED, message, None, _told(message, replies[message.thread]))
    for sent in SentElsewhere.current.filter(message_thread__in=[*threads]):
        yield _elsewhere(sent)


def of_people(person_ids: Sequence[int], on: date) -> Iterator[Running]:
    """For each of these people, the decision about a message that waits; one clock, the earlier.

    Both would fall on the same day, so one is shown; both are kept with the message.
    """
    about = {(row.person_id, row.message_thread) for row in rows_about(person_ids) if row.person_id}
    threads = {thread for _, thread in about}
    messages = {one.thread: one for one in Message.current.filter(thread__in=threads)} if threads else {}
    for person_id, thread in sorted(about):
        if thread in messages:
            yield _screened(messages[thread], person_id)


def _screened(message: Message, person_id: int | None) -> Running:
    clock = STEPPED_UP if message.way == Way.STEP_UP else SCREENED
    return _running(clock, message, person_id, message.decided_at)


def _running(clock: str, message: Message, person_id: int | None, met: datetime | None) -> Running:
    return Running(
        clock,
        person_id,
        message.received_at,
        TABLE,
        message.thread,
        met=met,
        ended=message.withdrawn_at,
        about=(TABLE, message.thread),
        subject="a message that waits for a decision",
        act="Decide" if message.is_waiting else "",
        url_name="decide" if message.is_waiting else "",
        url_args=(message.thread,),
        is_at_once=message.is_urgent and message.is_waiting,
    )


def _is_no_referral(message: Message, decisions: Sequence[Decision]) -> bool:
    """Whether a message was decided, and became no referral: nothing of FD-01 is asked of it then."""
    row = choice(DECISIONS, decisions[0].decision, legal_day(message.received_at)) if decisions else None
    return row is not None and row.more["starts"] not in REFERRAL


def _told(message: Message, replies: Sequence[Reply]) -> datetime | None:
    """When a decision was taken and, where somebody can be reached, told to whoever told us."""
    if not message.teller_way_back or message.decided_at is None:
        return message.decided_at
    return max(message.decided_at, replies[0].sent_at) if replies else None


def _elsewhere(sent: SentElsewhere) -> Running:
    return Running(
        ELSEWHERE,
        None,
        sent.sent_at,
        "frontdoor.sentelsewhere",
        sent.thread,
        met=sent.acknowledged_at,
        about=(TABLE, sent.message_thread),
        subject=f"a message sent to {sent.authority}",
        act="Ask whether they have it",
        url_name="message",
        url_args=(sent.message_thread,),
    )


def of_allegations(threads: Sequence[int], on: date) -> Iterator[Running]:
    """Telling the officer for allegations, from when it was known here."""
    for one in Allegation.current.filter(thread__in=[*threads]):
        yield Running(
            "LA-01",
            None,
            one.known_at,
            "frontdoor.allegation",
            one.thread,
            met=one.passed_at,
            about=("frontdoor.allegation", one.thread),
            subject="an allegation against somebody who works with children",
        )
