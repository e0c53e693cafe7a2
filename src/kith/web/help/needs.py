"""What a family needs: what was found for it, near or besides, or that nothing meets it."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kith.record.access.looking import Together
from kith.record.centres import matching
from kith.record.centres.queries import service_with
from kith.record.help import queries, services
from kith.record.help.models import FamilyHelp, FamilyNeed
from kith.record.pathway import help_steps
from kith.record.people.models import Person
from kith.web.help.families import Load, load_family, title_of, where_of, write_of_family
from kith.web.help.forms.needs import MatchNeedForm, NeedForm, UnmetForm
from kith.web.task_pages.doing import carry_out
from kith.web.task_pages.forms import TaskForm
from kith.web.who_may import can_open_matter, user_of


def load_need(thread: int) -> Load:
    """A need, and the children whose family has it; of one child's own, that child alone."""
    need: FamilyNeed | None = queries.matter_of(FamilyNeed, thread)
    if need is None:
        return None
    ids = (
        [need.only_for_id]
        if need.only_for_id
        else queries.ids_helped([need.family_thread])[need.family_thread]
    )
    return need, ids


@can_open_matter(load_family, power="give_family_help")
def help_need(request: HttpRequest, help: FamilyHelp, children: Together) -> HttpResponse:
    """Something the family needs."""
    named = [(pk, shown.name) for pk, shown in children.people.items()]

    def do(_: TaskForm, said: Mapping[str, Any]) -> Any:
        whose = None if said["only_for"] == "all" else Person(pk=int(said["only_for"]))
        return services.add_need(help=help, by=user_of(request), **{**said, "only_for": whose})

    return write_of_family(
        request, help, children, "need", NeedForm, do, title="What is needed?", act="Save the need",
        said="It is written down.", people=named,
    )  # fmt: skip


@can_open_matter(load_need, power="give_family_help")
def help_match_need(request: HttpRequest, need: FamilyNeed, children: Together) -> HttpResponse:
    """What was found for a need, of what the directory has near or besides, and whether it helped."""
    if children.is_held_back:
        return render(request, "kith/help/held_back.html", {"children": children.people.values()})
    found = matching.services_for(need.kind, where=where_of(children))
    picked = service_with(need.service_thread)
    offered = {picked.thread: picked.name} if picked else {}
    offered |= {one.service.thread: _near(one) for one in found}
    held = {"offered_on": need.offered_on, "met_by": "" if picked else need.met_by}
    said = {"was_taken_up": need.was_taken_up, "has_helped": need.has_helped}
    words = {True: "yes", False: "no"}
    form = MatchNeedForm(
        request.POST or None, seen=[need], services=offered.items(),
        initial=held | {"service": str(need.service_thread or "")}
        | {name: words[value] for name, value in said.items() if value is not None},
    )  # fmt: skip
    back = reverse("help_family", args=[need.family_thread])

    def do(told: dict[str, Any]) -> Any:
        service = service_with(int(told.pop("service", "") or 0))
        if service:
            told |= {"met_by": service.name[:300], "service_thread": service.thread}
        return services.match_need(need=need, by=user_of(request), expected=form.expected(need), **told)

    return carry_out(
        request, form, do, page="kith/help/match_need.html", to=back, said="It is written down.",
        context={
            "title": f"Help for this need: {need.kind_in_words}", "act": "Save what helps",
            "cancel_url": back, "said_of": need.in_words, "found": found, "need": need,
        },
    )  # fmt: skip


def _near(found: matching.Found) -> str:
    """A service as a choice: its name, and whether it is near."""
    return f"{found.service.name} (near)" if found.is_near else found.service.name


@can_open_matter(load_need, power="give_family_help")
def help_need_unmet(request: HttpRequest, need: FamilyNeed, children: Together) -> HttpResponse:
    """Keep that nothing meets a need, without a name, for those who plan services."""
    if children.is_held_back:
        return render(request, "kith/help/held_back.html", {"children": children.people.values()})
    form = UnmetForm(request.POST or None, seen=[need], initial={"district": where_of(children)})
    back = reverse("help_family", args=[need.family_thread])
    return carry_out(
        request, form,
        lambda told: help_steps.keep_as_unmet(
            need=need, by=user_of(request), expected=form.expected(need), **told
        ),
        page="kith/help/task.html", to=back, said="It is kept for those who plan services.",
        context={
            "title": f"Nothing meets this need: {need.kind_in_words}", "act": "Keep it as not met",
            "cancel_url": back, "said_of": need.in_words, "about": title_of(children),
        },
    )  # fmt: skip
