"""Answering whoever told us, and passing a message on; a worker sends it, and Kith keeps that they did."""

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from kith.record.audit.services import record_read
from kith.record.frontdoor import codes, services
from kith.record.frontdoor.models import Decision, Message, SentElsewhere
from kith.record.frontdoor.queries import decisions_of, message_of, replies_to
from kith.record.people.models import User
from kith.web.drafts.forms import draft_form, with_draft
from kith.web.front_door.deciding import people_of_message
from kith.web.front_door.forms import AcknowledgedForm, ElsewhereForm, ReplyForm
from kith.web.front_door.reaching import asked_for_help
from kith.web.task_pages.doing import carry_out
from kith.web.who_may import power, user_of

REPLY = draft_form(
    "reply",
    "A reply to who told us",
    page=lambda about: reverse("reply", args=[about]),
    children=people_of_message,
    power="receive_referrals",
)
ELSEWHERE = draft_form(
    "send-elsewhere",
    "A message passed on",
    page=lambda about: reverse("send_elsewhere", args=[about]),
    children=people_of_message,
    power="decide_contacts",
)
PAGE = "kith/front_door/reply.html"
EMAIL = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


@power("receive_referrals")
def reply(request: HttpRequest, thread: int) -> HttpResponse:
    """Answer whoever told us; the page is about them, and shows nothing of the children's record."""
    message, user = _message(thread, request), user_of(request)
    draft = with_draft(request, REPLY, about=message.thread)
    form = draft.form(
        ReplyForm, initial={"words": offered_words(message), "sent_to": message.teller_way_back[:200]}
    )
    return carry_out(
        request, form, lambda said: services.reply_to_teller(message=message, by=user, **said), page=PAGE,
        to=reverse("front_door"), said="The reply is on record as sent by you.",
        context={
            "title": "Reply to who told us", "act": "I have sent this", "message": message,
            "replies": replies_to([message.thread])[message.thread], "is_family": asked_for_help(message),
            "mailto": email_in(message.teller_way_back),
            "cancel_url": reverse("front_door"),
        },
        draft=draft,
    )  # fmt: skip


def email_in(said: str) -> str:
    """The first email address in what somebody wrote of reaching them; "" where there is none.

    Nothing else goes into a link: `?bcc=` after an address would send the reply to somebody else as well.
    """
    found = EMAIL.search(said)
    return found.group() if found else ""


def _message(thread: int, request: HttpRequest) -> Message:
    message = message_of(thread)
    if message is None:
        raise Http404("No such message")
    record_read(
        "teller_shown", by=user_of(request), persons=[None], about={"message": thread}, may_journal=True
    )
    return message


def offered_words(message: Message) -> str:
    """Words to begin with, by who told us: enough, and not too much."""
    decision = next(iter(reversed(decisions_of([message.thread])[message.thread])), None)
    teller = codes.teller_of(message.source, timezone.localdate()) if message.source else None
    name = f"Dear {message.teller_name}" if message.teller_name else "Hello"
    day = f"{timezone.localdate(message.received_at):%d/%m/%Y}"
    if asked_for_help(message):
        return (
            f"{name},\n\nYou asked us for help on {day}. A manager has read what you wrote, and somebody "
            "will be in touch with you, only in the way that you said is safe. If somebody is in danger now, "
            "ring 999.\n"
        )
    if teller is None or teller.more["is_professional"] != "yes":
        return (
            f"{name},\n\nThank you for telling us on {day}. A social worker has looked at what you said. "
            "We cannot tell you more, because it is about somebody’s private life. "
            "If you are worried again, ring us; if somebody is in danger, ring 999.\n"
        )
    outcome = "We have it, and will decide within a working day."
    if decision is not None:
        outcome = codes.told_of(message.source, decision.decision, timezone.localdate())
    return (
        f"{name},\n\nThank you for telling us on {day}. {_told_before(message, decision)}{outcome} "
        "If you do not agree, ring us and ask for the manager who decided.\n"
    )


def _told_before(message: Message, decision: Decision | None) -> str:
    """That we wrote before and have decided otherwise since; "" where what they heard is still so."""
    replies = replies_to([message.thread])[message.thread]
    if not replies or decision is None or decision.decided_at <= replies[-1].sent_at:
        return ""
    sent = timezone.localdate(replies[-1].sent_at)
    return f"We wrote to you on {sent:%d/%m/%Y}. We have looked at it again since, and decided otherwise. "


@power("decide_contacts")
def send_elsewhere(request: HttpRequest, thread: int) -> HttpResponse:
    """Write down that a message was sent on to another authority, which has to say that it has it."""
    message = _message(thread, request)
    draft = with_draft(request, ELSEWHERE, about=message.thread)
    form = draft.form(ElsewhereForm)
    return carry_out(
        request, form,
        lambda said: services.send_elsewhere(message=message, by=user_of(request), **said),
        page="kith/front_door/short.html", to=reverse("front_door"), said="It is on record as sent by you.",
        context={
            "title": "Pass a message on to another authority", "act": "I have sent this",
            "cancel_url": reverse("front_door"),
        },
        draft=draft,
    )  # fmt: skip


@power("receive_referrals")
def acknowledged(request: HttpRequest, sent: int) -> HttpResponse:
    """Write down that another authority said it has what we sent."""
    found = SentElsewhere.current.filter(thread=sent).first()
    if found is None:
        raise Http404("Nothing was sent")
    form, user = AcknowledgedForm(request.POST or None), user_of(request)
    return carry_out(
        request, form, lambda said: _acknowledge(found, said, user), page="kith/front_door/short.html",
        to=reverse("front_door"), said="It is written down.",
        context={
            "title": f"{found.authority} has it", "act": "Save", "cancel_url": reverse("front_door"),
        },
    )  # fmt: skip


def _acknowledge(found: SentElsewhere, said: dict[str, Any], user: User) -> SentElsewhere:
    return services.acknowledge(sent=found, by=user, **said)
