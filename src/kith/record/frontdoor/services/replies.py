"""Answering whoever told us, and sending a message on to another authority; a worker sends, Kith keeps it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kith.record.chronology.entering import carry_on_matter, enter_matter
from kith.record.frontdoor import permissions, policies
from kith.record.frontdoor.codes import LAWFUL_BASES, check_choice
from kith.record.frontdoor.models import Message, Reply, SentElsewhere
from kith.record.owed.services import settle
from kith.record.people.models import User
from kith.standards.working_days import legal_day


@transaction.atomic
def reply_to_teller(
    *,
    message: Message,
    words: str,
    by: User,
    sent_to: str = "",
    way: str = "",
    sent_at: datetime | None = None,
) -> Reply:
    """Return what was told to whoever told us, as sent by `by`; a reply that was owed is owed no more.

    Raises NotAllowed, NothingSaid, WrongDate.
    """
    permissions.check_can_receive(by)
    now = timezone.now()
    policies.check_received(sent_at or now, now)
    reply = Reply(
        message_thread=message.thread,
        words=policies.check_said(words),
        sent_to=sent_to[:200],
        way=way[:40],
        sent_at=sent_at or now,
    )
    enter_matter(reply, by=by, act="reply_to_teller", about={"message": message.thread})
    settle(what="reply_to_referrer", of=message, done=reply, by=by)
    return reply


@transaction.atomic
def send_elsewhere(
    *,
    message: Message,
    authority: str,
    what_was_sent: str,
    lawful_basis: str,
    by: User,
    sent_to: str = "",
    sent_at: datetime | None = None,
) -> SentElsewhere:
    """Return that a message was sent on to another authority, as sent by `by`; passing it on is owed no more.

    Raises NotAllowed, NothingSaid, WrongCode, WrongDate.
    """
    permissions.check_can_decide(by, message)
    now = timezone.now()
    policies.check_received(sent_at or now, now)
    check_choice(LAWFUL_BASES, lawful_basis, legal_day(now), "the power we share under")
    sent = SentElsewhere(
        message_thread=message.thread,
        authority=policies.check_said(authority)[:150],
        sent_to=sent_to[:150],
        what_was_sent=policies.check_said(what_was_sent),
        lawful_basis=lawful_basis,
        sent_at=sent_at or now,
    )
    enter_matter(sent, by=by, act="send_elsewhere", about={"message": message.thread})
    settle(what="pass_on", of=message, done=sent, by=by)
    return sent


@transaction.atomic
def acknowledge(
    *, sent: SentElsewhere, acknowledged_by: str, by: User, at: datetime | None = None
) -> SentElsewhere:
    """Return that the other authority said it has the message.

    Raises NotAllowed, NothingSaid, VersionClash.
    """
    permissions.check_can_receive(by)
    return carry_on_matter(
        sent,
        by=by,
        act="acknowledged_elsewhere",
        acknowledged_at=at or timezone.now(),
        acknowledged_by=policies.check_said(acknowledged_by)[:150],
    )
