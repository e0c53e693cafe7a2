"""The lines of a plan, changed one by one: its goals, and what somebody does for them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from kith.record.access.looking import Together
from kith.record.centres import open_referral
from kith.record.centres.queries import service_with
from kith.record.help.models import FamilyMeeting, FamilyNeed
from kith.record.help.queries import ids_helped, matter_of
from kith.record.pathway import full_plan
from kith.record.pathway.help_steps import workers_beside
from kith.record.people import queries as people
from kith.record.people.models import Person, User
from kith.record.planning import queries, services
from kith.record.planning.models import Goal, Plan, PlanAction
from kith.record.versions import current_matters
from kith.web.drafts.forms import draft_form, with_draft
from kith.web.help.forms.plans import (
    EVERYBODY,
    ActionForm,
    BecauseForm,
    DoneForm,
    GoalForm,
    ReachedForm,
    SetAsideForm,
)
from kith.web.help.plans import Load, change_plan_on_page, load_plan
from kith.web.task_pages.fields import UNSAID
from kith.web.task_pages.forms import TaskForm
from kith.web.who_may import can_open_matter, user_of


def load_goal(thread: int) -> Load:
    """A goal, and the people of its plan; one person's own goal, that person alone."""
    return _load_line(current_matters(Goal, [thread]).get(thread))


def load_action(thread: int) -> Load:
    """An action, and the people of its plan; one person's own action, that person alone."""
    return _load_line(current_matters(PlanAction, [thread]).get(thread))


def _load_line(line: Goal | PlanAction | None) -> Load:
    if line is None:
        return None
    own = [line.only_for_id] if line.only_for_id else queries.ids_on([line.plan_thread])[line.plan_thread]
    return line, own


def _people_of(thread: str) -> list[int]:
    return queries.ids_on([int(thread)])[int(thread)] if thread.isdigit() else []


ADD_GOAL = draft_form(
    "plan_add_goal", "A goal of a plan", children=_people_of,
    page=lambda about: reverse("plan_add_goal", args=[about]),
)  # fmt: skip
ADD_ACTION = draft_form(
    "plan_add_action", "Something to do in a plan", children=_people_of,
    page=lambda about: reverse("plan_add_action", args=[about]),
)  # fmt: skip


@can_open_matter(load_plan)
def plan_add_goal(request: HttpRequest, plan: Plan, children: Together) -> HttpResponse:
    """A goal more."""
    draft = with_draft(request, ADD_GOAL, about=plan.thread)
    form = draft.form(GoalForm, people=_own(children))
    return change_plan_on_page(
        request, plan.thread, children, form,
        lambda said: full_plan.set_goal(plan=plan, by=user_of(request), **_whose(said)),
        title="A goal", act="Add the goal", draft=draft,
    )  # fmt: skip


@can_open_matter(load_goal)
def plan_goal(request: HttpRequest, goal: Goal, children: Together) -> HttpResponse:
    """A goal in other words; two who change it see both, side by side."""
    form = GoalForm(request.POST or None, seen=[goal], initial={"what": goal.what})
    return change_plan_on_page(
        request, goal.plan_thread, children, form,
        lambda said: services.change_goal(
            goal=goal, by=user_of(request), expected=form.expected(goal), **said
        ),
        title="Change a goal", act="Save the goal",
    )  # fmt: skip


@can_open_matter(load_plan)
def plan_add_action(request: HttpRequest, plan: Plan, children: Together) -> HttpResponse:
    """Something more to do."""
    draft = with_draft(request, ADD_ACTION, about=plan.thread)
    goals = {
        each.goal.thread: each.goal for each in queries.shown(plan, list(children.people)).goals if each.goal
    }
    named = [(thread, goal.what[:80]) for thread, goal in goals.items()]
    begun = _begun(request, children)
    workers = _workers(user_of(request), children)
    form = draft.form(
        ActionForm, workers=_us(request, workers), people=_own(children), goals=named, initial=begun
    )

    def do(said: Mapping[str, Any]) -> Any:
        goal = goals.get(int(said["goal"])) if said.get("goal") else None
        asked = {**_whose(_with_owner(said, workers)), "goal": goal}
        return full_plan.add_action(plan=plan, by=user_of(request), **asked)

    return change_plan_on_page(
        request, plan.thread, children, form, do, title="Something to do", act="Add it to the plan",
        draft=draft,
    )  # fmt: skip


def _begun(request: HttpRequest, children: Together) -> dict[str, str]:
    """What is known of an action that comes from the directory (`service`), a need or a meeting."""
    numbers = {name: request.GET.get(name, "") for name in ("service", "need", "meeting")}
    thread = {name: int(said) if said.isascii() and said.isdigit() and len(said) < 20 else 0
              for name, said in numbers.items()}  # fmt: skip
    need = matter_of(FamilyNeed, thread["need"])
    whose = ids_helped([need.family_thread])[need.family_thread] if need else []
    alone = people.kept_ids([need.only_for_id])[need.only_for_id] if need and need.only_for_id else None
    if need and not ({alone} if alone else set(whose)) <= set(children.people):
        return {}
    meeting: FamilyMeeting | None = matter_of(FamilyMeeting, thread["meeting"])
    if meeting and set(ids_helped([meeting.family_thread])[meeting.family_thread]) <= set(children.people):
        return {"what": meeting.agreed}
    service = service_with(need.service_thread if need else thread["service"])
    if service:
        told = open_referral.told(service.as_given)
        what = f"Get in touch with {told.name}{f', {told.phone}' if told.phone else ''}"
    else:
        what = need.met_by if need else ""
    return {"what": what} | ({"only_for": str(alone)} if alone else {})


@can_open_matter(load_action)
def plan_action(request: HttpRequest, action: PlanAction, children: Together) -> HttpResponse:
    """An action in other words, on another day or by somebody else."""
    workers = _workers(user_of(request), children, [action.owner] if action.owner else [])
    held = {
        "what": action.what, "worker": str(action.worker or UNSAID), "due_on": action.due_on,
        "owner_in_words": "" if action.owner else action.owner_in_words,
    }  # fmt: skip
    form = ActionForm(request.POST or None, workers=_us(request, workers), seen=[action], initial=held)
    return change_plan_on_page(
        request, action.plan_thread, children, form,
        lambda said: services.change_action(
            action=action, by=user_of(request), expected=form.expected(action), **_with_owner(said, workers)
        ),
        title="Change what is to be done", act="Save the change",
    )  # fmt: skip


def _workers(user: User, children: Together, also: Iterable[User] = ()) -> dict[int, User]:
    """Whom this person may name as doing something in a plan: themselves first."""
    found = [user, *also, *workers_beside(user, children.people, timezone.localdate())]
    return {worker.pk: worker for worker in found}


def _us(request: HttpRequest, workers: Mapping[int, User]) -> list[tuple[int, str]]:
    me = user_of(request).pk
    return [(pk, f"Me, {worker}" if pk == me else str(worker)) for pk, worker in workers.items()]


def _with_owner(said: Mapping[str, Any], workers: Mapping[int, User]) -> dict[str, Any]:
    """The answers with the worker who was chosen; None where somebody else does it."""
    rest = {name: value for name, value in said.items() if name != "worker"}
    return {**rest, "owner": workers[int(said["worker"])] if said.get("worker") else None}


@can_open_matter(load_action)
def plan_action_done(request: HttpRequest, action: PlanAction, children: Together) -> HttpResponse:
    """Say that something is done."""
    form = DoneForm(request.POST or None, seen=[action], initial={"on": timezone.localdate()})
    return change_plan_on_page(
        request, action.plan_thread, children, form,
        lambda said: services.do_action(
            action=action, by=user_of(request), expected=form.expected(action), **said
        ),
        title="It is done", act="Save that it is done", said_of=action.what,
    )  # fmt: skip


@can_open_matter(load_action)
def plan_action_not_needed(request: HttpRequest, action: PlanAction, children: Together) -> HttpResponse:
    """Say that something need not be done any more, and why."""
    form = BecauseForm(request.POST or None, seen=[action])
    return change_plan_on_page(
        request, action.plan_thread, children, form,
        lambda said: services.give_up_action(
            action=action, by=user_of(request), expected=form.expected(action), **said
        ),
        title="It is not needed any more", act="Save that it is not needed", said_of=action.what,
    )  # fmt: skip


@can_open_matter(load_action)
def plan_action_again(request: HttpRequest, action: PlanAction, children: Together) -> HttpResponse:
    """Say that something done or given up has to be done after all."""
    form = TaskForm(_sent(request), seen=[action])
    return change_plan_on_page(
        request, action.plan_thread, children, form,
        lambda _: services.take_up_action(
            action=action, by=user_of(request), expected=form.expected(action)
        ),
        title="It has to be done after all", act="Put it back in the plan", said_of=action.what,
    )  # fmt: skip


@can_open_matter(load_goal)
def plan_goal_reached(request: HttpRequest, goal: Goal, children: Together) -> HttpResponse:
    """Say that a goal is reached."""
    form = ReachedForm(request.POST or None, seen=[goal], initial={"on": timezone.localdate()})
    return change_plan_on_page(
        request, goal.plan_thread, children, form,
        lambda said: services.reach_goal(
            goal=goal, by=user_of(request), expected=form.expected(goal), **said
        ),
        title="The goal is reached", act="Save that it is reached", said_of=goal.what,
    )  # fmt: skip


@can_open_matter(load_goal)
def plan_goal_aside(request: HttpRequest, goal: Goal, children: Together) -> HttpResponse:
    """Say that a goal is worked for no longer, why, and what need not be done any more."""
    waiting = _waiting_for(goal, children)
    form = SetAsideForm(
        request.POST or None, seen=[goal], waiting=[(each.thread, each.what) for each in waiting]
    )

    def do(said: dict[str, Any]) -> Any:
        chosen = said.pop("actions", None) or []
        return services.set_goal_aside(
            goal=goal, by=user_of(request), expected=form.expected(goal),
            actions=[each for each in waiting if each.thread in chosen], **said,
        )  # fmt: skip

    return change_plan_on_page(
        request, goal.plan_thread, children, form, do,
        title="Set the goal aside", act="Set it aside", said_of=goal.what,
    )  # fmt: skip


def _waiting_for(goal: Goal, children: Together) -> list[PlanAction]:
    """What is still to be done for a goal, of what this person may see."""
    plan = queries.plan_of(goal.plan_thread)
    shown = queries.shown(plan, list(children.people)).goals if plan else []
    under = (each.actions for each in shown if each.goal and each.goal.thread == goal.thread)
    return [action for actions in under for action in actions if action.is_open]


@can_open_matter(load_goal)
def plan_goal_again(request: HttpRequest, goal: Goal, children: Together) -> HttpResponse:
    """Say that a goal reached or set aside is worked for again."""
    form = TaskForm(_sent(request), seen=[goal])
    return change_plan_on_page(
        request, goal.plan_thread, children, form,
        lambda _: services.take_up_goal(goal=goal, by=user_of(request), expected=form.expected(goal)),
        title="Work for this goal again", act="Work for it again", said_of=goal.what,
    )  # fmt: skip


def _sent(request: HttpRequest) -> Any:
    """What was sent, also of a page that asks nothing."""
    return request.POST if request.method == "POST" else None


def _own(children: Together) -> list[tuple[int, str]]:
    return [(pk, shown.name) for pk, shown in children.people.items()] if len(children.people) > 1 else []


def _whose(said: Mapping[str, Any]) -> dict[str, Any]:
    """The answers with the person an answer is for; None for everybody."""
    whose = said.get("only_for") or EVERYBODY
    return {**said, "only_for": None if whose == EVERYBODY else Person(pk=int(whose))}
