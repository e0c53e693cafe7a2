"""Answering families that ask for help: who waits, what was tried, what becomes of it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from kith.record.access import looking
from kith.record.audit.services import record_read
from kith.record.clocks.queries import clocks_about
from kith.record.frontdoor.queries import concerned_by, message_of
from kith.record.help import permissions, queries, services
from kith.record.help.models import Answer, FamilyHelp, ForWhom, HelpRequest, Way
from kith.record.pathway import help_steps
from kith.record.pathway.new_family import is_an_address
from kith.record.pathway.opening_for_help import closed_to
from kith.record.people.models import Person, User
from kith.record.people.queries import shown
from kith.web.drafts.forms import draft_form, with_draft
from kith.web.front_door.whom import is_grown, named_in
from kith.web.help.forms.children import BeginForm
from kith.web.help.forms.requests import (
    AnswerForm,
    ContactForm,
    FrontDoorForm,
    KnowsForm,
    ReplyForm,
    WriteRequestForm,
)
from kith.web.people.matching import people_meant
from kith.web.task_pages.doing import carry_out
from kith.web.task_pages.forms import TaskForm
from kith.web.who_may import power, user_of

WRITE = draft_form(
    "write_help_request", "Somebody asks for help", page=lambda _: reverse("write_help_request")
)


def page_of(name: str) -> Callable[[str], str]:
    """The page of a draft that is about something with a number."""
    return lambda about: reverse(name, args=[about])


def people_of_request(about: str) -> list[int]:
    """Whom a request for help is about, of those on record: whoever is helped, and whom a message names."""
    asked = queries.request_of(int(about))
    if asked is None:
        return []
    helped = queries.ids_helped([asked.family_thread])[asked.family_thread] if asked.family_thread else []
    rows = concerned_by([asked.told_thread])[asked.told_thread] if asked.told_thread else []
    return list(dict.fromkeys([*helped, *(row.person_id for row in rows if row.person_id)]))


ABOUT_REQUEST = {
    name: draft_form(
        f"help_{name}", title, page=page_of(f"help_{name}"), children=people_of_request, power=power_of_page
    )
    for name, title, power_of_page in (
        ("reply", "Reaching somebody who asked for help", "answer_help_requests"),
        ("answer", "What becomes of a request for help", "answer_help_requests"),
        ("knows", "A family knows that somebody asked for it", "answer_help_requests"),
        ("front_door", "Telling the front door of a request for help", "decide_contacts"),
        ("contact", "Making a request for help a contact", "receive_referrals"),
        ("begin", "Beginning family help", "give_family_help"),
    )
}

NO_PARENT = {ForWhom.MYSELF, ForWhom.SOMEBODY_ELSE}  # who asked is the child, or none of the family


@power("answer_help_requests")
def family_help(request: HttpRequest) -> HttpResponse:
    """Who asked for help and waits, who asks for more, and the families that are helped."""
    user, now = user_of(request), timezone.now()
    waiting = list(queries.requests_waiting())
    lines = {line.fact_thread: line for line in clocks_about(_TABLE, [one.thread for one in waiting], now)}
    tries = queries.replies_to([one.thread for one in waiting])
    return render(request, "kith/help/family_help.html", {
        "waiting": [(one, lines.get(one.thread), tries[one.thread]) for one in waiting],
        "steps": _steps(user),
        "families": _families(user),
        "answered": queries.requests_answered(10),
    })  # fmt: skip


_TABLE = "help.helprequest"


def _families(user: User) -> list[tuple[FamilyHelp, list[Any], bool]]:
    """The families helped now whose children this person may know of: their own first, then who waits."""
    helps = queries.helps_open(timezone.localdate())
    ids = queries.ids_helped(help.thread for help in helps)
    named = looking.names_to_show(user, {pk for each in ids.values() for pk in each}, where="family help")
    people = shown(named)
    found = [
        (help, [people[pk] for pk in ids[help.thread] if pk in people], help.lead_id == user.pk)
        for help in helps
    ]
    return sorted((one for one in found if one[1]), key=lambda one: not one[2])


def _steps(user: User) -> list[tuple[Any, list[Any]]]:
    """The step ups that wait for a manager, where this person is one who may decide them."""
    if not permissions.can_treat_as_contact(user):
        return []
    steps = queries.steps_undecided()
    ids = queries.ids_stepped_up(step.thread for step in steps)
    named = looking.show_names(user, {pk for each in ids.values() for pk in each}, where="family help")
    return [(step, [named[pk] for pk in ids[step.thread] if pk in named]) for step in steps]


@power("answer_help_requests")
def write_help_request(request: HttpRequest) -> HttpResponse:
    """Write down what somebody asked by phone, face to face, or for a family they work with."""
    draft = with_draft(request, WRITE)
    return carry_out(
        request, draft.form(WriteRequestForm),
        lambda said: services.write_request(by=user_of(request), **said),
        page="kith/help/task.html", draft=draft, said="It is with those who answer families.",
        to=lambda made: reverse("help_request", args=[made.thread]),
        context={
            "title": "Somebody asks for help", "act": "Write it down", "cancel_url": reverse("family_help")
        },
    )  # fmt: skip


@power("answer_help_requests")
def help_request(request: HttpRequest, thread: int) -> HttpResponse:
    """What somebody asked for, what was tried to reach them, and what may come next."""
    asked = _request_or_404(request, thread)
    return render(request, "kith/help/request.html", {
        **_beside(asked),
        "title": asked.name or "Somebody who asked for help",
        "may_begin": permissions.can_begin(user_of(request), []),
        "may_front_door": permissions.can_treat_as_contact(user_of(request)),
        "may_make_contact": permissions.can_make_contact(user_of(request)),
    })  # fmt: skip


@power("answer_help_requests")
def help_reply(request: HttpRequest, thread: int) -> HttpResponse:
    """Write down a try to reach them."""

    def do(asked: HelpRequest, said: Mapping[str, Any]) -> Any:
        return services.reply_to_request(request=asked, by=user_of(request), **said)

    return _about_request(
        request, thread, "reply", ReplyForm, do, title="Reaching them", act="Save what happened",
        said="It is written down.",
    )  # fmt: skip


@power("answer_help_requests")
def help_knows(request: HttpRequest, thread: int) -> HttpResponse:
    """Write down that the family knows now that somebody asked for it."""

    def do(asked: HelpRequest, said: Mapping[str, Any]) -> Any:
        return services.family_knows(request=asked, by=user_of(request), **said)

    return _about_request(
        request, thread, "knows", KnowsForm, do, title="The family knows now", act="Save that they know",
        said="They may be reached now.",
    )  # fmt: skip


@power("answer_help_requests")
def help_answer(request: HttpRequest, thread: int) -> HttpResponse:
    """Decide what becomes of a request, where that is neither family help nor the front door."""

    def do(asked: HelpRequest, said: Mapping[str, Any]) -> Any:
        return help_steps.answer_family(
            request=asked, by=user_of(request), expected=form.expected(asked), **said
        )

    form: TaskForm = AnswerForm()

    def keep(made: TaskForm) -> TaskForm:
        nonlocal form
        form = made
        return made

    return _about_request(
        request, thread, "answer", AnswerForm, do, title="What happens now?", act="Save what happens now",
        said="It is decided.", to=reverse("family_help"), keep=keep,
    )  # fmt: skip


@power("decide_contacts")
def help_front_door(request: HttpRequest, thread: int) -> HttpResponse:
    """Tell the front door of a request, with a reason; nothing of it is typed again."""

    def do(asked: HelpRequest, said: Mapping[str, Any]) -> Any:
        return help_steps.tell_front_door_of_request(
            request=asked, by=user_of(request), reason=said["reason"],
            children=[line.strip() for line in said["children"].splitlines() if line.strip()],
            is_family_told=said["is_family_told"], why_not_told=said["why_not_told"],
        )  # fmt: skip

    return _about_request(
        request, thread, "front_door", FrontDoorForm, do, title="Tell the front door",
        act="Tell the front door", said="The front door has it.", to=reverse("family_help"),
    )  # fmt: skip


@power("receive_referrals")
def help_contact(request: HttpRequest, thread: int) -> HttpResponse:
    """Make a request a contact: all that was typed is carried, and the help goes on, answered or not."""
    user, asked = user_of(request), _request_or_404(request, thread)
    permissions.check_can_make_contact(user)
    back = reverse("help_request", args=[thread])
    if asked.told_thread:
        return redirect(back)
    ids = queries.ids_helped([asked.family_thread])[asked.family_thread] if asked.family_thread else []
    named = looking.show_names(user, ids, where="making a contact") if ids else {}
    draft = with_draft(request, ABOUT_REQUEST["contact"], about=thread)
    form = draft.form(ContactForm, family=[(pk, child.name) for pk, child in named.items()], seen=[asked])
    return carry_out(
        request, form, lambda said: _make_contact(asked, user, said),
        page="kith/help/task.html", draft=draft, to=back, said="The front door has it. The help goes on.",
        context={**_beside(asked), "title": "Make this a contact", "act": "Make this a contact",
                 "cancel_url": back},
    )  # fmt: skip


def _make_contact(asked: HelpRequest, user: User, said: Mapping[str, Any]) -> Any:
    named = named_in(said["children"], timezone.localdate())
    return help_steps.make_contact_of_request(
        request=asked, by=user, reason=said["reason"], people_ids=said.get("people") or [],
        children=[replace(one, is_new=False) for one in named], is_family_told=said["is_family_told"],
        why_not_told=said["why_not_told"], danger=said["danger"],
    )  # fmt: skip


@power("give_family_help")
def help_begin(request: HttpRequest, thread: int) -> HttpResponse:
    """Begin family help: who it is for is found first, then who agrees."""
    user, asked = user_of(request), _request_or_404(request, thread)
    if asked.answer:
        return redirect("help_request", thread)
    chosen = request.GET.get("child", "")
    family = _family(user, asked, chosen)
    beside = {**_beside(asked), "cancel_url": reverse("help_request", args=[thread])}
    if not family and not chosen:
        meant = people_meant(user, request.GET.get("q", asked.name))
        return render(request, "kith/help/begin_whom.html", {
            **beside, "title": "Who is in this family?", "meant": meant, "q": request.GET.get("q", asked.name)
        })  # fmt: skip
    draft = with_draft(request, ABOUT_REQUEST["begin"], about=thread)
    form = draft.form(
        BeginForm, family=family, home=asked.where if is_an_address(asked.where) else "",
        asker="" if family or asked.asked_by or asked.for_whom in NO_PARENT else asked.name.strip(),
    )  # fmt: skip
    return carry_out(
        request, form, lambda said: _begin(user, asked, form, said),
        page="kith/help/begin.html", draft=draft, said="Family help has begun.",
        to=lambda made: reverse("help_family", args=[made.thread]),
        context={
            **beside, "title": "Begin family help", "act": "Begin family help",
            "opens_for_a_time": _opens_for_a_time(user, asked, family),
        },
    )  # fmt: skip


def _opens_for_a_time(user: User, asked: HelpRequest, family: list[tuple[int, str]]) -> bool:
    """Whether beginning opens a closed record for a time, which managers review: nobody else asked for it."""
    children = [Person(pk=pk) for pk, _ in family]
    return not queries.came_from_somebody_else(asked, user) and bool(closed_to(user, children))


def _begin(user: User, asked: HelpRequest, form: BeginForm, said: Mapping[str, Any]) -> FamilyHelp:
    agreed = {name: said[name] for name in ("basis", "agreed_by", "agreed_how", "agreed_words", "need")}
    agreed |= {name: said.get(name) for name in ("is_home_hidden", "together")}
    agreed["asker_is"] = said.get("asker_is") or ""
    return help_steps.begin_with_family(
        known=said.get("people") or [], new_children=form.new_children(), request=asked, by=user, **agreed
    )


def _family(user: User, asked: HelpRequest, chosen: str) -> list[tuple[int, str]]:
    """The children that may be chosen: the family of the one found, or those of the message it came from."""
    ids = help_steps.children_of_message(asked.message_thread)
    if chosen.isascii() and chosen.isdigit() and len(chosen) < 20:
        person = get_object_or_404(Person, pk=int(chosen))
        found = looking.family_to_choose(user, person, "beginning family help")
        return [(pk, one.person.name) for pk, one in found.items() if not is_grown(one.person)]
    named = looking.show_names(user, ids, where="beginning family help") if ids else {}
    return [(pk, child.name) for pk, child in named.items()]


def _about_request(
    request: HttpRequest,
    thread: int,
    name: str,
    kind: type[TaskForm],
    do: Callable[[HelpRequest, Mapping[str, Any]], Any],
    *,
    title: str,
    act: str,
    said: str,
    to: str = "",
    keep: Callable[[TaskForm], TaskForm] = lambda form: form,
) -> HttpResponse:
    """One task about a request, with the request beside it."""
    asked, back = _request_or_404(request, thread), reverse("help_request", args=[thread])
    if asked.answer:
        return redirect(back)
    draft = with_draft(request, ABOUT_REQUEST[name], about=thread)
    form = keep(draft.form(kind, seen=[asked]))
    return carry_out(
        request, form, lambda answers: do(asked, answers), page="kith/help/task.html", draft=draft,
        to=to or back, said=said, context={**_beside(asked), "title": title, "act": act, "cancel_url": back},
    )  # fmt: skip


def _request_or_404(request: HttpRequest, thread: int) -> HelpRequest:
    """The request, which is written down as read before anything of it is shown."""
    asked = queries.request_of(thread)
    if asked is None:
        raise Http404("No such request")
    about = {"fact": _TABLE, "thread": thread}
    record_read("help_request_read", by=user_of(request), persons=[None], about=about, may_journal=False)
    return asked


def _beside(asked: HelpRequest) -> dict[str, Any]:
    return {
        "asked": asked,
        "way": Way(asked.way).label,
        "answer": Answer(asked.answer).label if asked.answer else "",
        "contact": message_of(asked.told_thread) if asked.told_thread else None,
        "clocks": clocks_about(_TABLE, [asked.thread], timezone.now()),
        "tries": queries.replies_to([asked.thread])[asked.thread],
    }
