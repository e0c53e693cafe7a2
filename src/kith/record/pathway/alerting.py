"""Telling managers at once of what cannot wait, and who of them agrees what was decided in a hurry."""

from collections.abc import Sequence

from django.utils import timezone

from kith.record.access import messages
from kith.record.access.permissions import is_restricted
from kith.record.chronology.entering import carry_on_matter
from kith.record.frontdoor.models import Message
from kith.record.people.models import Person, Role, Team, User
from kith.record.people.queries import holders_of, managers_of, memberships_of, teams_of_kind
from kith.record.protection.queries import managers_over


def managers_to_tell(by: User | None) -> list[User]:
    """The managers of the front door, out of hours and the team of `by`; else the heads of service."""
    of_kind = teams_of_kind(Team.Kind.FRONT_DOOR, Team.Kind.OUT_OF_HOURS)
    own = [member.team_id for member in memberships_of(by)] if by else []
    teams = {*(team.pk for team in of_kind), *own}
    found = list(managers_of(teams).order_by("pk"))
    return found or list(holders_of([Role.SENIOR_MANAGER]).order_by("pk"))


def who_agrees(by: User) -> tuple[User | None, Team | None]:
    """(the manager who agrees what `by` decided at once, the team that does where no manager is known).

    Never `by` themselves. Where nobody is found it is left with whoever decided, so that it is not lost.
    """
    others = [user for user in managers_to_tell(by) if user.pk != by.pk]
    if others:
        return others[0], None
    first = memberships_of(by).order_by("started_on", "pk").first()
    return (None, first.team) if first else (by, None)


def tell_managers_now(message: Message, by: User | None, *, text: str) -> Message:
    """Return the message, with when managers were told of it; `by` is not told of their own act."""
    users = [user for user in managers_to_tell(by) if by is None or user.pk != by.pk]
    messages.tell(users, text, link=messages.page("message", message.thread))
    current: Message = Message.current.get(thread=message.thread)
    if current.managers_told_at is not None:
        return current
    return carry_on_matter(current, by=by, act="managers_told", managers_told_at=timezone.now())


def tell_own_managers(
    children: Sequence[Person], message: Message, by: User | None, *, text: str
) -> list[User]:
    """Return the managers of the teams that work with these children, told beside `managers_to_tell`.

    Whoever acts may be of another team, and theirs does not know the child. Nobody is told of a child who is
    kept from them; whoever is told of a brother or sister is led to their page: the message tells of both.
    """
    known = {user.pk for user in [*managers_to_tell(by), *([by] if by else [])]}
    own: dict[User, Person] = {}
    for child in children:
        for user in managers_over([child], timezone.localdate()):
            if user.pk not in known and not is_restricted(user, child):
                own.setdefault(user, child)
    for user, child in own.items():
        is_held_back = any(is_restricted(user, other) for other in children)
        link = ("story", child.pk) if is_held_back else ("message", message.thread)
        messages.tell([user], text, link=messages.page(*link))
    return [*own]
