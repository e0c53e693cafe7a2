"""Whose draft it is: one's own, until its writer has left or is away and their manager takes it over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from kith.record.access.permissions import check_can_open, check_can_open_index
from kith.record.drafts.models import Draft
from kith.record.people.models import Cover, Membership, Person, Role, User
from kith.record.people.permissions import can, check_can
from kith.record.people.queries import in_force, memberships_of, roles_of
from kith.record.refusals import NotAllowed


@dataclass(frozen=True)
class Visitor:
    """Somebody who has not signed in, known by a mark that lasts as long as their visit."""

    mark: str


Typist = User | Visitor


def own_drafts(by: Typist) -> QuerySet[Draft]:
    """The drafts, finished and not, that are this person's own."""
    return Draft.objects.filter(**whose(by))


def whose(by: Typist) -> dict[str, object]:
    """What a draft of this person's holds to say that it is theirs."""
    return {"user": None, "visitor": by.mark} if isinstance(by, Visitor) else {"user": by, "visitor": ""}


def check_is_own_key(by: Typist, key: str) -> None:
    """Raise NotAllowed where this key is of a draft that somebody else typed."""
    if Draft.objects.filter(key=key).exclude(pk__in=own_drafts(by).values("pk")).exists():
        raise NotAllowed(
            "Somebody else began this form.",
            "It was not sent. Ask them to sign in and send it, or open the form again and write your own.",
        )


def those_who_left_or_are_away(workers: Iterable[User], on: date) -> set[int]:
    """The ids of those of these workers who no longer sign in, or for whom somebody covers on a day."""
    known = {worker.pk: worker for worker in workers}
    covered = Cover.objects.filter(in_force(on), for_user__in=known).values_list("for_user_id", flat=True)
    return {pk for pk, worker in known.items() if not worker.is_active} | set(covered)


def colleagues_of(manager: User, on: date) -> QuerySet[User]:
    """Everybody in the teams this person manages on a day, and who left; all staff for a head of service."""
    others = User.objects.exclude(pk=manager.pk)
    if Role.SENIOR_MANAGER in roles_of(manager, on=on):
        return others
    teams = memberships_of(manager, on=on).filter(is_manager=True).values("team")
    members = Membership.objects.filter(team__in=teams)
    here = members.filter(in_force(on)).values("user")
    return others.filter(pk__in=here) | others.filter(is_active=False, pk__in=members.values("user"))


def check_can_take_over(
    by: User, draft: Draft, on: date, power: str = "", *, names: Iterable[int] = ()
) -> None:
    """Raise NotAllowed unless `by` manages whoever typed this, who has left or is away, and may open the
    record of every child it is about: with the form's `power` they need to know that the child is there, and
    so of everybody else it `names`."""
    check_can("cover_for_others", by)
    writer = draft.user
    if writer is None or not colleagues_of(by, on).filter(pk=writer.pk).exists():
        raise NotAllowed("Somebody else’s draft is theirs.", "Ask their manager.")
    if not those_who_left_or_are_away([writer], on):
        raise NotAllowed(
            f"{writer} is here, and the draft is theirs.",
            "Ask them to send it. Where they are away, arrange who covers for them first.",
        )
    check = check_can_open_index if power and can(power, by) else check_can_open
    for pk in draft.children:
        check(by, Person(pk=pk))
    for pk in names:
        check_can_open_index(by, Person(pk=pk))
