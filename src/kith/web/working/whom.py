"""Among whom one chooses: workers to give children to, and the children of one family of one worker."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from kith.record.access.looking import family_to_choose
from kith.record.access.permissions import not_kept_from
from kith.record.pathway import handing_over
from kith.record.people.models import Allocation, Membership, Person, Role, User
from kith.record.people.permissions import powers
from kith.record.people.queries import Shown as ShownPerson
from kith.record.people.queries import (
    allocations_to,
    covers_for,
    holders_of,
    in_force,
    memberships_of,
    roles_of,
    shown,
)

ROLE_WITH_CHILD = {  # role here -> code list `working_relationship_roles`
    Role.FAMILY_HELP_LEAD: "family_help_lead",
    Role.LEAD_PROTECTION_PRACTITIONER: "lead_cp_practitioner",
    Role.PERSONAL_ADVISER: "personal_adviser",
}


def workers_to_choose(near: User, on: date, *, but: Iterable[int] = ()) -> list[tuple[str, str]]:
    """(id, name with how many children they have), those of `near`'s teams first, then by name.

    How many they have is shown so that somebody can help, and in no order of it. Whoever is kept from
    `near` is not counted: a number that falls would tell of them.
    """
    teams = {member.team_id for member in memberships_of(near, on=on)}
    people = {
        user.pk: user
        for user in holders_of(powers()["hold_children"].roles, on=on)
        if user.pk not in set(but)
    }
    theirs = allocations_to(people, on)
    rows = list(theirs.values_list("worker_id", "person_id"))
    kept = not_kept_from(near, (person for _, person in rows))
    held = Counter(worker for worker, _ in {(worker, kept[pk]) for worker, pk in rows if pk in kept})
    ours = set(Membership.objects.filter(in_force(on), team__in=teams).values_list("user_id", flat=True))
    in_order = sorted(people.values(), key=lambda user: (user.pk not in ours, user.name))
    return [(str(user.pk), f"{user.name} ({_children(held[user.pk])})") for user in in_order]


def _children(number: int) -> str:
    return "1 child now" if number == 1 else f"{number} children now"


def role_with_child(worker: User) -> str:
    """What a worker is to a child they are given, by their role here."""
    roles = roles_of(worker)
    return next((code for role, code in ROLE_WITH_CHILD.items() if role in roles), "social_worker")


def of_one_family(user: User, person: Person, *, only: Iterable[int] | None, where: str) -> list[ShownPerson]:
    """`person` and the children of their family whose records `user` may open, `person` first.

    With `only`, no others than those. Each name shown is written down.
    """
    choices = family_to_choose(user, person, where)
    among = None if only is None else {person.pk, *only}
    ids = [pk for pk, one in choices.items() if one.can_open and (among is None or pk in among)]
    people = shown(ids)
    return [people[pk] for pk in ids]


def with_cover(user: User) -> list[User]:
    """This worker, and those whose work they do today."""
    return [user, *(cover.for_user for cover in covers_for(user))]


def who_has(person: Person, user: User, on: date) -> User | None:
    """Whose the child is to hand over: `user`'s own, else the worker's who has had them longest."""
    if handing_over.works_with(user, person, on):
        return user
    held = [one for one in Allocation.current.filter(in_force(on), person=person).exclude(worker=None)]
    first = min(held, key=lambda one: (one.started_on, one.pk), default=None)
    return User.objects.get(pk=first.worker_id) if first else None
