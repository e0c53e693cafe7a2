"""Plans of every kind: read on one page and changed line by line; on paper they are `help/letters.py`'s."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kith.record.access.looking import Together, family_to_choose
from kith.record.centres import open_referral
from kith.record.centres.queries import service_with
from kith.record.help.models import FamilyMeeting, FamilyNeed
from kith.record.help.queries import ids_helped, matter_of
from kith.record.pathway import plan_life
from kith.record.pathway.help_steps import workers_beside
from kith.record.people import queries as people
from kith.record.people.models import Person, User
from kith.record.planning import permissions, queries, services
from kith.record.planning.models import Goal, Plan, PlanAction, PlanKind
from kith.record.versions import current_matters
from kith.web.drafts.forms import draft_form, with_draft
from kith.web.help.forms import NEW, AddChildForm, line
from kith.web.help.reaching import ways_to_reach_family
from kith.web.task_pages.doing import carry_out
from kith.web.task_pages.fields import UNSAID
from kith.web.task_pages.forms import TaskForm, choice, day, ticks, words
from kith.web.who_may import can_open_matter, user_of

EVERYBODY = "all"
Load = tuple[Any, Iterable[int]] | None


def load_plan(thread: int) -> Load:
    """A plan, and the people it is for."""
    plan = queries.plan_of(thread)
    return (plan, queries.ids_on([thread])[thread]) if plan else None


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


class GoalForm(TaskForm):
    """What should be better."""

    what = words("What should be better?", "Write what should be better", rows=3)

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if named := list(people):
            self.fields["only_for"] = _for_whom(named)


class ActionForm(TaskForm):
    """What somebody will do, and by when."""

    what = words("What happens?", "Write what happens", rows=3)
    worker = choice("Who does it?", ())
    owner_in_words = line("Their name, if it is none of us", help_text="“Mum”, “Nan”, “Bea from school”.")
    due_on = day("By when?", "Write by when")

    def __init__(
        self,
        *args: Any,
        workers: Iterable[tuple[int, str]] = (),
        people: Iterable[tuple[int, str]] = (),
        goals: Iterable[tuple[int, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        us = [(str(pk), name) for pk, name in workers]
        self.fields["worker"].choices = [*us, (UNSAID, "Somebody else, named below")]  # type: ignore[attr-defined]
        if said := list(goals):
            options = [(str(thread), what) for thread, what in said]
            self.fields["goal"] = choice("For which goal?", options)
        if named := list(people):
            self.fields["only_for"] = _for_whom(named)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        worker, other = said.get("worker"), (said.get("owner_in_words") or "").strip()
        if not worker and not other:
            self.add_error("owner_in_words", "Say who does it: choose a worker, or write a name")
        if worker and other:
            self.add_error("owner_in_words", "Choose “Somebody else, named below”, or leave this empty")
        return said


def _for_whom(named: list[tuple[int, str]]) -> Any:
    options = [(EVERYBODY, "Everybody on the plan"), *((str(pk), f"{name} alone") for pk, name in named)]
    return choice(
        "Who is it for?", options, "Choose who it is for",
        help_text="What is for one child alone stands on no brother’s or sister’s copy.",
    )  # fmt: skip


class ChangePlanForm(TaskForm):
    """Who agreed, and when it is looked at again."""

    agreed_with = line("Who of the family agreed?", longest=300)
    review_on = day("When do you look at it again together?")


class ChangeProtectionPlanForm(ChangePlanForm):
    """Of a protection plan, also what keeps the children safe meanwhile and what happens otherwise."""

    safe_meanwhile = words("What keeps the children safe while this is worked for?", rows=3)
    if_nothing_changes = words("What happens if it does not change?", rows=3)


class DoneForm(TaskForm):
    """That something is done."""

    on = day("When was it done?", "Write when it was done", is_filled=True)


class ReachedForm(TaskForm):
    """That a goal is reached."""

    on = day("When was it reached?", "Write when it was reached", is_filled=True)


class BecauseForm(TaskForm):
    """Why a line of a plan is done with although it is not done."""

    because = line("Why?", "Write why", longest=300)


class SetAsideForm(BecauseForm):
    """Why a goal is worked for no longer, and what is given up with it."""

    def __init__(self, *args: Any, waiting: Iterable[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if said := list(waiting):
            self.fields["actions"] = ticks(
                "Which of these need not be done any more?", said, with_all=True, coerce=int,
                help_text="What you leave stays to be done.",
            )  # fmt: skip


class EndPlanForm(TaskForm):
    """When and why a plan ends."""

    on = day("When does it end?", "Write when it ends", is_filled=True)
    reason = words(
        "Why does it end, and what is in place now?", "Say why it ends", rows=3, longest=300
    )  # as the plan keeps it


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
    return _task(
        request, plan.thread, children, form,
        lambda said: services.change_plan(
            plan=plan, by=user_of(request), expected=form.expected(plan), **said
        ),
        title="Change the plan", act="Save the change",
    )  # fmt: skip


@can_open_matter(load_plan)
def plan_add_goal(request: HttpRequest, plan: Plan, children: Together) -> HttpResponse:
    """A goal more."""
    draft = with_draft(request, ADD_GOAL, about=plan.thread)
    form = draft.form(GoalForm, people=_own(children))
    return _task(
        request, plan.thread, children, form,
        lambda said: services.set_goal(plan=plan, by=user_of(request), **_whose(said)),
        title="A goal", act="Add the goal", draft=draft,
    )  # fmt: skip


@can_open_matter(load_goal)
def plan_goal(request: HttpRequest, goal: Goal, children: Together) -> HttpResponse:
    """A goal in other words; two who change it see both, side by side."""
    form = GoalForm(request.POST or None, seen=[goal], initial={"what": goal.what})
    return _task(
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
        return services.add_action(plan=plan, by=user_of(request), **asked)

    return _task(
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
    return _task(
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
    return _task(
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
    return _task(
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
    return _task(
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
    return _task(
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

    return _task(
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
    return _task(
        request, goal.plan_thread, children, form,
        lambda _: services.take_up_goal(goal=goal, by=user_of(request), expected=form.expected(goal)),
        title="Work for this goal again", act="Work for it again", said_of=goal.what,
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
    return _task(
        request, plan.thread, children, form,
        lambda answers: plan_life.end_plan(
            plan=plan, by=user_of(request), expected=form.expected(plan), **answers
        ),
        title="End the plan", act="End the plan", said="The plan has ended.",
        said_of="It ends for everybody it is for. What was not done stays to be read.",
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


def _task(
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
