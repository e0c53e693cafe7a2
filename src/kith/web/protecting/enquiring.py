"""Starting an enquiry, writing its strategy discussion, saying what it found, agreeing it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from kith.record.frontdoor.queries import referral_threads
from kith.record.owed.queries import owed_for
from kith.record.pathway import protecting
from kith.record.people.models import Person, User
from kith.record.people.queries import name_of, same_person_ids
from kith.record.protection import permissions, services
from kith.record.protection.models import EnquiryFinding, Section47Enquiry, StrategyDiscussion
from kith.record.protection.queries import (
    discussions_of,
    enquiries_going_on,
    enquiries_of,
    enquiries_open_on,
    findings_of,
    harm_suspected_of,
    managers_over,
    open_enquiries,
)
from kith.record.protection.services import Found, Settled
from kith.web.drafts.forms import draft_form, with_draft
from kith.web.protecting.agreeing import waiting_for
from kith.web.protecting.family import Family, family_of, known_here
from kith.web.protecting.forms.enquiring import CountFromForm, enquiry_form, strategy_form
from kith.web.protecting.forms.findings import FoundForm
from kith.web.protecting.from_front_door import brought_for, with_brought
from kith.web.protecting.seen import seen_before
from kith.web.protecting.shared_words import Read, read_together
from kith.web.task_pages.doing import carry_out
from kith.web.who_may import can_act_for, can_open_child, user_of

SOCIAL_CARE = "la_csc"
AND_PLAN = "Save, and plan the conference"
STAY = "stay"  # the button that saves, and does not go on to the conference


def _of_child(name: str) -> dict[str, Any]:
    return {"page": lambda about: reverse(name, args=[about]), "children": lambda about: [int(about)]}


ENQUIRE = draft_form("enquire", "Starting a section 47 enquiry", **_of_child("enquire"))
STRATEGY = draft_form("strategy-discussion", "A strategy discussion", **_of_child("strategy_discussion"))
FOUND = draft_form("enquiry-found", "What an enquiry found", **_of_child("enquiry_found"))


@can_act_for("enquire")
def enquire(request: HttpRequest, person: Person) -> HttpResponse:
    """Start a section 47 enquiry: which children, and what harm is suspected. All else may wait."""
    today, user = timezone.localdate(), user_of(request)
    family = family_of(request, person, "enquire")
    draft = with_draft(request, ENQUIRE, about=person.pk)
    going_on = open_enquiries(family.persons(family.children))
    return carry_out(
        request, draft.form(enquiry_form(family.options, today)), lambda said: _begin(user, family, said),
        page="kith/protecting/enquire.html", to=reverse("strategy_discussion", args=[person.pk]),
        said="The enquiry has begun. Managers have been told. The strategy discussion is owed.",
        draft=draft,
        context={
            "title": "Start a section 47 enquiry", "act": "Start section 47 enquiry", "danger": True,
            "person": person, "others": family.others, "known": known_here(family.children, today),
            "going_on": [family.children[pk].name for pk in going_on if pk in family.children],
            "cancel_url": reverse("story", args=[person.pk]),
        },
    )  # fmt: skip


def _begin(user: User, family: Family, said: dict[str, Any]) -> list[Person]:
    return protecting.begin_enquiry(
        children=family.persons(said["children"]), suspected_harm=said["suspected_harm"], by=user,
        at=said["at"], kinds=said["kinds"], is_danger_now=said["is_danger_now"],
    )  # fmt: skip


def enquired_about(family: Family) -> dict[int, Section47Enquiry]:
    """The children of the family whose enquiry goes on, by kept id."""
    persons, today = family.persons(family.children), timezone.localdate()
    return enquiries_going_on(persons, referral_threads(persons, today).values(), today)


@can_act_for("enquire")
def strategy_discussion(request: HttpRequest, person: Person) -> HttpResponse:
    """Write down a strategy discussion, before the enquiry began or after."""
    user = user_of(request)
    brought = brought_for(user, person, "strategy", "strategy discussion")
    family = with_brought(family_of(request, person, "strategy discussion"), brought)
    going_on = enquired_about(family)
    about = list(going_on) or (brought.ids if brought else [])
    may_arrange = permissions.can_arrange(user, [person])
    draft, leads = with_draft(request, STRATEGY, about=person.pk), _leads(user, family)
    offered = [(str(one.pk), one.name) for one in leads]
    form = draft.form(
        strategy_form(family.options, about, offered), children=family.shown(about or [person.pk])
    )
    return carry_out(
        request, form, lambda said: _discuss(user, family, person, about, leads, said),
        page="kith/protecting/strategy_discussion.html",
        to=lambda held: _after_discussion(request, person, held), said="The discussion is on record.",
        draft=draft,
        context={
            "title": "Strategy discussion", "act": AND_PLAN if may_arrange else "Save the discussion",
            "person": person, "may_arrange": may_arrange,
            "harm": _harm_of(user, person), "has_enquiry": bool(going_on),
            "brought": brought,
            "cancel_url": reverse("story", args=[person.pk]),
        },
    )  # fmt: skip


def _leads(user: User, family: Family) -> list[User]:
    """Who may have led a discussion for social care: whoever writes it down, and the children's managers."""
    managers = managers_over(family.persons(family.children), timezone.localdate())
    return list({one.pk: one for one in [user, *managers]}.values())


def _discuss(
    user: User,
    family: Family,
    person: Person,
    going_on: list[int],
    leads: list[User],
    said: dict[str, Any],
) -> StrategyDiscussion:
    about = said["about"] or going_on or [person.pk]
    led_by = next((one for one in leads if str(one.pk) == said["led_by"]), user)
    care = [{"agency": SOCIAL_CARE, "who": one.name} for one in dict.fromkeys([led_by, user])]
    return protecting.hold_strategy_discussion(
        children=family.persons(about), held_at=said["held_at"], decision=said["decision"],
        discussed=said["discussed"], by=user, took_part=[*care, *said["took_part"]], way=said["way"],
        led_by=led_by, risk_now=said["risk_now"], of_concern=said["of_concern"], actions=said["actions"],
        of_each={pk: Settled(**said["tonight"][pk], **own) for pk, own in said["each"].items()},
    )  # fmt: skip


def _after_discussion(request: HttpRequest, person: Person, held: StrategyDiscussion) -> str:
    """To planning the conference, for those who may arrange one; at night the enquiry is read instead."""
    goes_on = (
        held.decision in protecting.ENQUIRES
        and request.POST.get("then") != STAY
        and permissions.can_arrange(user_of(request), [person])
    )
    return reverse("arrange_conference" if goes_on else "enquiry", args=[person.pk])


def _harm_of(user: User, person: Person) -> list[Read]:
    return read_together(user, harm_suspected_of(same_person_ids(person))[-3:])


@can_open_child
def enquiry(request: HttpRequest, person: Person) -> HttpResponse:
    """A child's enquiries: what was suspected, who talked, what was found, who agreed, what is owed."""
    user, ids = user_of(request), same_person_ids(person)
    found = findings_of(ids)
    waiting = {one.finding.enquiry_thread: one for one in waiting_for(user, person, ids)}
    harms = read_together(user, harm_suspected_of(ids))
    talks = read_together(user, discussions_of(ids))
    enquiries = [
        {
            "enquiry": one,
            "harms": [each for each in harms if each.part.enquiry_thread == one.thread],
            "talks": [each for each in talks if each.part.enquiry_thread == one.thread],
            "finding": found.get(one.thread),
            "waiting": waiting.get(one.thread),
        }
        for one in reversed(enquiries_of(ids))
    ]
    context = {
        "person": person, "name": name_of(person), "enquiries": enquiries,
        "may_enquire": permissions.can_enquire(user, [person]),
        "may_arrange": permissions.can_arrange(user, [person]),
        "has_one_open": bool(enquiries_open_on([Person(pk=pk) for pk in ids], timezone.localdate())),
        "may_count": permissions.can_agree(user, [person]),
        "other_talks": [each for each in talks if each.part.enquiry_thread is None],
        "owed": owed_for(ids, timezone.now()),
    }  # fmt: skip
    return render(request, "kith/protecting/enquiry.html", context)


@can_act_for("enquire")
def enquiry_found(request: HttpRequest, person: Person) -> HttpResponse:
    """Say what the enquiry found about each child; findings may differ, and each may end in its own way."""
    user, today = user_of(request), timezone.localdate()
    family = family_of(request, person, "enquiry found")
    going_on = {pk: one for pk, one in enquired_about(family).items() if one.ended_on is None}
    if not going_on:
        messages.info(request, "No enquiry about this child is waiting to be concluded.")
        return redirect("enquiry", person.pk)
    draft = with_draft(request, FOUND, about=person.pk)
    form = draft.form(FoundForm, children=family.shown(going_on), initial=seen_before("each", going_on))
    return carry_out(
        request, form, lambda said: _find(user, going_on, said), page="kith/protecting/enquiry_found.html",
        to=reverse("enquiry", args=[person.pk]), said="What the enquiry found is on record.", draft=draft,
        context={
            "title": "What the enquiry found", "act": "Save what was found", "person": person,
            "cancel_url": reverse("enquiry", args=[person.pk]), "today": today,
        },
    )  # fmt: skip


def _find(user: User, going_on: dict[int, Section47Enquiry], said: dict[str, Any]) -> list[EnquiryFinding]:
    of_each = said.pop("each")
    return services.find(
        enquiries=list(going_on.values()), on=timezone.localdate(), by=user,
        found={going_on[pk].person_id: Found(**own) for pk, own in of_each.items()}, **said,
    )  # fmt: skip


@can_act_for("agree_enquiry_outcome")
def count_from(request: HttpRequest, person: Person, thread: int) -> HttpResponse:
    """A manager says from which day an enquiry counts, with the reason."""
    one = next((each for each in enquiries_of(same_person_ids(person)) if each.thread == thread), None)
    if one is None:
        raise Http404("No such enquiry")
    user, form = user_of(request), CountFromForm(request.POST or None, seen=[one])
    return carry_out(
        request, form,
        lambda said: services.count_from(enquiry=one, by=user, expected=form.expected(one), **said),
        page="kith/task.html", to=reverse("enquiry", args=[person.pk]), said="The day is changed.",
        context={
            "title": "Count the enquiry from another day", "act": "Count from this day",
            "cancel_url": reverse("enquiry", args=[person.pk]),
        },
    )  # fmt: skip
