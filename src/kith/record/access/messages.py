"""Telling somebody at once: a line on their page, kept until they have read it."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from kith.record.access.models import Message
from kith.record.people import queries as people
from kith.record.people.models import Role, User

LONGEST = 500


def page(name: str, *of: int, part: str = "") -> str:
    """The address of the page of that name about `of`, or of one of its parts, which the web knows."""
    return reverse(name, args=of) + (f"#{part}" if part else "")


def tell(users: Iterable[User], text: str, *, link: str = "") -> list[Message]:
    """Return the messages left, one for each of these users, however often they are named."""
    return Message.objects.bulk_create(
        [
            Message(to=user, text=text[:LONGEST], link=link)
            for user in {user.pk: user for user in users}.values()
        ]
    )


def tell_administrators(text: str, *, link: str = "") -> list[Message]:
    """Return the messages left with every administrator."""
    return tell(people.holders_of([Role.ADMINISTRATOR]), text, link=link)


def unread_of(user: User) -> list[Message]:
    """What somebody was told and has not read, the newest first."""
    return list(Message.objects.filter(to=user, read_at=None).order_by("-sent_at"))


def settle(link: str) -> int:
    """Return how many messages that lead there are put away: what they told of waits no more.

    For the act that ended the waiting, in its own transaction, which has checked who may.
    """
    return Message.objects.filter(link=link, read_at=None).update(read_at=timezone.now())


def read(message: Message, *, by: User) -> Message:
    """Return the message, read by the one it was for; anybody else's reading changes nothing."""
    if message.to_id == by.pk and message.read_at is None:
        message.read_at = timezone.now()
        message.save(update_fields=["read_at"])
    return message
