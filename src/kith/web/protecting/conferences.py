"""A conference that is arranged: its page, its move and its end, and what happens with each who is asked."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from kith.record.access.looking import Together
from kith.record.people.local import local_number
from kith.record.people.models import Person, User
from kith.record.people.queries import same_person_ids
from kith.record.people.safe_contact import UNKNOWN, safe_contacts_of
from kith.record.people.safe_contact import in_words as safe_in_words
from kith.record.protection import permissions, services
from kith.record.protection.models import Conference, Invited
from kith.record.protection.policies import agencies_there, is_quorate
from kith.record.protection.queries import conference_parts, invited_to, meetings_of
from kith.record.protection.services import Asked
from kith.record.said import NotSaid
from kith.record.versions import current_matters
from kith.record.visits.reading import reading
from kith.web.protecting.booked import booked_then, warning_of
from kith.web.protecting.forms.conferences import AskForm, CallOffForm, InvitedForm, MoveForm, name_chair_form
from kith.web.protecting.shared_words import invited_as_read, one_as_read
from kith.web.protecting.slots import by_choice, chair_options, chairs_for
from kith.web.protecting.to_chair import USUAL_MINUTES
from kith.web.story.reaching import told_of
from kith.web.task_pages.doing import carry_out
from kith.web.who_may import can_act_for, can_open_matter, user_of

SAID = (
    "told_on", "told_by", "apart", "invited_on", "invited_how", "report_received_on", "report_shared_on",
    "report_shared_how",
)  # fmt: skip


def load_conference(thread: int) -> tuple[Conference, list[int]] | None:
    """A conference and the children it is about."""
    found = current_matters(Conference, [thread]).get(thread)
    return (found, [part.person_id for part in conference_parts(thread)]) if found else None


@can_open_matter(load_conference)
def conference(request: HttpRequest, one: Conference, children: Together) -> HttpResponse:
    """A conference: when and where, who is asked and told, whose report is here, who came, what was sent."""
    user = user_of(request)
    everybody = conference_parts(one.thread)
    read = reading(user, everybody)
    parts = [part for part in everybody if part.person_id in children]
    asked = [] if children.is_held_back else invited_to(one.thread)
    people = invited_as_read(user, asked, read)
    context = {
        "read": read,
        "conference": one, "children": children, "parts": parts, "people": people,
        "names": {pk: shown.name for pk, shown in children.people.items()},
        "may_arrange": permissions.can_arrange(user, [part.person for part in parts]),
        "may_chair": permissions.can_chair(user, [part.person for part in parts]),
        "is_planned": one.state == Conference.State.PLANNED,
        "is_held": one.state == Conference.State.HELD,
        "quorum": local_number("conference_quorum", timezone.localdate()),
        "is_quorate": is_quorate(
            agencies_there(people), local_number("conference_quorum", timezone.localdate())
        ),
    }  # fmt: skip
    return render(request, "kith/protecting/conference.html", context)


def _back(one: Conference) -> str:
    return reverse("conference", args=[one.thread])


def _booked(one: Conference, chair: User | None, at: datetime | None) -> str:
    """What else this chair has at that time, in words; "" for nothing."""
    return booked_then(chair, at, one.minutes_long or USUAL_MINUTES, but=one)


@can_open_matter(load_conference, power="arrange_conferences")
def move_conference(request: HttpRequest, one: Conference, children: Together) -> HttpResponse:
    """Move a conference; its clock stays where it is."""
    user = user_of(request)
    kind = warning_of(MoveForm, lambda said: _booked(one, one.chair, said["planned_for"]))
    form = kind(request.POST or None, seen=[one])
    return carry_out(
        request, form,
        lambda said: services.move_conference(
            conference=one, by=user, now=timezone.now(), expected=form.expected(one), **said
        ),
        page="kith/task.html", to=_back(one), said="The conference is moved. Its limit has not moved.",
        context={"title": "Move the conference", "act": "Move the conference", "cancel_url": _back(one)},
    )  # fmt: skip


@can_open_matter(load_conference, power="arrange_conferences")
def name_chair(request: HttpRequest, one: Conference, children: Together) -> HttpResponse:
    """Say who chairs a conference that has no chair yet, or another one."""
    user, today = user_of(request), timezone.localdate()
    chairs = chairs_for([Person(pk=part.person_id) for part in conference_parts(one.thread)], today)
    kind = warning_of(
        name_chair_form(chair_options(chairs)),
        lambda said: _booked(one, by_choice(chairs, said["chair"]), one.planned_for),
    )
    form = kind(request.POST or None, seen=[one])

    def name(said: dict[str, Any]) -> Conference:
        chair = by_choice(chairs, said["chair"])
        if chair is None:
            raise NotSaid("Who chairs was not chosen.", "Choose one of those who are independent.")
        return services.name_chair(conference=one, chair=chair, by=user, expected=form.expected(one))

    return carry_out(
        request, form, name, page="kith/task.html", to=_back(one), said="The chair is named.",
        context={"title": "Who chairs?", "act": "Name the chair", "cancel_url": _back(one)},
    )  # fmt: skip


@can_open_matter(load_conference, power="arrange_conferences")
def call_off_conference(request: HttpRequest, one: Conference, children: Together) -> HttpResponse:
    """Call a conference off; every invitation stops."""
    user, form = user_of(request), CallOffForm(request.POST or None, seen=[one])
    return carry_out(
        request, form,
        lambda said: services.call_off_conference(
            conference=one, by=user, expected=form.expected(one), **said
        ),
        page="kith/task.html", to=_back(one), said="The conference is called off. Tell everybody asked.",
        context={
            "title": "Call the conference off", "act": "Call the conference off", "danger": True,
            "cancel_url": _back(one),
        },
    )  # fmt: skip


@can_open_matter(load_conference, power="arrange_conferences")
def ask_to_conference(request: HttpRequest, one: Conference, children: Together) -> HttpResponse:
    """Ask one more person."""
    user = user_of(request)

    def ask(said: dict[str, Any]) -> Invited:
        wants = {**said, "is_report_wanted": bool(said["is_report_wanted"])}
        return services.ask_to_conference(conference=one, person=Asked(**wants), by=user)

    return carry_out(
        request, AskForm(request.POST or None), ask, page="kith/task.html", to=_back(one),
        said=lambda made: f"{made.name} is to be asked.",
        context={"title": "Ask somebody else", "act": "Ask them", "cancel_url": _back(one)},
    )  # fmt: skip


@can_open_matter(load_conference, power="arrange_conferences")
@require_POST
def keep_date(request: HttpRequest, one: Conference, children: Together) -> HttpResponse:
    """Keep a date that was only held: people may be invited from now on."""
    services.confirm_conference(conference=one, by=user_of(request), now=timezone.now())
    messages.success(request, "The date is kept. You can invite people now.")
    return redirect(_back(one))


def load_invited(thread: int, invited: int) -> tuple[tuple[Conference, Invited], list[int]] | None:
    """Somebody asked to a conference, with it and the children it is about."""
    found = load_conference(thread)
    one = next((each for each in invited_to(thread) if each.thread == invited), None) if found else None
    return ((found[0], one), found[1]) if found and one else None


@can_open_matter(load_invited, power="arrange_conferences")
def conference_person(
    request: HttpRequest, found: tuple[Conference, Invited], children: Together
) -> HttpResponse:
    """Write down what happened with one person who is asked: told, invited, report come and shared."""
    if children.is_held_back:
        return held_back(request, children)
    one, invited = found
    user = user_of(request)
    shown = one_as_read(user, invited)
    form = InvitedForm(
        request.POST or None, seen=[invited], initial={name: getattr(invited, name) for name in SAID}
    )
    return carry_out(
        request, form, lambda said: services.say_of_invited(
            invited=invited, by=user, expected=form.expected(invited), **said
        ),
        page="kith/protecting/conference_person.html", to=_back(one), said="It is on record.",
        context={
            "safe": _safe_words(invited, children),
            "title": shown.name, "act": "Save", "cancel_url": _back(one), "invited": shown,
            "conference": one, "children": children,
        },
    )  # fmt: skip


def held_back(request: HttpRequest, children: Together) -> HttpResponse:
    """The page of somebody who is asked, where a child of the conference is kept from the reader."""
    return render(request, "kith/help/held_back.html", {"children": children.people.values()})


def _safe_words(invited: Invited, children: Together) -> list[str]:
    """How a relative may be reached without danger: on record, else as told; that nobody said, last."""
    if invited.relative is None:
        return []
    said = safe_contacts_of(same_person_ids(invited.relative))
    told = told_of(invited.name, list(children.people))
    return [safe_in_words(one) for one in said] or told or [UNKNOWN]


@can_open_matter(load_conference, power="arrange_conferences")
@require_POST
def conference_sent(request: HttpRequest, one: Conference, children: Together) -> HttpResponse:
    """Write down that the decisions, or the record, went to those ticked or were handed over to them."""
    ticked = {int(value) for value in request.POST.getlist("to") if value.isdecimal()}
    people = [each for each in invited_to(one.thread) if each.thread in ticked]
    if not people:
        messages.error(request, "Tick to whom it went.")
        return redirect(_back(one))
    send = services.send_record if request.POST.get("what") == "record" else services.send_what_was_decided
    send(invited=people, on=timezone.localdate(), by=user_of(request))
    messages.success(request, f"Sent to {len(people)}. It is on record.")
    return redirect(_back(one))


@can_act_for("arrange_conferences")
def conferences_of_child(request: HttpRequest, person: Person) -> HttpResponse:
    """To the conference of this child that is planned, or the last one there was."""
    found = meetings_of([person.pk])
    if not found:
        raise Http404("No conference")
    return redirect("conference", found[-1][1].thread)
