"""Links by which somebody without an account may answer once: made, read, used, withdrawn.

The words in the address are given out once, as the link is made, and never kept; the database holds their
hash, so that whoever reads it can follow no link. Decision record 0023.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from kith.record.access.models import OneTimeLink
from kith.record.audit import services as audit
from kith.record.people.models import User
from kith.record.refusals import NotPossible

ASK_AGAIN = "Ask whoever sent it to you for a new one, or ring them."


class LinkUnknown(NotPossible):
    """No link of this kind has these words; nothing is told of whether there ever was one."""

    def __init__(self) -> None:
        super().__init__("This link is not one of ours, or a part of it is missing.", ASK_AGAIN)


class LinkEnded(NotPossible):
    """The link was there, and opens nothing any more."""


@dataclass(frozen=True)
class NewLink:
    """A link just made, with the words its address ends in: they are told here, and never again."""

    link: OneTimeLink
    token: str


@transaction.atomic
def make_link(
    *, kind: str, about_table: str, about_thread: int, expires_at: datetime, by: User | None
) -> NewLink:
    """Return a new link to one thing, and the words its address ends in. `by` is None for Kith itself.

    Who may make one is asked by the room whose act it is. Raises NotPossible where it would end at once.
    """
    if expires_at <= timezone.now():
        raise NotPossible("This link would have ended before it was sent.", "Choose a later time.")
    token = secrets.token_urlsafe(32)
    link = OneTimeLink.objects.create(
        kind=kind, about_table=about_table, about_thread=about_thread, token_hash=_hash(token),
        expires_at=expires_at, made_by=by,
    )  # fmt: skip
    _audited("link_made", link, by)
    return NewLink(link, token)


def read_link(kind: str, token: str) -> OneTimeLink:
    """The link of this kind that these words open. Reading does not use it up: a page may be read twice.

    Raises LinkUnknown, LinkEnded (used, withdrawn, past its time).
    """
    return _open(OneTimeLink.objects.filter(kind=kind, token_hash=_hash(token)).first())


@transaction.atomic
def use_link(link: OneTimeLink) -> OneTimeLink:
    """Return the link, used: it opens nothing again. For the service that takes the answer, in its own
    transaction, so that of two answers sent at once one is taken. Raises LinkEnded.
    """
    held = _open(OneTimeLink.objects.select_for_update().get(pk=link.pk))
    held.used_at = timezone.now()
    held.save(update_fields=["used_at"])
    _audited("link_used", held, None)
    return held


@transaction.atomic
def withdraw_link(link: OneTimeLink, *, by: User) -> OneTimeLink:
    """Return the link, which opens nothing from now on: sent to the wrong person, or no longer needed."""
    held = OneTimeLink.objects.select_for_update().get(pk=link.pk)
    if held.used_at is None and held.withdrawn_at is None:
        held.withdrawn_at = timezone.now()
        held.save(update_fields=["withdrawn_at"])
        _audited("link_withdrawn", held, by)
    return held


@transaction.atomic
def move_end(link: OneTimeLink, *, expires_at: datetime, by: User) -> OneTimeLink:
    """Return the link, which opens until then; one that was used or taken back stays as it is.

    One whose time was over opens again. For the act that moves what the link was for.
    """
    held = OneTimeLink.objects.select_for_update().get(pk=link.pk)
    if held.used_at is None and held.withdrawn_at is None:
        held.expires_at = expires_at
        held.save(update_fields=["expires_at"])
        _audited("link_moved", held, by)
    return held


def _open(link: OneTimeLink | None) -> OneTimeLink:
    if link is None:
        raise LinkUnknown
    if link.used_at is not None:
        raise LinkEnded("This link was used already: the answer has reached us. Thank you.", ASK_AGAIN)
    if link.withdrawn_at is not None:
        raise LinkEnded("This link was taken back: we no longer need an answer to it.", ASK_AGAIN)
    if link.expires_at <= timezone.now():
        raise LinkEnded("The time for this link is over.", ASK_AGAIN)
    return link


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _audited(act: str, link: OneTimeLink, by: User | None) -> None:
    about = {"link": link.pk, "kind": link.kind, "fact": link.about_table, "thread": link.about_thread}
    audit.record(act, by=by, about=about)
