"""Arranging a conference: its day and place, who is asked, and who tells the family."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from kith.record.pathway.clock_facts import CONFERENCE
from kith.record.pathway.protecting import conclude_and_convene
from kith.record.people.local import local_number
from kith.record.people.models import Person, User
from kith.record.people.queries import workers_of
from kith.record.protection import services
from kith.record.protection.clock_facts import FIRST_REVIEW, LATER_REVIEWS, TRANSFER_IN
from kith.record.protection.models import Conference, EnquiryFinding, ProtectionPlan, Section47Enquiry
from kith.record.protection.queries import (
    finding_of,
    managers_over,
    open_protection_plans,
    planned_conferences,
    reviews_of,
    transfers_in,
)
from kith.record.protection.services import Found
from kith.record.said import NotSaid
from kith.standards.clocks import clock, due_on
from kith.web.drafts.forms import draft_form, with_draft
from kith.web.protecting.booked import Booked, booked_then, warning_of
from kith.web.protecting.enquiring import enquired_about
from kith.web.protecting.family import Family, family_of
from kith.web.protecting.forms.arranging import (
    NO_CONFERENCE,
    OTHER_SLOT,
    conference_form,
    convene_form,
    later_conference_form,
)
from kith.web.protecting.forms.findings import STILL
from kith.web.protecting.knowers import Knower, cannot_be_quorate, chosen, who_knows
from kith.web.protecting.seen import seen_before
from kith.web.protecting.slots import Slot, by_choice, chair_options, chairs_for, slots_for
from kith.web.task_pages.doing import carry_out
from kith.web.who_may import can_act_for, user_of

MINUTES, WITH_INTERPRETER = 90, 180
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
    booked = _booked(slots, chairs)
    if said_before:
        ask = [] if _is_told(said_before) else tellers
        kind_of_form = convene_form(_options(slots), _proposed(knowers), ask, chair_options(chairs))
        form = draft.form(warning_of(kind_of_form, booked))
    else:
        kind_of_form = conference_form(_options(slots), _proposed(knowers), tellers, chair_options(chairs))
        form = draft.form(
            warning_of(kind_of_form, booked),
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
            "slots": slots, "started_on": started_on, "last_day": due_on(clock(CONFERENCE), started_on),
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
    said: Mapping[str, Any], slots: Iterable[Slot], chairs: Iterable[User]
) -> tuple[datetime, str, User | None]:
    """The moment, room and chair that were chosen; a day that was typed has no room yet."""
    if said["slot"] == OTHER_SLOT:
        if said["other_at"] is None:
            raise NotSaid("The other day was not written.", "Write its day and time, or choose one above.")
        return said["other_at"], "", by_choice(chairs, said["other_chair"])
    chosen_one = next(slot for slot in slots if slot.value == said["slot"])
    return chosen_one.at, chosen_one.room, chosen_one.chair


def _booked(slots: Sequence[Slot], chairs: Sequence[User]) -> Booked:
    """What the chair of the day that is chosen has just then, in words."""

    def booked(said: Mapping[str, Any]) -> str:
        if said["slot"] == NO_CONFERENCE or (said["slot"] == OTHER_SLOT and said["other_at"] is None):
            return ""
        at, _, chair = _slot(said, slots, chairs)
        return booked_then(chair, at, _minutes(said))

    return booked


def _minutes(said: Mapping[str, Any]) -> int:
    return WITH_INTERPRETER if said["interpreter"].strip() else MINUTES


def _day_and_place(said: dict[str, Any], slots: Iterable[Slot], chairs: Iterable[User]) -> dict[str, Any]:
    slot = _slot(said, slots, chairs)
    return {"planned_for": slot[0], **_place(slot, said)}


def _place(slot: tuple[datetime, str, User | None], said: dict[str, Any]) -> dict[str, Any]:
    return {
        "room": slot[1],
        "chair": slot[2],
        "interpreter": said["interpreter"],
        "minutes_long": _minutes(said),
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
    kind_of_form = later_conference_form(_options(slots), _proposed(knowers), chair_options(chairs))
    form = draft.form(warning_of(kind_of_form, _booked(slots, chairs)))

    def convene(said: dict[str, Any]) -> Conference:
        slot = _slot(said, slots, chairs)
        return services.convene_conference(
            children=persons, kind=kind, planned_for=slot[0], by=user, now=timezone.now(),
            people=chosen(knowers, said["people"]), of_each=of_each, **_place(slot, said),
        )  # fmt: skip

    return carry_out(
        request, form, convene, page="kith/protecting/arrange_later.html",
        to=lambda made: reverse("conference", args=[made.thread]),
        said="It is arranged. Tell the family in person before any letter goes.", draft=draft,
        context={
            "title": f"Plan the {Conference.Kind(kind).label.lower()}", "act": "Convene the conference",
            "last_day": due_on(clock(limit[1]), limit[0]),
            "cancel_url": reverse("story", args=[person.pk]),
        },
    )  # fmt: skip
