"""One family's help on one page, and what is written of the family and of each child."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from kith.record.access.looking import Together
from kith.record.access.permissions import can_open
from kith.record.clocks.queries import clocks_for
from kith.record.clocks.queries import together as lines_together
from kith.record.help import permissions, queries, services
from kith.record.help.models import ChildsView, FamilyHelp
from kith.record.help.services.families import plan_of
from kith.record.pathway import help_steps, plan_life
from kith.record.pathway.own_words import Said, own_words_of
from kith.record.people import queries as people
from kith.record.people.models import Person
from kith.record.people.queries import Shown
from kith.record.planning.queries import shown as plan_shown
from kith.record.protection.queries import open_protection_plans
from kith.web.drafts.forms import OpenDraft, draft_form, with_draft
from kith.web.help.forms.families import AgreementForm, ChildsViewForm, DescribeForm, ReviewForm
from kith.web.help.forms.plans import AgreePlanForm
from kith.web.help.plans import add_child
from kith.web.help.reaching import ways_to_reach_family
from kith.web.help.requests import page_of
from kith.web.story.reaching import ToReach
from kith.web.task_pages.doing import carry_out
from kith.web.task_pages.forms import TaskForm
from kith.web.who_may import can_act_for, can_open_matter, power, user_of

Load = tuple[Any, Iterable[int]] | None
WORDS_SHOWN = 3  # of what a child said elsewhere: the rest is on the child's page
OURS = {"FH", "FD"}  # the clocks of help and of what goes beyond it


def load_family(thread: int) -> Load:
    """A family's help, and the children it is for."""
    help = queries.help_of(thread)
    return (help, queries.ids_helped([thread])[thread]) if help else None


def children_of_family(thread: str) -> list[int]:
    """Whom a draft about a family is about."""
    return queries.ids_helped([int(thread)])[int(thread)] if thread.isdigit() else []


_TITLES = {
    "describe": "How things are for a family", "agreement": "What somebody of a family said",
    "need": "Something a family needs", "team": "The team around a family", "plan": "A family’s plan",
    "meeting": "A family meeting", "review": "A review of family help", "step_up": "Asking for more help",
    "close": "The end of family help",
}  # fmt: skip
ABOUT_FAMILY = {
    name: draft_form(
        f"help_{name}", title, children=children_of_family,
        page=page_of(f"help_{name}"),
    )
    for name, title in _TITLES.items()
}  # fmt: skip


@can_open_matter(load_family, power="give_family_help")
def help_family(request: HttpRequest, help: FamilyHelp, children: Together) -> HttpResponse:
    """Everything about a family's help that this person may see, on one page."""
    if children.is_held_back:
        return render(request, "kith/help/held_back.html", {"children": children.people.values()})
    user, today, ids = user_of(request), timezone.localdate(), list(children.people)
    written, plan = queries.written_of(help, ids), plan_of(help)
    due = [line for pk in ids for line in clocks_for(Person(pk=pk), timezone.now())]
    views = queries.views_of(help, ids)
    grouped = lines_together(due, dict.fromkeys(ids, help.thread))
    clocks = [each.line for each in grouped if each.line.is_open and each.line.clock[:2] in OURS]
    persons = [Person(pk=pk) for pk in ids]
    return render(request, "kith/help/family.html", {
        "help": help,
        "title": title_of(children),
        "children": [(shown, views[pk], _said_elsewhere(pk)) for pk, shown in children.people.items()],
        "protected": _protected(children, today),
        "written": written,
        "plan": plan_shown(plan, ids) if plan else None,
        "clocks": clocks,
        "reach": ways_to_reach_family(user, ids),
        "asked": queries.request_of(help.request_thread),
        "is_open": help.ended_on is None,
        "may_lead": permissions.can_name_lead(user, persons),
        "may_decide": permissions.can_decide_step_up(user, persons),
        "today": today,
    })  # fmt: skip


def _said_elsewhere(person_id: int) -> list[Said]:
    """What a child said at visits, in the assessment and elsewhere than here, the newest first."""
    said = own_words_of(people.same_person_ids(Person(pk=person_id)))
    return [one for one in said if one.table != ChildsView._meta.label_lower][:WORDS_SHOWN]


def _protected(children: Together, today: date) -> list[tuple[Shown, date]]:
    """The children who have a child protection plan now, and since when."""
    plans = open_protection_plans([Person(pk=pk) for pk in children.people], today)
    return [(children.people[pk], plan.started_on) for pk, plan in plans.items() if pk in children.people]


def where_of(children: Together) -> str:
    """Where the family lives, as far as any page says it: the first half of a postcode that is not hidden."""
    return next((shown.district for shown in children.people.values() if shown.district), "")


def title_of(children: Together) -> str:
    named = [shown.name for shown in children.people.values()]
    first = [name.split()[0] if name.split() else name for name in named[:-1]]
    return f"Family help: {', '.join(first)} and {named[-1]}" if first else f"Family help: {named[0]}"


@can_open_matter(load_family, power="give_family_help")
def help_describe(request: HttpRequest, help: FamilyHelp, children: Together) -> HttpResponse:
    """How things are for the whole family."""
    held = {name: getattr(help, name) for name in ("going_well", "is_hard", "what_would_help")}
    return write_of_family(
        request, help, children, "describe", DescribeForm,
        lambda form, said: services.describe_family(
            help=help, by=user_of(request), expected=form.expected(help), **said
        ),
        title="How things are", act="Save how things are", said="It is written down.",
        initial=held, seen=[help],
    )  # fmt: skip


@can_open_matter(load_family, power="give_family_help")
def help_agreement(request: HttpRequest, help: FamilyHelp, children: Together) -> HttpResponse:
    """What somebody of the family said to being helped."""
    return write_of_family(
        request, help, children, "agreement", AgreementForm,
        lambda _, said: services.write_agreement(help=help, by=user_of(request), **said),
        title="What did they say?", act="Save what they said", said="It is written down.",
        initial={"on": timezone.localdate()},
    )  # fmt: skip


@can_act_for("give_family_help")
def help_childs_view(request: HttpRequest, person: Person) -> HttpResponse:
    """What one child says; it stands on this child's file alone."""
    help = _help_or_404(person)
    back = reverse("help_family", args=[help.thread])
    return carry_out(
        request,
        ChildsViewForm(request.POST or None, initial={"on": timezone.localdate()}),
        lambda said: services.write_childs_view(help=help, person=person, by=user_of(request), **said),
        page="kith/help/task.html", to=back, said="It is on this child’s own file.",
        context={
            "title": f"What {people.name_of(person)} says", "act": "Save what they say", "cancel_url": back
        },
    )  # fmt: skip


@can_open_matter(load_family, power="give_family_help")
def help_add_child(request: HttpRequest, help: FamilyHelp, children: Together) -> HttpResponse:
    """Help for one more child of the family, with its plan and whoever leads."""
    if children.is_held_back:
        return render(request, "kith/help/held_back.html", {"children": children.people.values()})
    return add_child(
        request, children, queries.ids_helped([help.thread])[help.thread],
        lambda person, on: plan_life.join_family_help(
            help=help, person=person, on=on, by=user_of(request)
        ),
        back=reverse("help_family", args=[help.thread]), title="One more child of the family",
        said="This child is helped with the family.",
    )  # fmt: skip


@can_open_matter(load_family, power="give_family_help")
def help_plan(request: HttpRequest, help: FamilyHelp, children: Together) -> HttpResponse:
    """Agree a plan: one goal, one action, who does it and by when."""
    user = user_of(request)
    beside = [user, *help_steps.workers_beside(user, children.people, timezone.localdate())]
    workers = {str(worker.pk): worker for worker in beside}

    def do(_: TaskForm, said: Mapping[str, Any]) -> Any:
        rest = {name: value for name, value in said.items() if name != "worker"}
        return help_steps.agree_help_plan(help=help, owner=workers.get(said["worker"]), by=user, **rest)

    return write_of_family(
        request, help, children, "plan", AgreePlanForm, do,
        workers=[(one.pk, f"Me, {one}" if one == user else str(one)) for one in workers.values()],
        title="Agree a plan", act="Agree the plan", said="The plan is agreed.",
        to=lambda plan: reverse("plan", args=[plan.thread]),
    )  # fmt: skip


@can_open_matter(load_family, power="give_family_help")
def help_review(request: HttpRequest, help: FamilyHelp, children: Together) -> HttpResponse:
    """Look again at what changed."""
    return write_of_family(
        request, help, children, "review", ReviewForm,
        lambda _, said: services.review_help(help=help, by=user_of(request), **said),
        title="Look again together", act="Save the review", said="The review is written down.",
        initial={"on": timezone.localdate()},
    )  # fmt: skip


@power("give_family_help")
def help_of_child(request: HttpRequest) -> HttpResponse:
    """Leads from a child (`?child=`) to their family's help, which is about brothers and sisters too."""
    chosen = request.GET.get("child", "")
    is_number = chosen.isascii() and chosen.isdigit() and len(chosen) < 20
    person = get_object_or_404(Person, pk=int(chosen) if is_number else 0)
    if not can_open(user_of(request), person):
        raise Http404("No family help is open for this child")
    return redirect("help_family", _help_or_404(people.survivor(person)).thread)


def _help_or_404(person: Person) -> FamilyHelp:
    help = queries.family_of(person.pk, timezone.localdate())
    if help is None:
        raise Http404("No family help is open for this child")
    return help


def write_of_family(
    request: HttpRequest,
    help: FamilyHelp,
    children: Together,
    name: str,
    kind: type[TaskForm],
    do: Callable[[TaskForm, Mapping[str, Any]], Any],
    *,
    title: str,
    act: str,
    said: str,
    to: Callable[[Any], str] | None = None,
    reach: list[ToReach] | None = None,
    goes_on: list[str] | None = None,
    **more: Any,
) -> HttpResponse:
    """One thing that is written of a family's help; nothing where one child is kept from the reader."""
    if children.is_held_back:
        return render(request, "kith/help/held_back.html", {"children": children.people.values()})
    draft: OpenDraft = with_draft(request, ABOUT_FAMILY[name], about=help.thread)
    form = draft.form(kind, **more)
    back = reverse("help_family", args=[help.thread])
    return carry_out(
        request, form, lambda answers: do(form, answers), page="kith/help/task.html", draft=draft,
        to=to or back, said=said,
        context={
            "title": title, "act": act, "cancel_url": back, "about": title_of(children), "reach": reach,
            "goes_on": goes_on,
        },
    )  # fmt: skip
