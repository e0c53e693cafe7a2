"""Staff, teams and roles, for an administrator: who is here, who comes, who goes. No child is named here."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from kith.record.people import queries, staff
from kith.record.people.models import Allocation, Membership, Role, Team, User, UserRole
from kith.record.people.permissions import powers, shows_children
from kith.record.refusals import Refused
from kith.web.staff.forms import (
    AddWorkerForm,
    EndForm,
    GiveRoleForm,
    MakeTeamForm,
    ReasonForm,
    TeamForm,
)
from kith.web.templatetags.kith import long_date
from kith.web.who_may import power, user_of

STAFF_A_PAGE = 50


@dataclass(frozen=True)
class Here:
    """Somebody on the list of staff: what they are here to do today, and where."""

    user: User
    roles: list[str]
    teams: list[str]


@power("manage_staff")
def staff_list(request: HttpRequest) -> HttpResponse:
    """Everybody who works or worked here, by name, with their roles and teams of today."""
    words = request.GET.get("q", "").replace("\x00", "").strip()
    page = Paginator(queries.staff_named(words), STAFF_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "q": words, "people": [_here(user) for user in page]}
    return render(request, "kith/staff/staff.html", context)


def _here(user: User) -> Here:
    return Here(
        user,
        sorted(held.get_role_display() for held in user.roles_held.all() if _is_in_force(held)),
        sorted(
            f"{member.team} (manages it)" if member.is_manager else str(member.team)
            for member in user.memberships.all()
            if _is_in_force(member)
        ),
    )


def _is_in_force(spell: UserRole | Membership) -> bool:
    today = timezone.localdate()
    return spell.started_on <= today and (spell.ended_on is None or spell.ended_on > today)


@power("manage_staff")
def teams(request: HttpRequest) -> HttpResponse:
    """The teams with who is in them, and a form for a new one."""
    form = MakeTeamForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = staff.make_team(by=user_of(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, f"There is a team called {made} now.")
            return redirect("teams")
    members = Membership.objects.filter(queries.in_force(timezone.localdate()), user__is_active=True)
    by_team: dict[int, list[Membership]] = {}
    for member in members.select_related("user").order_by("-is_manager", "user__name"):
        by_team.setdefault(member.team_id, []).append(member)
    listed = [(team, by_team.get(team.pk, [])) for team in queries.teams_of_staff()]
    return render(
        request, "kith/staff/teams.html", {"form": form, "teams": listed}, status=422 if form.errors else 200
    )


@power("manage_staff")
def roles(request: HttpRequest) -> HttpResponse:
    """Each role: how many hold it today, and what it lets them do."""
    held = UserRole.objects.filter(queries.in_force(timezone.localdate()), user__is_active=True)
    counts: dict[str, int] = {}
    for role in held.values_list("role", flat=True):
        counts[role] = counts.get(role, 0) + 1
    listed = [
        (role.label, counts.get(role, 0), shows_children(role), [
            power.meaning for power in powers().values() if role in power.roles
        ])
        for role in Role
    ]  # fmt: skip
    return render(request, "kith/staff/roles.html", {"roles": listed})


@power("manage_staff")
def add_worker(request: HttpRequest) -> HttpResponse:
    """Let somebody new in, with a role, a team and a password that shows once."""
    form = AddWorkerForm(request.POST or None, initial={"started_on": _today()})
    if request.method == "POST" and form.is_valid():
        password = secrets.token_urlsafe(12)
        try:
            added = _add(form.cleaned_data, user_of(request), password)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return render(request, "kith/staff/added.html", {"worker": added, "password": password})
    return render(request, "kith/staff/add.html", {"form": form}, status=422 if form.errors else 200)


@transaction.atomic
def _add(told: dict[str, Any], by: User, password: str) -> User:
    who = {name: told[name] for name in ("name", "email", "phone", "registration_number")}
    added = staff.add_user(by=by, password=password, **who)
    staff.give_role(added, told["role"], by=by, started_on=told["started_on"])
    if told["team"]:
        staff.join_team(
            added, told["team"], by=by, started_on=told["started_on"], is_manager=told["is_manager"]
        )
    return added


@power("manage_staff")
def worker(request: HttpRequest, user_id: int) -> HttpResponse:
    """One worker: how they sign in, the roles and teams they have and had, and what can be changed."""
    user = get_object_or_404(User, pk=user_id)
    today = timezone.localdate()
    working_with = Allocation.current.filter(queries.in_force(today), worker=user).values("person").distinct()
    context = {
        "worker": user,
        "is_oneself": user.pk == user_of(request).pk,
        "roles": [(held, _in_words(held)) for held in user.roles_held.order_by("-started_on", "-pk")],
        "teams": [
            (member, _in_words(member))
            for member in user.memberships.select_related("team").order_by("-started_on", "-pk")
        ],
        "children": working_with.count(),
    }
    return render(request, "kith/staff/worker.html", context)


def _in_words(spell: UserRole | Membership) -> str:
    if spell.ended_on is None:
        return (
            f"{'since' if spell.started_on <= timezone.localdate() else 'from'} {long_date(spell.started_on)}"
        )
    return f"{long_date(spell.started_on)} to {long_date(spell.ended_on)}"


@power("manage_staff")
def give_role(request: HttpRequest, user_id: int) -> HttpResponse:
    user = get_object_or_404(User, pk=user_id)
    form = GiveRoleForm(request.POST or None, initial={"started_on": _today()})
    return _asked(
        request, user, form, lambda **told: staff.give_role(user, by=user_of(request), **told),
        title=f"Give {user} a role", act="Give this role", said="has the role now",
    )  # fmt: skip


@power("manage_staff")
def end_role(request: HttpRequest, user_id: int, held_id: int) -> HttpResponse:
    held = get_object_or_404(UserRole, pk=held_id, user_id=user_id, ended_on=None)
    return _asked(
        request, held.user, EndForm(request.POST or None, initial={"on": _today()}),
        lambda **told: staff.end_role(held, by=user_of(request), **told),
        title=f"End the role of {held.user}: {held.get_role_display().lower()}", act="End this role",
        said="no longer has the role from that day", is_grave=True,
    )  # fmt: skip


@power("manage_staff")
def join_team(request: HttpRequest, user_id: int) -> HttpResponse:
    user = get_object_or_404(User, pk=user_id)

    def join(team: Team, on: Any, is_manager: bool) -> None:
        staff.join_team(user, team, by=user_of(request), started_on=on, is_manager=is_manager)

    return _asked(
        request, user, TeamForm(request.POST or None, initial={"on": _today()}), join,
        title=f"Put {user} in a team", act="Put them in this team", said="is in the team from that day",
    )  # fmt: skip


@power("manage_staff")
def move_team(request: HttpRequest, user_id: int, member_id: int) -> HttpResponse:
    member = get_object_or_404(Membership, pk=member_id, user_id=user_id, ended_on=None)
    return _asked(
        request, member.user, TeamForm(request.POST or None, initial={"on": _today()}),
        lambda **told: staff.move_team(member, by=user_of(request), **told),
        title=f"Move {member.user} from {member.team} to another team", act="Move them",
        said="is in the other team from that day",
    )  # fmt: skip


@power("manage_staff")
def leave_team(request: HttpRequest, user_id: int, member_id: int) -> HttpResponse:
    member = get_object_or_404(Membership, pk=member_id, user_id=user_id, ended_on=None)
    return _asked(
        request, member.user, EndForm(request.POST or None, initial={"on": _today()}),
        lambda **told: staff.leave_team(member, by=user_of(request), **told),
        title=f"Take {member.user} out of {member.team}", act="Take them out of this team",
        said="is no longer in the team from that day", is_grave=True,
    )  # fmt: skip


@power("manage_staff")
def end_sign_in(request: HttpRequest, user_id: int) -> HttpResponse:
    user = get_object_or_404(User, pk=user_id, is_active=True)
    return _asked(
        request, user, ReasonForm(request.POST or None),
        lambda **told: staff.stop_user(user, by=user_of(request), **told),
        title=f"End the sign-in of {user}", act="End their sign-in", said="can no longer sign in",
        is_grave=True,
        text="They are signed out everywhere at once. Nothing that they wrote is lost.",
    )  # fmt: skip


@power("manage_staff")
def let_back(request: HttpRequest, user_id: int) -> HttpResponse:
    user = get_object_or_404(User, pk=user_id, is_active=False)
    return _asked(
        request, user, ReasonForm(request.POST or None),
        lambda **told: staff.let_back(user, by=user_of(request), **told),
        title=f"Let {user} sign in again", act="Let them sign in", said="can sign in again",
        text="They sign in with the password they had, and have the roles that have not ended.",
    )  # fmt: skip


def _asked(
    request: HttpRequest, user: User, form: forms.Form, do: Callable[..., Any], *, said: str, **page: Any
) -> HttpResponse:
    """One act about one worker: asked on a page of its own, done, and said; a refusal stands in the form."""
    if request.method == "POST" and form.is_valid():
        try:
            do(**form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{user} {said}.")
            return redirect("worker", user.pk)
    context = {"form": form, "worker": user, **page}
    return render(request, "kith/staff/act.html", context, status=422 if form.errors else 200)


def _today() -> str:
    today = timezone.localdate()
    return f"{today.day}/{today.month}/{today.year}"
