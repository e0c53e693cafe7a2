"""The steps of a family's help: its beginning for a child on record, more help, less help, and its end."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kith.record.access.looking import Together, family_to_choose
from kith.record.help import permissions, queries, services
from kith.record.help.models import FamilyHelp, StepUp
from kith.record.pathway import help_steps
from kith.record.people.models import Person
from kith.web.help.families import Load, load_family, write_of_family
from kith.web.help.forms.children import BeginForm
from kith.web.help.forms.steps import (
    CloseForm,
    DecideStepUpForm,
    StepDownForm,
    StepUpForm,
    WithdrawStepUpForm,
)
from kith.web.help.over import what_happens
from kith.web.task_pages.doing import carry_out
from kith.web.task_pages.forms import TaskForm
from kith.web.who_may import can_act_for, can_open_matter, user_of


def load_step(thread: int) -> Load:
    """A step up, and the children it is about."""
    step: StepUp | None = queries.matter_of(StepUp, thread)
    return (step, queries.ids_stepped_up([thread])[thread]) if step else None


@can_open_matter(load_family, power="give_family_help")
def help_step_up(request: HttpRequest, help: FamilyHelp, children: Together) -> HttpResponse:
    """Ask whether social workers have to help as well; a manager decides."""
    named = [(pk, shown.name) for pk, shown in children.people.items()]

    def do(_: TaskForm, said: Mapping[str, Any]) -> Any:
        chosen = [Person(pk=pk) for pk in said["people"]]
        return services.ask_step_up(help=help, by=user_of(request), **{**said, "people": chosen})

    return write_of_family(
        request, help, children, "step_up", StepUpForm, do, title="Is more help needed?",
        act="Ask a manager to decide", said="A manager has it.", people=named,
    )  # fmt: skip


@can_open_matter(load_step, power="decide_contacts")
def help_step_up_decide(request: HttpRequest, step: StepUp, children: Together) -> HttpResponse:
    """Decide whether the front door is told."""
    if children.is_held_back:
        return render(request, "kith/help/held_back.html", {"children": children.people.values()})
    form = DecideStepUpForm(request.POST or None, seen=[step])
    back = reverse("help_family", args=[step.family_thread])
    return carry_out(
        request, form,
        lambda said: help_steps.decide_step_up(
            step=step, by=user_of(request), expected=form.expected(step), **said
        ),
        page="kith/help/task.html", to=back, said="It is decided.",
        context={
            "title": "Is more than family help needed?", "act": "Decide", "cancel_url": back,
            "said_of": step.what_has_changed,
            "about": ", ".join(shown.name for shown in children.people.values()),
        },
    )  # fmt: skip


@can_open_matter(load_step, power="give_family_help")
def help_step_up_withdraw(request: HttpRequest, step: StepUp, children: Together) -> HttpResponse:
    """Take back that more help was asked for."""
    if children.is_held_back:
        return render(request, "kith/help/held_back.html", {"children": children.people.values()})
    back = reverse("help_family", args=[step.family_thread])
    return carry_out(
        request, WithdrawStepUpForm(request.POST or None),
        lambda said: services.withdraw_step_up(step=step, by=user_of(request), **said),
        page="kith/help/task.html", to=back, said="It is no longer asked for.",
        context={"title": "Not needed any more?", "act": "Take it back", "cancel_url": back},
    )  # fmt: skip


@can_open_matter(load_family, power="give_family_help")
def help_close(request: HttpRequest, help: FamilyHelp, children: Together) -> HttpResponse:
    """End a family's help, as they wish or as things are better."""
    return write_of_family(
        request, help, children, "close", CloseForm,
        lambda form, said: help_steps.end_family_help(
            help=help, by=user_of(request), expected=form.expected(help), **said
        ),
        title="End family help", act="End family help", said="Family help has ended.",
        initial={"on": timezone.localdate()}, seen=[help], to=lambda _: reverse("family_help"),
        goes_on=what_happens(help, children, timezone.localdate()),
    )  # fmt: skip


@can_act_for("give_family_help")
def help_step_down(request: HttpRequest, person: Person) -> HttpResponse:
    """Go on with family help as more is no longer needed, with the goals that are left."""
    user = user_of(request)
    family = family_to_choose(user, person, "stepping down to family help")
    may = [(pk, choice.person.name) for pk, choice in family.items() if choice.can_open]
    workers = help_steps.workers_to_offer([pk for pk, _ in may], timezone.localdate())
    offered = workers if permissions.can_name_lead(user, [person]) else []
    form = StepDownForm(
        request.POST or None, family=may, workers=[(worker.pk, str(worker)) for worker in offered]
    )

    def do(said: Mapping[str, Any]) -> Any:
        lead = next((worker for worker in offered if str(worker.pk) == said["lead"]), None)
        chosen = [Person(pk=pk) for pk in said["people"]]
        return help_steps.step_down_to_help(by=user, **{**said, "people": chosen, "lead": lead})

    return carry_out(
        request, form, do, page="kith/help/task.html", said="Family help goes on.",
        to=lambda made: reverse("help_family", args=[made.thread]),
        context={
            "title": "Go on with family help", "act": "Go on with family help",
            "cancel_url": reverse("story", args=[person.pk]),
            "said_of": "The goals of the plan there is that are not reached go with the family.",
        },
    )  # fmt: skip


@can_act_for("give_family_help")
def help_begin_for(request: HttpRequest, person: Person) -> HttpResponse:
    """Begin family help for a child on record and their brothers and sisters, without a request."""
    user = user_of(request)
    family = family_to_choose(user, person, "beginning family help")
    form = BeginForm(request.POST or None, family=[(pk, choice.person.name) for pk, choice in family.items()])

    def do(said: Mapping[str, Any]) -> Any:
        agreed = {name: said[name] for name in ("basis", "agreed_by", "agreed_how", "agreed_words", "need")}
        return help_steps.begin_with_family(
            known=said.get("people") or [],
            new_children=form.new_children(),
            by=user,
            together=said["together"],
            **agreed,
        )

    return carry_out(
        request, form, do, page="kith/help/begin.html", said="Family help has begun.",
        to=lambda made: reverse("help_family", args=[made.thread]),
        context={
            "title": "Begin family help", "act": "Begin family help",
            "cancel_url": reverse("story", args=[person.pk]),
            "opens_for_a_time": any(not choice.can_open for choice in family.values()),
        },
    )  # fmt: skip
