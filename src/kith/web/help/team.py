"""The team around a family, and who leads."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kith.record.access.looking import Together
from kith.record.access.permissions import can_open
from kith.record.help import queries, services
from kith.record.help.models import FamilyHelp, TeamMember
from kith.record.pathway import help_steps
from kith.record.people import queries as people
from kith.record.people.models import Person, User
from kith.record.people.permissions import powers
from kith.web.help.families import Load, load_family, title_of, write_of_family
from kith.web.help.forms.team import LeadForm, LeftTeamForm, TeamMemberForm
from kith.web.task_pages.doing import carry_out
from kith.web.who_may import can_open_matter, user_of


@can_open_matter(load_family, power="give_family_help")
def help_team(request: HttpRequest, help: FamilyHelp, children: Together) -> HttpResponse:
    """Somebody more in the team around the family."""
    return write_of_family(
        request, help, children, "team", TeamMemberForm,
        lambda _, said: services.add_team_member(help=help, by=user_of(request), **said),
        title="Who else helps?", act="Add to the team", said="They are in the team around the family.",
    )  # fmt: skip


def load_member(thread: int) -> Load:
    """Somebody of the team around a family, and the children whose family it is."""
    member: TeamMember | None = queries.matter_of(TeamMember, thread)
    return (member, queries.ids_helped([member.family_thread])[member.family_thread]) if member else None


@can_open_matter(load_member, power="give_family_help")
def help_team_end(request: HttpRequest, member: TeamMember, children: Together) -> HttpResponse:
    """End somebody's part in the team around a family."""
    if children.is_held_back:
        return render(request, "kith/help/held_back.html", {"children": children.people.values()})
    form = LeftTeamForm(request.POST or None, seen=[member], initial={"on": timezone.localdate()})
    back = reverse("help_family", args=[member.family_thread])
    return carry_out(
        request, form,
        lambda said: services.end_team_member(
            member=member, by=user_of(request), expected=form.expected(member), **said
        ),
        page="kith/help/task.html", to=back, said=f"{member.name} is no longer in the team.",
        context={
            "title": f"{member.name} is no longer in the team", "act": "Save that their part ended",
            "cancel_url": back, "about": title_of(children), "said_of": member.does_what,
        },
    )  # fmt: skip


@can_open_matter(load_family, power="allocate")
def help_lead(request: HttpRequest, help: FamilyHelp, children: Together) -> HttpResponse:
    """Say who leads; the workers they have come first, and none is chosen beforehand."""
    user, back = user_of(request), reverse("help_family", args=[help.thread])
    workers = _workers(user, list(children.people))
    form = LeadForm(
        request.POST or None, initial={"on": timezone.localdate()},
        workers=[(worker.pk, str(worker)) for worker in workers],
    )  # fmt: skip

    def do(said: Mapping[str, Any]) -> Any:
        chosen = next(worker for worker in workers if str(worker.pk) == said["worker"])
        return help_steps.name_lead(help=help, worker=chosen, on=said["on"], by=user)

    def to(_: Any) -> str:
        return back if _may_see(user, list(children.people)) else reverse("family_help")

    return carry_out(
        request, form, do, page="kith/help/task.html", to=to, said="It is said who leads.",
        context={
            "title": "Who leads the help for this family?", "act": "Name who leads", "cancel_url": back,
            "about": title_of(children),
        },
    )  # fmt: skip


def _may_see(user: User, ids: list[int]) -> bool:
    """Whether somebody may open a child of the family still, now that it no longer waits for a lead."""
    return any(can_open(user, person) for person in Person.objects.filter(pk__in=ids))


def _workers(user: User, ids: list[int]) -> list[User]:
    """Those who work with these children already, then those of the teams this manager manages."""
    today = timezone.localdate()
    known = help_steps.workers_to_offer(ids, today)
    teams = [one.team_id for one in people.memberships_of(user, on=today) if one.is_manager]
    helpers = people.holders_of(powers()["give_family_help"].roles, on=today)
    in_teams = helpers.filter(memberships__team__in=teams).distinct().order_by("name")
    return list(dict.fromkeys([*known, *in_teams]))
