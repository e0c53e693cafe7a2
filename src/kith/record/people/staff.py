"""What is done for the people who work here: sign-ins, roles, teams, and whom they are allocated to."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from kith.record import versions
from kith.record.audit import services as audit
from kith.record.audit.models import Batch
from kith.record.facts import Ending
from kith.record.lengths import check_lengths
from kith.record.people import permissions, policies, queries
from kith.record.people.models import Allocation, Cover, Membership, Person, Role, Team, User, UserRole
from kith.record.refusals import NotPossible

_OWN_NUMBER = re.compile(r"[Kk]\d+", re.ASCII)  # how figures name a worker who has no number


@transaction.atomic
def add_first_administrator(*, email: str, name: str, password: str) -> User:
    """Return the first user of a new Kith, an administrator. Raises NotPossible when anybody is there."""
    if User.objects.exists():
        raise NotPossible("Kith has users already.", "Ask an administrator to add you.")
    check_lengths(User(email=email, name=name))
    user = User.objects.create_user(email, password, name=name, has_given_password=True)
    UserRole.objects.create(user=user, role=Role.ADMINISTRATOR, started_on=timezone.localdate())
    audit.record("user_added", by=None, about={"user": user.pk, "role": Role.ADMINISTRATOR})
    return user


@transaction.atomic
def add_user(*, by: User, email: str, name: str, password: str | None = None, **fields: Any) -> User:
    """Return somebody new who can sign in, as yet with no role. Raises NotAllowed, NotPossible.

    A `password` is known to whoever gives it, and is theirs to change before anything else.
    """
    permissions.check_can("manage_staff", by)
    _wait_for_others()
    if User.objects.filter(email__iexact=email).exists():
        raise NotPossible(f"Somebody signs in as {email} already.", "Give them a role instead.")
    _check_registration(fields.get("registration_number", ""))
    check_lengths(User(email=email, name=name, **fields))
    is_given = password is not None
    user = User.objects.create_user(email, password, name=name, has_given_password=is_given, **fields)
    audit.record("user_added", by=by, about={"user": user.pk})
    return user


def _check_registration(number: str) -> None:
    """Raise NotPossible for a number that is another's: by it figures tell whose decisions are whose."""
    if _OWN_NUMBER.fullmatch(number.strip()):
        raise NotPossible(f"{number} is how Kith names somebody without a number.", "Leave it blank.")
    if number and User.objects.filter(registration_number__iexact=number.strip()).exists():
        raise NotPossible(
            f"Somebody here has the number {number} already.",
            "Let them back if they return; else ask the worker for their own number.",
        )


@transaction.atomic
def stop_user(user: User, *, by: User, because: str) -> User:
    """Return `user`, who can no longer sign in or see anything. Nothing they did is lost.

    Raises NotAllowed, and NotPossible for the last administrator.
    """
    permissions.check_can("manage_staff", by)
    policies.check_reason(because)
    _check_another_administrator(user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    audit.record("user_stopped", by=by, about={"user": user.pk, "because": because})
    return user


@transaction.atomic
def let_back(user: User, *, by: User, because: str) -> User:
    """Return `user`, who can sign in again as before, with the roles that have not ended."""
    permissions.check_can("manage_staff", by)
    policies.check_reason(because)
    user.is_active = True
    user.save(update_fields=["is_active"])
    audit.record("user_let_back", by=by, about={"user": user.pk, "because": because})
    return user


@transaction.atomic
def give_role(user: User, role: str, *, by: User, started_on: date | None = None) -> UserRole:
    """Return the role that `user` holds from a day (today when left out); the one held, if it is.

    Raises NotAllowed (nobody gives themselves a role) and NotPossible (an administrator sees no child).
    """
    day = started_on or timezone.localdate()
    _wait_for_others()
    permissions.check_may_give(role, user, by=by, on=day)
    if held := UserRole.objects.filter(queries.in_force(day), user=user, role=Role(role)).first():
        return held
    given = UserRole.objects.create(user=user, role=Role(role), started_on=day)
    audit.record("role_given", by=by, about={"user": user.pk, "role": given.role, "from": day.isoformat()})
    return given


@transaction.atomic
def end_role(held: UserRole, *, by: User, on: date) -> UserRole:
    """Return the role, no longer held from a day. Raises NotAllowed, and NotPossible for the last
    administrator's, or where it would end before it began."""
    permissions.check_can("manage_staff", by)
    if held.role == Role.ADMINISTRATOR:
        _check_another_administrator(held.user)
    _end(held, on)
    about = {"user": held.user_id, "role": held.role, "from": on.isoformat()}
    audit.record("role_ended", by=by, about=about)
    return held


@transaction.atomic
def make_team(*, by: User, name: str, phone: str = "", kind: str = "") -> Team:
    """Return a new team; its kind tells to whom an alert goes. Raises NotPossible when there is one of that
    name."""
    permissions.check_can("manage_staff", by)
    _wait_for_others()
    if Team.objects.filter(name__iexact=name.strip()).exists():
        raise NotPossible(f"There is a team called {name} already.", "Choose another name.")
    team = Team(name=name.strip(), phone=phone, kind=kind)
    check_lengths(team)
    team.save(force_insert=True)
    audit.record("team_made", by=by, about={"team": team.pk})
    return team


@transaction.atomic
def say_what_team(team: Team, *, by: User, kind: str) -> Team:
    """Return the team, of this kind from now on (`Team.Kind`). Raises NotAllowed."""
    permissions.check_can("manage_staff", by)
    team.kind = Team.Kind(kind)
    team.save(update_fields=["kind"])
    audit.record("team_kind_said", by=by, about={"team": team.pk, "kind": team.kind})
    return team


@transaction.atomic
def join_team(
    user: User, team: Team, *, by: User, started_on: date | None = None, is_manager: bool = False
) -> Membership:
    """Return that `user` is in `team`, as its manager or not, from a day (today when left out).

    Raises NotAllowed, and NotPossible for the team of the unallocated, which is nobody's.
    """
    permissions.check_can("manage_staff", by)
    if team.is_unallocated:
        raise NotPossible("Nobody works in the team of the unallocated.", "Choose another team.")
    day = started_on or timezone.localdate()
    _wait_for_others()
    same = Membership.objects.filter(queries.in_force(day), user=user, team=team, is_manager=is_manager)
    if member := same.first():
        return member
    member = Membership.objects.create(user=user, team=team, is_manager=is_manager, started_on=day)
    audit.record("team_joined", by=by, about={"user": user.pk, "team": team.pk, "manager": is_manager})
    return member


@transaction.atomic
def leave_team(member: Membership, *, by: User, on: date) -> Membership:
    """Return the membership, ended on a day."""
    permissions.check_can("manage_staff", by)
    _end(member, on)
    audit.record("team_left", by=by, about={"user": member.user_id, "team": member.team_id})
    return member


@transaction.atomic
def move_team(member: Membership, team: Team, *, by: User, on: date, is_manager: bool = False) -> Membership:
    """Return the membership of another team from a day, on which the one before ends."""
    if member.team_id == team.pk and member.is_manager == is_manager:
        raise NotPossible(f"{member.user} is in {team} already.", "Choose another team.")
    leave_team(member, by=by, on=on)
    return join_team(member.user, team, by=by, started_on=on, is_manager=is_manager)


@transaction.atomic
def allocate(
    person: Person,
    *,
    by: User,
    worker: User | None = None,
    team: Team | None = None,
    role: str = "social_worker",
    started_on: date | None = None,
    change_reason: str = "",
) -> Allocation:
    """Return that a worker, a team or both work with `person` from a day (today when left out).

    `change_reason` is why it is this worker from now on (code list `social_worker_change_reason`).
    Whoever was in the team of the unallocated leaves it. Raises NotAllowed, NotPossible.
    """
    permissions.check_can("allocate", by)
    return _allocate(
        person, by=by, worker=worker, team=team, role=role, started_on=started_on, change_reason=change_reason
    )


def _allocate(
    person: Person,
    *,
    by: User,
    worker: User | None,
    team: Team | None,
    role: str,
    started_on: date | None,
    change_reason: str,
) -> Allocation:
    if worker is None and team is None:
        raise NotPossible("Nobody was chosen to work with this person.", "Choose a worker or a team.")
    if worker is not None and not worker.is_active:
        raise NotPossible(f"{worker} no longer works here.", "Choose somebody else.")
    kept = queries.survivor(person)
    day = started_on or timezone.localdate()
    _leave_unallocated(kept, day, by)
    made = Allocation.objects.create(
        person=kept, worker=worker, team=team, role=role, started_on=day, recorded_by=by,
        change_reason=change_reason,
    )  # fmt: skip
    return _audited("worker_allocated", made, by)


@transaction.atomic
def allocate_alike(person: Person, like: Allocation, *, by: User, started_on: date) -> Allocation:
    """Return that the worker of a brother or sister works with `person` too, in the same role.

    For a child who joins a family that a manager allocated, in that act's own transaction, which has checked
    who may. Raises NotPossible.
    """
    return _allocate(
        person, by=by, worker=like.worker, team=like.team, role=like.role, started_on=started_on,
        change_reason="",
    )  # fmt: skip


@transaction.atomic
def end_allocation(
    allocation: Allocation, *, by: User, on: date, change_reason: str = "", expected: int | None = None
) -> Allocation:
    """Return the allocation, ended on a day. Raises NotAllowed, NotPossible, VersionClash."""
    permissions.check_can("allocate", by)
    return _end_allocation(allocation, by=by, on=on, change_reason=change_reason, expected=expected)


def _end_allocation(
    allocation: Allocation, *, by: User, on: date, change_reason: str, expected: int | None
) -> Allocation:
    policies.check_spell(allocation.started_on, on)
    ended = versions.supersede(
        allocation, by=by, ended_as=Ending.CONTINUED, expected=expected,
        ended_on=on, change_reason=change_reason,
    )  # fmt: skip
    return _audited("allocation_ended", ended, by)


def end_work_with(person: Person, *, by: User, on: date, because: str) -> list[Allocation]:
    """Return the allocations of everybody who worked with `person`, ended that day; nobody takes over.

    For the act that ends it, in its own transaction, which has checked who may.
    """
    held = Allocation.current.filter(person__in=queries.same_person_ids(person), ended_on=None)
    return [
        _audited(
            "allocation_ended",
            versions.supersede(
                one, by=by, ended_as=Ending.CONTINUED, because=because,
                ended_on=max(on, one.started_on or on),
            ),
            by,
        )
        for one in held
    ]  # fmt: skip


def pass_to_team(left: Allocation, *, by: User, on: date) -> Allocation:
    """Return that the team of a worker who has left works with a person from a day, with nobody named yet.

    It is the team of the allocation, or else the last that they were in, or else that of the unallocated.
    For the act that opens their work again, in its own transaction, which has checked who may.
    """
    team = left.team or (queries.last_team_of(left.worker) if left.worker else None) or unallocated_team()
    waits = {"person": queries.survivor(left.person), "worker": None, "team": team}
    held = Allocation.current.filter(queries.in_force(on), **waits).first()
    role = "" if team.is_unallocated else left.role
    made = held or Allocation.objects.create(**waits, role=role, started_on=on, recorded_by=by)
    return made if held else _audited("worker_allocated", made, by)


@transaction.atomic
def hand_over(
    allocation: Allocation,
    *,
    by: User,
    to: User,
    on: date,
    change_reason: str = "",
    team: Team | None = None,
    expected: int | None = None,
) -> Allocation:
    """Return the allocation of `to`, who takes over from a day in the same role.

    One's own work, or that of anybody for whoever allocates. `change_reason` is why it is `to` from now on;
    the spell that ends keeps its own. Raises NotAllowed, NotPossible, VersionClash.
    """
    permissions.check_can_hand_over(by, allocation.worker)
    before = allocation.change_reason
    _end_allocation(allocation, by=by, on=on, change_reason=before, expected=expected)
    return _allocate(
        allocation.person,
        by=by,
        worker=to,
        team=team or allocation.team,
        role=allocation.role,
        started_on=on,
        change_reason=change_reason,
    )


@transaction.atomic
def arrange_cover(*, worker: User, covered_by: User, started_on: date, ended_on: date, by: User) -> Cover:
    """Return that `covered_by` does the work of `worker` from a day to a day, and may open what they open.

    One's own cover, or that of somebody whose team one manages. It ends by itself on `ended_on`. Raises
    NotAllowed, NotPossible (no days, too many, somebody who left).
    """
    permissions.check_can_arrange_cover(by, worker)
    policies.check_cover(worker, covered_by, started_on, ended_on)
    cover = Cover.objects.create(
        user=covered_by, for_user=worker, started_on=started_on, ended_on=ended_on, arranged_by=by
    )
    _audit_cover("cover_arranged", cover, by)
    return cover


@transaction.atomic
def end_cover(cover: Cover, *, by: User, on: date) -> Cover:
    """Return the cover, ended before its time. Raises NotAllowed, NotPossible."""
    permissions.check_can_arrange_cover(by, cover.for_user)
    policies.check_spell(cover.started_on, on)
    cover.ended_on = min(on, cover.ended_on)
    cover.save(update_fields=["ended_on"])
    _audit_cover("cover_ended", cover, by)
    return cover


def _audit_cover(act: str, cover: Cover, by: User) -> None:
    about = {
        "cover": cover.pk, "worker": cover.for_user_id, "covered_by": cover.user_id,
        "from": cover.started_on.isoformat(), "to": cover.ended_on.isoformat(),
    }  # fmt: skip
    audit.record(act, by=by, about=about)


def unallocated_team() -> Team:
    """The team of imported people whom nobody works with yet (D8)."""
    team, _ = Team.objects.get_or_create(is_unallocated=True, defaults={"name": "Unallocated"})
    return team


@transaction.atomic
def leave_with_the_unallocated(
    person_ids: Iterable[int], *, batch: Batch | None = None, on: date | None = None
) -> list[Allocation]:
    """Return the allocations, to the team of the unallocated, of those of these people who have none.

    For the importer, in bulk: its batch's one audit entry tells of it (D6).
    """
    team, day = unallocated_team(), on or timezone.localdate()
    made: list[Allocation] = []
    for some in _in_parts(list(person_ids), 5_000):
        has = set(
            Allocation.current.filter(queries.in_force(day), person_id__in=some)
            .exclude(worker=None, team=None)
            .values_list("person_id", flat=True)
        )
        waiting = [
            Allocation(person_id=pk, team=team, role="", started_on=day, batch=batch)
            for pk in some
            if pk not in has
        ]
        made += Allocation.objects.bulk_create(waiting, batch_size=2_000)
    return made


def _in_parts(ids: list[int], size: int) -> list[list[int]]:
    return [ids[start : start + size] for start in range(0, len(ids), size)]


def _wait_for_others() -> None:
    """Let one at a time say who works here: of two who say the same at once, the second sees the first."""
    list(UserRole.objects.select_for_update().filter(role=Role.ADMINISTRATOR).order_by("pk"))


def _check_another_administrator(user: User) -> None:
    """Raise NotPossible where nobody else could let people in any more, today or from a day to come.

    Of two who end each other's role at once, one waits for the other.
    """
    roles = UserRole.objects.select_for_update().filter(
        queries.in_force(timezone.localdate()), role=Role.ADMINISTRATOR, user__is_active=True
    )
    holders = list(roles.order_by("pk"))
    others = [held for held in holders if held.user_id != user.pk and held.ended_on is None]
    if user.pk in {held.user_id for held in holders} and not others:
        raise NotPossible(
            f"{user} is the only administrator: nobody could let people in any more.",
            "Make somebody else an administrator first.",
        )


def _end(spell: UserRole | Membership, on: date) -> None:
    """End a role or a membership that lasts; one that has an end keeps it, so that it is not drawn out."""
    policies.check_spell(spell.started_on, on)
    lasting = type(spell).objects.filter(pk=spell.pk, ended_on=None)
    if not lasting.update(ended_on=on):
        raise NotPossible("This was ended already.", "Give it anew, from the day on which it begins again.")
    spell.ended_on = on


def _leave_unallocated(person: Person, on: date, by: User) -> None:
    waiting = Allocation.current.filter(person=person, team__is_unallocated=True, ended_on=None)
    for allocation in waiting:
        versions.supersede(
            allocation, by=by, ended_as=Ending.CONTINUED, ended_on=max(on, allocation.started_on)
        )


def _audited(act: str, allocation: Allocation, by: User) -> Allocation:
    about = {
        "allocation": allocation.thread, "worker": allocation.worker_id,
        "team": allocation.team_id, "role": allocation.role,
    }  # fmt: skip
    audit.record(act, by=by, person=allocation.person_id, about=about)
    return allocation
