"""Plans of every kind: read on one page, changed, joined by one more child, ended.

Their goals and actions are `help/plan_lines.py`'s; on paper they are `help/letters.py`'s.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kith.record.access.looking import Together, family_to_choose
from kith.record.pathway import plan_life
from kith.record.people import queries as people
from kith.record.people.models import Person
from kith.record.planning import permissions, queries, services
from kith.record.planning.models import Plan, PlanKind
from kith.web.help.forms.children import NEW, AddChildForm
from kith.web.help.forms.plans import ChangePlanForm, ChangeProtectionPlanForm, EndPlanForm
from kith.web.help.reaching import ways_to_reach_family
from kith.web.task_pages.doing import carry_out
from kith.web.task_pages.forms import TaskForm
from kith.web.who_may import can_open_matter, user_of

Load = tuple[Any, Iterable[int]] | None


def load_plan(thread: int) -> Load:
    """A plan, and the people it is for."""
    plan = queries.plan_of(thread)
    return (plan, queries.ids_on([thread])[thread]) if plan else None


@can_open_matter(load_plan)
def plan(request: HttpRequest, plan: Plan, children: Together) -> HttpResponse:
    """A plan, with the lines for all and those for the people this person may open."""
    if children.is_held_back:
        return render(request, "kith/help/held_back.html", {"children": children.people.values()})
    ids = list(children.people)
    persons = [Person(pk=pk) for pk in ids]
    is_open = plan.ended_on is None
    shown, user = queries.shown(plan, ids), user_of(request)
    may_change = is_open and permissions.can_change(user, plan.kind, persons)
    is_conference = plan.kind == PlanKind.PROTECTION
    return render(request, "kith/plan/plan.html", {
        "plan": shown,
        "title": str(plan),
        "names": _names(children),
        "reach": ways_to_reach_family(user, ids),
        "whose": _whose_alone(shown, children),
        "near": next((one.district for one in children.people.values() if one.district), ""),
        "may_change": may_change,
        "may_add": may_change and not is_conference,
        "may_end": may_change and plan_life.can_end(user, plan),
        "a_manager_ends": may_change and not is_conference and not plan_life.can_end(user, plan),
        "copies": [(pk, shown.name) for pk, shown in children.people.items()],
        "today": timezone.localdate(),
    })  # fmt: skip


def _whose_alone(plan: queries.PlanShown, children: Together) -> dict[int, str]:
    """Whose each line is that is for one person alone, by the id it is written down under."""
    goals = {each.goal.only_for_id for each in plan.goals if each.goal}
    actions = {action.only_for_id for each in plan.goals for action in each.actions}
    kept = people.kept_ids({pk for pk in goals | actions if pk})
    return {pk: children.people[top].name for pk, top in kept.items() if top in children.people}


def _names(children: Together) -> str:
    return ", ".join(shown.name for shown in children.people.values())


@can_open_matter(load_plan)
def plan_change(request: HttpRequest, plan: Plan, children: Together) -> HttpResponse:
    """Who agreed with a plan, and when it is looked at again."""
    asks = ChangeProtectionPlanForm if plan.kind == PlanKind.PROTECTION else ChangePlanForm
    held = {name: getattr(plan, name) for name in asks.base_fields if name != "seen"}
    form = asks(request.POST or None, seen=[plan], initial=held)
    return change_plan_on_page(
        request, plan.thread, children, form,
        lambda said: services.change_plan(
            plan=plan, by=user_of(request), expected=form.expected(plan), **said
        ),
        title="Change the plan", act="Save the change",
    )  # fmt: skip


@can_open_matter(load_plan)
def plan_add_child(request: HttpRequest, plan: Plan, children: Together) -> HttpResponse:
    """One more child on a plan: a baby, a brother or sister who joins."""
    if children.is_held_back:
        return render(request, "kith/help/held_back.html", {"children": children.people.values()})
    return add_child(
        request, children, queries.ids_on([plan.thread])[plan.thread],
        lambda person, on: plan_life.join_plan(plan=plan, person=person, on=on, by=user_of(request)),
        back=reverse("plan", args=[plan.thread]), title="One more child on the plan",
        said="The plan is for this child too.",
    )  # fmt: skip


def add_child(
    request: HttpRequest,
    children: Together,
    already: Collection[int],
    join: Callable[[Person, date], Any],
    *,
    back: str,
    title: str,
    said: str,
) -> HttpResponse:
    """The page on which one more child of a family is named: on record already, or put on record by it."""
    user, first = user_of(request), next(iter(children.people.values()))
    beside = Person(pk=first.person_id)
    family = family_to_choose(user, beside, "one more child")
    options = [(pk, choice.person.name) for pk, choice in family.items() if pk not in already]
    form = AddChildForm(
        request.POST or None, family=options, beside=first.name, initial={"on": timezone.localdate()}
    )

    def do(answers: dict[str, Any]) -> Any:
        if answers["child"] == NEW:
            details = form.details()
            person = plan_life.put_child_beside(beside=beside, tie=answers["tie"], details=details, by=user)
        else:
            person = Person(pk=int(answers["child"]))
        return join(person, answers["on"])

    return carry_out(
        request, form, do, page="kith/help/add_child.html", to=back, said=said,
        context={"title": title, "act": "Add this child", "cancel_url": back, "about": _names(children)},
    )  # fmt: skip


@can_open_matter(load_plan)
def plan_end(request: HttpRequest, plan: Plan, children: Together) -> HttpResponse:
    """End a plan for everybody it is for."""
    form = EndPlanForm(request.POST or None, seen=[plan], initial={"on": timezone.localdate()})
    return change_plan_on_page(
        request, plan.thread, children, form,
        lambda answers: plan_life.end_plan(
            plan=plan, by=user_of(request), expected=form.expected(plan), **answers
        ),
        title="End the plan", act="End the plan", said="The plan has ended.",
        said_of="It ends for everybody it is for. What was not done stays to be read.",
    )  # fmt: skip


def change_plan_on_page(
    request: HttpRequest,
    plan_thread: int,
    children: Together,
    form: TaskForm,
    do: Callable[[dict[str, Any]], Any],
    *,
    title: str,
    act: str,
    draft: Any = None,
    said_of: str = "",
    said: str = "It is in the plan.",
) -> HttpResponse:
    """One change of a plan; nothing of all where one of its people is kept from the reader."""
    if children.is_held_back:
        return render(request, "kith/help/held_back.html", {"children": children.people.values()})
    back = reverse("plan", args=[plan_thread])
    return carry_out(
        request, form, do, page="kith/help/task.html", draft=draft, to=back, said=said,
        context={
            "title": title, "act": act, "cancel_url": back, "about": _names(children), "said_of": said_of
        },
    )  # fmt: skip


def plans_open_of(person_ids: Iterable[int]) -> list[Plan]:
    """The plans that are open for these records, each once, for a child's page."""
    kept = set(people.kept_ids(person_ids).values())
    found = {plan.thread: plan for plans in queries.plans_of(kept).values() for plan in plans}
    return [plan for plan in found.values() if plan.ended_on is None and plan.kind in PlanKind.values]
