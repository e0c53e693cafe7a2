"""Arranging a conference: its day, the people, who is told when, their reports; and moving it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from kith.record.access.looking import Together
from kith.record.pathway.clock_facts import CONFERENCE
from kith.record.pathway.protecting import conclude_and_convene
from kith.record.people.local import local_number
from kith.record.people.models import Person, User
from kith.record.people.queries import same_person_ids, workers_of
from kith.record.people.safe_contact import UNKNOWN, safe_contacts_of
from kith.record.people.safe_contact import in_words as safe_in_words
from kith.record.protection import permissions, services
from kith.record.protection.clock_facts import FIRST_REVIEW, LATER_REVIEWS, TRANSFER_IN
from kith.record.protection.models import (
    Conference,
    EnquiryFinding,
    Invited,
    ProtectionPlan,
    Section47Enquiry,
)
from kith.record.protection.policies import agencies_there, is_quorate
from kith.record.protection.queries import (
    conference_parts,
    finding_of,
    invited_to,
    managers_over,
    meetings_of,
    open_protection_plans,
    planned_conferences,
    reviews_of,
    transfers_in,
)
from kith.record.protection.services import Asked, Found
from kith.record.said import NotSaid
from kith.record.versions import current_matters
from kith.record.visits.reading import reading
from kith.standards.clocks import clock, due_on
from kith.web.drafts.forms import draft_form, with_draft
from kith.web.protecting.enquiring import enquired_about
from kith.web.protecting.family import Family, family_of
from kith.web.protecting.forms import (
    NO_CONFERENCE,
    OTHER_SLOT,
    STILL,
    AskForm,
    CallOffForm,
    InvitedForm,
    MoveForm,
    conference_form,
    convene_form,
    later_conference_form,
    name_chair_form,
)
from kith.web.protecting.knowers import Knower, cannot_be_quorate, chosen, who_knows
from kith.web.protecting.seen import seen_before
from kith.web.protecting.shared_words import invited_as_read, one_as_read
from kith.web.protecting.slots import Slot, by_choice, chair_options, chairs_for, slots_for
from kith.web.story.reaching import told_of
from kith.web.task_pages.doing import carry_out
from kith.web.who_may import can_act_for, can_open_matter, user_of

MINUTES, WITH_INTERPRETER = 90, 180
SAID = (
    "told_on", "told_by", "apart", "invited_on", "invited_how", "report_received_on", "report_shared_on",
    "report_shared_how",
)  # fmt: skip
NOT_YET, ME, WORKER, MANAGER = "not_yet", "me", "worker", "manager"
ME_IN_WORDS, A_MANAGER = "Me, ", ", manager"
ARRANGE = draft_form(
    "arrange-conference",
    "Arranging a conference",
    page=lambda about: reverse("arrange_conference", args=[about]),
    children=lambda about: [int(about)],
)
ARRANGE_LATER = draft_form(
    "arrange-review",
    "Arranging a review",
    page=lambda about: reverse("arrange_review", args=[about]),
    children=lambda about: [int(about)],
)


@can_act_for("arrange_conferences")
def arrange_conference(request: HttpRequest, person: Person) -> HttpResponse:
    """Say what the enquiry has found, and convene the conference inside its fifteen working days."""
    user, today = user_of(request), timezone.localdate()
    family = family_of(request, person, "arrange conference")
    going_on = enquired_about(family)
    planned = planned_conferences(going_on, Conference.Kind.INITIAL)
    waiting = {pk: one for pk, one in going_on.items() if pk not in planned}
    if not waiting:
        return _nothing_waits(request, person, planned.values(), "No enquiry about this child waits for one.")
    persons = family.persons(waiting)
    started_on = min(one.started_on for one in waiting.values())
    kind = Conference.Kind.INITIAL
    slots = slots_for(started_on, CONFERENCE, persons, today, kind=kind)
    knowers, tellers = who_knows(user, persons, today), _tellers(user, persons, today)
    chairs = chairs_for(persons, today)
    draft, said_before = with_draft(request, ARRANGE, about=person.pk), _said_before(waiting)
    if said_before:
        ask = [] if _is_told(said_before) else tellers
        form = draft.form(convene_form(_options(slots), _proposed(knowers), ask, chair_options(chairs)))
    else:
        form = draft.form(
            conference_form(_options(slots), _proposed(knowers), tellers, chair_options(chairs)),
            children=family.shown(waiting), initial=seen_before("when_seen", waiting),
        )  # fmt: skip

    def convene(said: dict[str, Any]) -> Conference | None:
        return conclude_and_convene(
            enquiries=list(waiting.values()), by=user, are_found=bool(said_before),
            found=_as_found(said_before, waiting) if said_before else _findings(said, waiting),
            place=None if said["slot"] == NO_CONFERENCE else lambda: _day_and_place(said, slots, chairs),
            people=chosen(knowers, said["people"]), **_telling(said, dict(tellers), said_before),
        )  # fmt: skip

    return carry_out(
        request, form, convene, page="kith/protecting/arrange_conference.html",
        to=lambda made: _after(made, person), said=_said, draft=draft,
        context={
            "title": "Plan the conference", "act": "Convene the conference", "person": person,
            "slots": slots, "started_on": started_on,
            "found": [
                (one, family.children[pk].name, pk == person.pk) for pk, one in said_before.items()
            ],
            "is_told": _is_told(said_before), "quorum": local_number("conference_quorum", today),
            "no_quorum": cannot_be_quorate(knowers, local_number("conference_quorum", today)),
            "cancel_url": reverse("enquiry", args=[person.pk]),
        },
    )  # fmt: skip


def _said_before(waiting: Mapping[int, Section47Enquiry]) -> dict[int, EnquiryFinding]:
    """What each enquiry found, as it is on record and nobody sent back; nothing where one of them is not."""
    said = {pk: finding_of(one.thread) for pk, one in waiting.items()}
    stands = {pk: one for pk, one in said.items() if one and not one.sent_back_because}
    return stands if len(stands) == len(said) else {}


def _is_told(findings: Mapping[int, EnquiryFinding]) -> bool:
    """Whether it is on record that somebody told the family."""
    return bool(findings) and all(one.family_told_on and one.family_told_by for one in findings.values())


def _as_found(
    said: Mapping[int, EnquiryFinding], waiting: Mapping[int, Section47Enquiry]
) -> dict[int, Found | None]:
    return {one.person_id: Found(said[pk].finding) for pk, one in waiting.items()}


def _telling(
    said: dict[str, Any], tellers: Mapping[str, str], before: Mapping[int, EnquiryFinding]
) -> dict[str, Any]:
    """Who tells the family, or told them already."""
    if _is_told(before):
        return {"family_told_by": next(iter(before.values())).family_told_by, "is_family_told": True}
    because = said["family_not_told_because"]
    return {"family_told_by": _teller(said, tellers), "family_not_told_because": because}


def _said(made: Conference | None) -> str:
    if made is None:
        return "What the enquiry found is on record. No conference follows."
    if made.is_date_only_held:
        return "The date is held. Nobody is invited until the enquiry is concluded."
    return "The conference is convened. Tell the family in person before any letter goes."


def _after(made: Conference | None, person: Person) -> str:
    return reverse("conference", args=[made.thread]) if made else reverse("enquiry", args=[person.pk])


def _findings(said: dict[str, Any], waiting: Iterable[int]) -> dict[int, Found | None]:
    """What was found about each child, None while it is enquired still: one answer, but where one differs."""
    return {pk: _found(said, said["each"].get(pk, {}), said["when_seen"].get(pk, {})) for pk in waiting}


def _found(said: dict[str, Any], own: Mapping[str, Any], seen: Mapping[str, Any]) -> Found | None:
    finding = own.get("finding") or said["finding"]
    return None if finding == STILL else Found(finding, because=own.get("because") or said["because"], **seen)


def _teller(said: dict[str, Any], tellers: Mapping[str, str]) -> str:
    """Who tells the family, by name alone; "" where nobody does yet."""
    words = "" if said["family_told_by"] == NOT_YET else tellers[said["family_told_by"]]
    return words.removeprefix(ME_IN_WORDS).removesuffix(A_MANAGER)


def _tellers(user: User, children: list[Person], on: date) -> list[tuple[str, str]]:
    """Who may tell the family: whoever writes, the named worker, a manager, or nobody yet."""
    workers = [one.worker for one in workers_of((child.pk for child in children), on=on) if one.worker]
    managers = managers_over(children, on)
    worker = next((one for one in workers if one.pk != user.pk), None)
    manager = next((one for one in managers if one.pk != user.pk), None)
    return [
        (ME, f"{ME_IN_WORDS}{user.name}"),
        *([(WORKER, worker.name)] if worker else []),
        *([(MANAGER, f"{manager.name}{A_MANAGER}")] if manager else []),
        (NOT_YET, "Not yet: it could put somebody at risk"),
    ]


def _options(slots: Iterable[Slot]) -> list[tuple[str, str]]:
    return [(slot.value, slot.words) for slot in slots]


def _proposed(knowers: Iterable[Knower]) -> list[tuple[str, str, bool]]:
    return [(one.key, one.words, one.is_ticked) for one in knowers]


def _slot(
    said: dict[str, Any], slots: Iterable[Slot], chairs: Iterable[User]
) -> tuple[datetime, str, User | None]:
    """The moment, room and chair that were chosen; a day that was typed has no room yet."""
    if said["slot"] == OTHER_SLOT:
        if said["other_at"] is None:
            raise NotSaid("The other day was not written.", "Write its day and time, or choose one above.")
        return said["other_at"], "", by_choice(chairs, said["other_chair"])
    chosen_one = next(slot for slot in slots if slot.value == said["slot"])
    return chosen_one.at, chosen_one.room, chosen_one.chair


def _day_and_place(said: dict[str, Any], slots: Iterable[Slot], chairs: Iterable[User]) -> dict[str, Any]:
    slot = _slot(said, slots, chairs)
    return {"planned_for": slot[0], **_place(slot, said)}


def _place(slot: tuple[datetime, str, User | None], said: dict[str, Any]) -> dict[str, Any]:
    return {
        "room": slot[1],
        "chair": slot[2],
        "interpreter": said["interpreter"],
        "minutes_long": WITH_INTERPRETER if said["interpreter"].strip() else MINUTES,
    }


def _nothing_waits(
    request: HttpRequest, person: Person, planned: Iterable[Conference], words: str
) -> HttpResponse:
    """To the conference that is planned already, or back with a word."""
    for one in planned:
        messages.info(request, "A conference is planned already. You can move it here.")
        return redirect("conference", one.thread)
    messages.info(request, words)
    return redirect("story", person.pk)


@can_act_for("arrange_conferences")
def arrange_review(request: HttpRequest, person: Person) -> HttpResponse:
    """Arrange the review of the protection plans of this family: one meeting, by the earliest day due."""
    today = timezone.localdate()
    family = family_of(request, person, "arrange review")
    plans = open_protection_plans(family.persons(family.children), today)
    planned = planned_conferences(plans, Conference.Kind.REVIEW)
    waiting = {pk: plan for pk, plan in plans.items() if pk not in planned}
    if not waiting:
        return _nothing_waits(request, person, planned.values(), "This child has no protection plan.")
    held = reviews_of(list(waiting.values()), waiting)
    first = first_due(waiting.values(), held)
    of_each = {pk: {"plan_thread": plan.thread} for pk, plan in waiting.items()}
    return _arrange_later(request, person, family, of_each, first, Conference.Kind.REVIEW)


def first_due(plans: Iterable[ProtectionPlan], held: Mapping[int, Sequence[date]]) -> tuple[date, str]:
    """From what day and by which clock the review is due that is due first; `held` by the plan's thread."""
    starts = [
        (held[plan.thread][-1], LATER_REVIEWS) if held[plan.thread] else (plan.started_on, FIRST_REVIEW)
        for plan in plans
    ]
    return min(starts, key=lambda start: due_on(clock(start[1]), start[0]) or start[0])


@can_act_for("arrange_conferences")
def arrange_transfer(request: HttpRequest, person: Person) -> HttpResponse:
    """Arrange the conference of a protection plan that moved here."""
    family = family_of(request, person, "arrange transfer")
    moving = {one.person_id: one for one in transfers_in(family.persons(family.children))}
    planned = planned_conferences(moving, Conference.Kind.TRANSFER_IN)
    waiting = {pk: one for pk, one in moving.items() if pk not in planned}
    if not waiting:
        return _nothing_waits(request, person, planned.values(), "No plan of this child is moving here.")
    started_on = min(one.notified_on for one in waiting.values())
    of_each = {pk: {"transfer_thread": one.thread} for pk, one in waiting.items()}
    return _arrange_later(
        request, person, family, of_each, (started_on, TRANSFER_IN), Conference.Kind.TRANSFER_IN
    )


def _arrange_later(
    request: HttpRequest,
    person: Person,
    family: Family,
    of_each: Mapping[int, Mapping[str, int]],
    limit: tuple[date, str],
    kind: str,
) -> HttpResponse:
    user, today = user_of(request), timezone.localdate()
    persons = family.persons(of_each)
    slots = slots_for(limit[0], limit[1], persons, today, kind=kind)
    knowers, chairs = who_knows(user, persons, today), chairs_for(persons, today)
    draft = with_draft(request, ARRANGE_LATER, about=person.pk)
    form = draft.form(later_conference_form(_options(slots), _proposed(knowers), chair_options(chairs)))

    def convene(said: dict[str, Any]) -> Conference:
        slot = _slot(said, slots, chairs)
        return services.convene_conference(
            children=persons, kind=kind, planned_for=slot[0], by=user, now=timezone.now(),
            people=chosen(knowers, said["people"]), of_each=of_each, **_place(slot, said),
        )  # fmt: skip

    return carry_out(
        request, form, convene, page="kith/task.html",
        to=lambda made: reverse("conference", args=[made.thread]),
        said="It is arranged. Tell the family in person before any letter goes.", draft=draft,
        context={
            "title": f"Plan the {Conference.Kind(kind).label.lower()}", "act": "Convene the conference",
            "cancel_url": reverse("story", args=[person.pk]),
        },
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


@can_open_matter(load_conference, power="arrange_conferences")
def move_conference(request: HttpRequest, one: Conference, children: Together) -> HttpResponse:
    """Move a conference; its clock stays where it is."""
    user, form = user_of(request), MoveForm(request.POST or None, seen=[one])
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
    form = name_chair_form(chair_options(chairs))(request.POST or None, seen=[one])

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
    services.confirm_conference(conference=one, by=user_of(request))
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
