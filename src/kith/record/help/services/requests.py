"""Asking for help, answering, and saying what becomes of it. A request is no referral."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from kith.record.chronology.entering import carry_on_matter, enter_matter
from kith.record.help import permissions, policies
from kith.record.help.models import Answer, HelpReply, HelpRequest, Way
from kith.record.help.queries import request_of
from kith.record.people.models import User
from kith.record.said import NotSaid, check_said

SENT_TWICE = timedelta(minutes=30)  # the same words again: somebody pressed twice, or the line was bad


@transaction.atomic
def ask_for_help(*, what_would_help: str, how_and_when_safe: str, **more: Any) -> HelpRequest:
    """Return what somebody asked on the public page, who needs no account and is nobody to Kith.

    `more` are `for_whom`, `name`, `where` and `anything_else`. Sent twice, it is one request.
    Raises NotSaid.
    """
    request = _request(what_would_help, how_and_when_safe, Way.PAGE, None, more)
    return _sent_before(request) or enter_matter(request, by=None, act="ask_for_help")


@transaction.atomic
def write_request(
    *, what_would_help: str, way: str, by: User, how_and_when_safe: str = "", **more: Any
) -> HelpRequest:
    """Return what a family, or somebody for a family, asked of one of us.

    `more` are the fields of `HelpRequest`; `does_family_know` says whether a family for whom somebody else
    asks knows of it. Raises NotAllowed and NotSaid.
    """
    permissions.check_can_answer(by)
    asked_at = more.pop("asked_at", None)
    if asked_at:
        policies.check_not_ahead(asked_at, timezone.now())
    if way == Way.PARTNER and more.get("does_family_know") is None:
        raise NotSaid("Nobody said whether the family knows.", "Ask, and choose yes or no.")
    request = _request(what_would_help, how_and_when_safe, way, asked_at, more)
    return enter_matter(request, by=by, act="write_help_request")


def _request(what: str, how: str, way: str, asked_at: datetime | None, more: dict[str, Any]) -> HelpRequest:
    is_reachable = way == Way.PARTNER or bool(how.strip())  # who asks for a family may be asked how
    return HelpRequest(
        asked_at=asked_at or timezone.now(),
        way=way,
        what_would_help=check_said(what, "What would help"),
        how_and_when_safe=how.strip() if is_reachable else check_said(how, "How to reach you"),
        **more,
    )


def _sent_before(request: HelpRequest) -> HelpRequest | None:
    same = ("what_would_help", "how_and_when_safe", "name", "where", "anything_else", "for_whom")
    found: HelpRequest | None = HelpRequest.objects.filter(
        way=Way.PAGE,
        asked_at__gte=request.asked_at - SENT_TWICE,
        **{name: getattr(request, name) for name in same},
    ).first()
    return found


@transaction.atomic
def reply_to_request(
    *,
    request: HelpRequest,
    way: str,
    got_through: bool,
    by: User,
    said: str = "",
    tried_at: datetime | None = None,
    against_safe_way_because: str = "",
    is_safe_way: bool | None = None,
) -> HelpReply:
    """Return one try to reach a family, and what was said where somebody answered.

    Not answering is no concern about a family. `is_safe_way` False says that it was not as the family said;
    then, and where the family never said and something was sent, `against_safe_way_because` says why.
    Raises NotAllowed, NotSaid, NotAsTheySaid and FamilyDoesNotKnow.
    """
    permissions.check_can_answer(by)
    newest = request_of(request.thread) or request
    policies.check_may_be_rung(newest)
    policies.check_safe_way(newest, way, is_safe_way, against_safe_way_because)
    now = timezone.now()
    policies.check_not_ahead(tried_at or now, now)
    reply = HelpReply(
        request_thread=request.thread,
        tried_at=tried_at or now,
        way=way,
        got_through=got_through,
        said=check_said(said, "What was said") if got_through else said.strip(),
        against_safe_way_because=against_safe_way_because.strip(),
    )
    return enter_matter(reply, by=by, act="reply_to_request")


@transaction.atomic
def family_knows(*, request: HelpRequest, by: User, how_and_when_safe: str = "") -> HelpRequest:
    """Return the request of a family that now knows that somebody asked for it. Raises NotAllowed."""
    permissions.check_can_answer(by)
    changes: dict[str, Any] = {"does_family_know": True}
    if how_and_when_safe.strip():
        changes["how_and_when_safe"] = how_and_when_safe.strip()
    return carry_on_matter(request, by=by, act="family_knows", **changes)


@transaction.atomic
def answer_request(
    *,
    request: HelpRequest,
    answer: str,
    by: User,
    in_words: str = "",
    expected: int | None = None,
    **links: Any,
) -> HelpRequest:
    """Return the request with what becomes of it; `links` name the family's help or the front door's row.

    For the front door only a manager, with a reason. Raises NotAllowed, NotSaid, AlreadyAnswered and
    VersionClash.
    """
    permissions.check_can_answer(by)
    if answer == Answer.CONTACT:
        permissions.check_can_treat_as_contact(by)
    newest = request_of(request.thread) or request
    policies.check_waits(newest)
    if answer == Answer.CONTACT:
        policies.check_not_told(newest)
    return carry_on_matter(
        request,
        by=by,
        act="answer_request",
        expected=expected,
        answer=answer,
        answer_in_words=policies.check_answer(answer, in_words),
        answered_at=timezone.now(),
        answered_by=by,
        **links,
    )


@transaction.atomic
def note_contact(*, request: HelpRequest, by: User, told_table: str, told_thread: int) -> HelpRequest:
    """Return the request with the front door's row that was made of it; it stays with those who help.

    Raises NotAllowed and AlreadyAnswered, where the front door has it already.
    """
    permissions.check_can_make_contact(by)
    newest = request_of(request.thread) or request
    policies.check_not_told(newest)
    return carry_on_matter(newest, by=by, act="note_contact", told_table=told_table, told_thread=told_thread)
