"""One family's help on one page, and each thing that is written of it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from kith.record.access.looking import Together, family_to_choose
from kith.record.access.permissions import can_open
from kith.record.centres import matching
from kith.record.centres.queries import service_with
from kith.record.clocks.queries import clocks_for
from kith.record.clocks.queries import together as lines_together
from kith.record.help import permissions, queries, services
from kith.record.help.models import ChildsView, FamilyHelp, FamilyMeeting, FamilyNeed, StepUp, TeamMember
from kith.record.help.services.families import plan_of
from kith.record.pathway import help_steps, plan_life
from kith.record.pathway.own_words import Said, own_words_of
from kith.record.people import queries as people
from kith.record.people.models import Person, User
from kith.record.people.permissions import powers
from kith.record.people.queries import Shown
from kith.record.planning.queries import shown as plan_shown
from kith.record.protection.queries import open_protection_plans
from kith.web.drafts.forms import OpenDraft, draft_form, with_draft
from kith.web.help import forms
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


def load_meeting(thread: int) -> Load:
    """A meeting, and the children whose family it is of."""
    meeting: FamilyMeeting | None = queries.matter_of(FamilyMeeting, thread)
    return (meeting, queries.ids_helped([meeting.family_thread])[meeting.family_thread]) if meeting else None


def load_step(thread: int) -> Load:
    """A step up, and the children it is about."""
    step: StepUp | None = queries.matter_of(StepUp, thread)
    return (step, queries.ids_stepped_up([thread])[thread]) if step else None


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
        "title": _title(children),
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


def _title(children: Together) -> str:
    named = [shown.name for shown in children.people.values()]
    first = [name.split()[0] if name.split() else name for name in named[:-1]]
    return f"Family help: {', '.join(first)} and {named[-1]}" if first else f"Family help: {named[0]}"


@can_open_matter(load_family, power="give_family_help")
def help_describe(request: HttpRequest, help: FamilyHelp, children: Together) -> HttpResponse:
    """How things are for the whole family."""
    held = {name: getattr(help, name) for name in ("going_well", "is_hard", "what_would_help")}
    return _task(
        request, help, children, "describe", forms.DescribeForm,
        lambda form, said: services.describe_family(
            help=help, by=user_of(request), expected=form.expected(help), **said
        ),
        title="How things are", act="Save how things are", said="It is written down.",
        initial=held, seen=[help],
    )  # fmt: skip


@can_open_matter(load_family, power="give_family_help")
def help_agreement(request: HttpRequest, help: FamilyHelp, children: Together) -> HttpResponse:
    """What somebody of the family said to being helped."""
    return _task(
        request, help, children, "agreement", forms.AgreementForm,
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
        forms.ChildsViewForm(request.POST or None, initial={"on": timezone.localdate()}),
        lambda said: services.write_childs_view(help=help, person=person, by=user_of(request), **said),
        page="kith/help/task.html", to=back, said="It is on this child’s own file.",
        context={
            "title": f"What {people.name_of(person)} says", "act": "Save what they say", "cancel_url": back
        },
    )  # fmt: skip


@can_open_matter(load_family, power="give_family_help")
def help_need(request: HttpRequest, help: FamilyHelp, children: Together) -> HttpResponse:
    """Something the family needs."""
    named = [(pk, shown.name) for pk, shown in children.people.items()]

    def do(_: TaskForm, said: Mapping[str, Any]) -> Any:
        whose = None if said["only_for"] == "all" else Person(pk=int(said["only_for"]))
        return services.add_need(help=help, by=user_of(request), **{**said, "only_for": whose})

    return _task(
        request, help, children, "need", forms.NeedForm, do, title="What is needed?", act="Save the need",
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
    form = forms.MatchNeedForm(
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
    form = forms.UnmetForm(request.POST or None, seen=[need], initial={"district": where_of(children)})
    back = reverse("help_family", args=[need.family_thread])
    return carry_out(
        request, form,
        lambda told: help_steps.keep_as_unmet(
            need=need, by=user_of(request), expected=form.expected(need), **told
        ),
        page="kith/help/task.html", to=back, said="It is kept for those who plan services.",
        context={
            "title": f"Nothing meets this need: {need.kind_in_words}", "act": "Keep it as not met",
            "cancel_url": back, "said_of": need.in_words, "about": _title(children),
        },
    )  # fmt: skip


@can_open_matter(load_family, power="give_family_help")
def help_team(request: HttpRequest, help: FamilyHelp, children: Together) -> HttpResponse:
    """Somebody more in the team around the family."""
    return _task(
        request, help, children, "team", forms.TeamMemberForm,
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
    form = forms.LeftTeamForm(request.POST or None, seen=[member], initial={"on": timezone.localdate()})
    back = reverse("help_family", args=[member.family_thread])
    return carry_out(
        request, form,
        lambda said: services.end_team_member(
            member=member, by=user_of(request), expected=form.expected(member), **said
        ),
        page="kith/help/task.html", to=back, said=f"{member.name} is no longer in the team.",
        context={
            "title": f"{member.name} is no longer in the team", "act": "Save that their part ended",
            "cancel_url": back, "about": _title(children), "said_of": member.does_what,
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


@can_open_matter(load_family, power="allocate")
def help_lead(request: HttpRequest, help: FamilyHelp, children: Together) -> HttpResponse:
    """Say who leads; the workers they have come first, and none is chosen beforehand."""
    user, back = user_of(request), reverse("help_family", args=[help.thread])
    workers = _workers(user, list(children.people))
    form = forms.LeadForm(
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
            "about": _title(children),
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


@can_open_matter(load_family, power="give_family_help")
def help_plan(request: HttpRequest, help: FamilyHelp, children: Together) -> HttpResponse:
    """Agree a plan: one goal, one action, who does it and by when."""
    user = user_of(request)
    beside = [user, *help_steps.workers_beside(user, children.people, timezone.localdate())]
    workers = {str(worker.pk): worker for worker in beside}

    def do(_: TaskForm, said: Mapping[str, Any]) -> Any:
        rest = {name: value for name, value in said.items() if name != "worker"}
        return help_steps.agree_help_plan(help=help, owner=workers.get(said["worker"]), by=user, **rest)

    return _task(
        request, help, children, "plan", forms.AgreePlanForm, do,
        workers=[(one.pk, f"Me, {one}" if one == user else str(one)) for one in workers.values()],
        title="Agree a plan", act="Agree the plan", said="The plan is agreed.",
        to=lambda plan: reverse("plan", args=[plan.thread]),
    )  # fmt: skip


@can_open_matter(load_family, power="give_family_help")
def help_meeting(request: HttpRequest, help: FamilyHelp, children: Together) -> HttpResponse:
    """A family meeting, offered or not."""

    def do(_: TaskForm, said: Mapping[str, Any]) -> Any:
        user = user_of(request)
        if not said["is_offered"]:
            return services.not_offer_meeting(help=help, kind=said["kind"], because=said["because"], by=user)
        offer = {name: said[name] for name in ("kind", "offered_to", "how", "on", "although")}
        return services.offer_meeting(help=help, by=user, **offer)

    return _task(
        request, help, children, "meeting", forms.MeetingForm, do, title="A meeting of the family",
        act="Save the offer", said="It is written down.", initial={"on": timezone.localdate()},
        reach=ways_to_reach_family(user_of(request), children.people),
    )  # fmt: skip


@can_open_matter(load_meeting, power="give_family_help")
def help_meeting_reply(request: HttpRequest, meeting: FamilyMeeting, children: Together) -> HttpResponse:
    """What the family said to the offer."""
    form = forms.MeetingReplyForm(
        request.POST or None, seen=[meeting], initial={"on": timezone.localdate()}
    )  # fmt: skip
    return _of_meeting(
        request, meeting, form, services.answer_meeting, "What did they say?", "Save what they said"
    )


@can_open_matter(load_meeting, power="give_family_help")
def help_meeting_held(request: HttpRequest, meeting: FamilyMeeting, children: Together) -> HttpResponse:
    """A meeting as it was held."""
    form = forms.MeetingHeldForm(request.POST or None, seen=[meeting], initial={"on": timezone.localdate()})
    return _of_meeting(
        request, meeting, form, services.hold_meeting, "The meeting was held", "Save the meeting"
    )


@can_open_matter(load_meeting, power="give_family_help")
def help_meeting_review(request: HttpRequest, meeting: FamilyMeeting, children: Together) -> HttpResponse:
    """The plan that the family made is looked at again."""
    form = forms.MeetingReviewForm(
        request.POST or None, seen=[meeting], initial={"on": timezone.localdate()}
    )  # fmt: skip
    return _of_meeting(
        request, meeting, form, services.review_meeting, "Look at the family’s plan again", "Save how it goes"
    )


def _of_meeting(
    request: HttpRequest, meeting: FamilyMeeting, form: TaskForm, do: Callable[..., Any], title: str, act: str
) -> HttpResponse:
    back = reverse("help_family", args=[meeting.family_thread])
    return carry_out(
        request, form,
        lambda said: do(meeting=meeting, by=user_of(request), expected=form.expected(meeting), **said),
        page="kith/help/task.html", to=back, said="It is written down.",
        context={"title": title, "act": act, "cancel_url": back, "said_of": meeting.get_kind_display()},
    )  # fmt: skip


@can_open_matter(load_family, power="give_family_help")
def help_review(request: HttpRequest, help: FamilyHelp, children: Together) -> HttpResponse:
    """Look again at what changed."""
    return _task(
        request, help, children, "review", forms.ReviewForm,
        lambda _, said: services.review_help(help=help, by=user_of(request), **said),
        title="Look again together", act="Save the review", said="The review is written down.",
        initial={"on": timezone.localdate()},
    )  # fmt: skip


@can_open_matter(load_family, power="give_family_help")
def help_step_up(request: HttpRequest, help: FamilyHelp, children: Together) -> HttpResponse:
    """Ask whether social workers have to help as well; a manager decides."""
    named = [(pk, shown.name) for pk, shown in children.people.items()]

    def do(_: TaskForm, said: Mapping[str, Any]) -> Any:
        chosen = [Person(pk=pk) for pk in said["people"]]
        return services.ask_step_up(help=help, by=user_of(request), **{**said, "people": chosen})

    return _task(
        request, help, children, "step_up", forms.StepUpForm, do, title="Is more help needed?",
        act="Ask a manager to decide", said="A manager has it.", people=named,
    )  # fmt: skip


@can_open_matter(load_step, power="decide_contacts")
def help_step_up_decide(request: HttpRequest, step: StepUp, children: Together) -> HttpResponse:
    """Decide whether the front door is told."""
    if children.is_held_back:
        return render(request, "kith/help/held_back.html", {"children": children.people.values()})
    form = forms.DecideStepUpForm(request.POST or None, seen=[step])
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
        request, forms.WithdrawStepUpForm(request.POST or None),
        lambda said: services.withdraw_step_up(step=step, by=user_of(request), **said),
        page="kith/help/task.html", to=back, said="It is no longer asked for.",
        context={"title": "Not needed any more?", "act": "Take it back", "cancel_url": back},
    )  # fmt: skip


@can_open_matter(load_family, power="give_family_help")
def help_close(request: HttpRequest, help: FamilyHelp, children: Together) -> HttpResponse:
    """End a family's help, as they wish or as things are better."""
    return _task(
        request, help, children, "close", forms.CloseForm,
        lambda form, said: help_steps.end_family_help(
            help=help, by=user_of(request), expected=form.expected(help), **said
        ),
        title="End family help", act="End family help", said="Family help has ended.",
        initial={"on": timezone.localdate()}, seen=[help], to=lambda _: reverse("family_help"),
    )  # fmt: skip


@can_act_for("give_family_help")
def help_step_down(request: HttpRequest, person: Person) -> HttpResponse:
    """Go on with family help as more is no longer needed, with the goals that are left."""
    user = user_of(request)
    family = family_to_choose(user, person, "stepping down to family help")
    may = [(pk, choice.person.name) for pk, choice in family.items() if choice.can_open]
    workers = help_steps.workers_to_offer([pk for pk, _ in may], timezone.localdate())
    offered = workers if permissions.can_name_lead(user, [person]) else []
    form = forms.StepDownForm(
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


@power("give_family_help")
def help_of_child(request: HttpRequest) -> HttpResponse:
    """Leads from a child (`?child=`) to their family's help, which is about brothers and sisters too."""
    chosen = request.GET.get("child", "")
    is_number = chosen.isascii() and chosen.isdigit() and len(chosen) < 20
    person = get_object_or_404(Person, pk=int(chosen) if is_number else 0)
    if not can_open(user_of(request), person):
        raise Http404("No family help is open for this child")
    return redirect("help_family", _help_or_404(people.survivor(person)).thread)


@can_act_for("give_family_help")
def help_begin_for(request: HttpRequest, person: Person) -> HttpResponse:
    """Begin family help for a child on record and their brothers and sisters, without a request."""
    user = user_of(request)
    family = family_to_choose(user, person, "beginning family help")
    form = forms.BeginForm(
        request.POST or None, family=[(pk, choice.person.name) for pk, choice in family.items()]
    )

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


def _help_or_404(person: Person) -> FamilyHelp:
    help = queries.family_of(person.pk, timezone.localdate())
    if help is None:
        raise Http404("No family help is open for this child")
    return help


def _task(
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
            "title": title, "act": act, "cancel_url": back, "about": _title(children), "reach": reach,
        },
    )  # fmt: skip
