"""What harm outside the home means for one young person: links, screening, plan, referral, hand-over."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from kith.record.chronology.policies import Life
from kith.record.outside import permissions, queries, services
from kith.record.outside.models import Linked
from kith.record.outside.policies import HANDED_FROM, is_grown_up
from kith.record.people.models import Person
from kith.record.people.queries import same_person_ids, shown
from kith.record.planning import queries as plans
from kith.record.planning import services as planning
from kith.record.planning.models import PlanKind
from kith.record.planning.permissions import is_held_back
from kith.web.drafts.forms import draft_form, with_draft
from kith.web.outside.forms import (
    AnswerForm,
    ConsentForm,
    EndLinkForm,
    HandOverForm,
    NationalForm,
    NationalOfAdultForm,
    PlanForm,
    ScreenForm,
    link_form,
)
from kith.web.outside.pages import Words, about_child, act_page, carry_on_with, write_anew
from kith.web.who_may import can_act_for, user_of


def _drafted(name: str, title: str) -> Any:
    return draft_form(
        name, title, page=lambda about: reverse(name, args=[about]), children=lambda about: [int(about)]
    )


SCREEN = _drafted("screen_outside", "A screening of risk outside the home")
NATIONAL = _drafted("refer_nationally", "A referral to the National Referral Mechanism")
HAND = _drafted("hand_to_adults", "Handing over to services for adults")
PLAN = _drafted("outside_plan", "A plan about harm outside the home")


@can_act_for("work_on_harm_outside")
def outside_home(request: HttpRequest, person: Person) -> HttpResponse:
    """All that is known of harm outside the home to one young person, and what is done about it."""
    ids, user = same_person_ids(person), user_of(request)
    links = queries.links_of(ids)
    held = {one.thread: one for one in queries.concerns()} if links else {}
    plan, life, today = plans.open_plan(person.pk, PlanKind.OUTSIDE), _life(person), timezone.localdate()
    age = life.age_on(today)
    screenings = queries.screenings_of(ids)
    page = {
        "person": person,
        "child": shown([person.pk])[person.pk],
        "links": [{"link": link, "concern": held.get(link.matter_thread)} for link in links],
        "screenings": screenings,
        "comes_up": bool(screenings) and queries.comes_up(screenings[0].review_on, today),
        "today": today,
        "decisions": queries.decisions_of(ids),
        "plan": plans.shown(plan, {person.pk}) if plan and not is_held_back(user, plan) else None,
        "referrals": queries.referrals_of(ids),
        "handed": queries.handed_of(ids),
        "is_grown_up": is_grown_up(life.born_on, today),
        "is_nearly": age is None or age >= HANDED_FROM,
        "may_see_map": permissions.can_see_map(user),
    }
    return render(request, "kith/outside/outside_home.html", page)


def _life(person: Person) -> Life:
    return Life(born_on=shown([person.pk])[person.pk].date_of_birth)


@can_act_for("work_on_harm_outside")
def link_young_person(request: HttpRequest, person: Person) -> HttpResponse:
    """Say what a young person has to do with something of concern."""
    held = {one.thread: one for one in queries.concerns() if one.ended_on is None}
    asks = link_form([*held.values()])

    def link(said: dict[str, Any]) -> int:
        concern = held[said.pop("concern")]
        return services.link_young_person(concern=concern, child=person, by=user_of(request), **said).thread

    form = asks(request.POST if request.method == "POST" else None)
    words = Words("What {name} is linked to", "Link them", "The link is on record.")
    return act_page(request, about_child(person), form, link, words)


@can_act_for("work_on_harm_outside")
def end_link(request: HttpRequest, person: Person, thread: int) -> HttpResponse:
    """Say that a link is over."""
    link: Linked = _own_or_404(queries.links_of(same_person_ids(person)), thread)
    words = Words("A link of {name} is over", "Save that it is over", "The link is over.")
    return carry_on_with(request, about_child(person), ("link", link), EndLinkForm, services.end_link, words)


@can_act_for("work_on_harm_outside")
def screen_outside(request: HttpRequest, person: Person) -> HttpResponse:
    """Grade risk outside the home with the local tool, and say why."""
    words = Words("Risk outside the home: {name}", "Save the screening", "The screening is on record.")
    about, drafted = about_child(person), (SCREEN, person.pk)
    return write_anew(request, about, drafted, ScreenForm, services.screen, words, child=person)


@can_act_for("work_on_harm_outside")
def refer_nationally(request: HttpRequest, person: Person) -> HttpResponse:
    """Write down a referral to the National Referral Mechanism; only an adult is asked to consent."""
    is_adult = is_grown_up(_life(person).born_on, timezone.localdate())
    asks = NationalOfAdultForm if is_adult else NationalForm
    words = Words("National Referral Mechanism: {name}", "Save the referral", "The referral is on record.")
    about, drafted = about_child(person), (NATIONAL, person.pk)
    return write_anew(request, about, drafted, asks, services.refer_nationally, words, child=person)


@can_act_for("work_on_harm_outside")
def national_answer(request: HttpRequest, person: Person, thread: int) -> HttpResponse:
    """Write down what the National Referral Mechanism answered."""
    held = ("referral", _own_or_404(queries.referrals_of(same_person_ids(person)), thread))
    words = Words("What was answered about {name}", "Save the answer", "The answer is on record.")
    return carry_on_with(request, about_child(person), held, AnswerForm, services.national_answer, words)


@can_act_for("work_on_harm_outside")
def ask_grown_up(request: HttpRequest, person: Person, thread: int) -> HttpResponse:
    """Write down what somebody said who was asked again at 18."""
    held = ("referral", _own_or_404(queries.referrals_of(same_person_ids(person)), thread))
    words = Words("Ask {name} again at 18", "Save what they said", "What they said is on record.")
    return carry_on_with(request, about_child(person), held, ConsentForm, services.ask_grown_up, words)


@can_act_for("work_on_harm_outside")
def hand_to_adults(request: HttpRequest, person: Person) -> HttpResponse:
    """Write down who goes on with a young person as an adult."""
    said = "It is on record who goes on with them."
    words = Words("Who goes on with {name} at 18", "Save who goes on", said)
    about, drafted = about_child(person), (HAND, person.pk)
    return write_anew(request, about, drafted, HandOverForm, services.hand_to_adults, words, child=person)


@can_act_for("work_on_harm_outside")
def outside_plan(request: HttpRequest, person: Person) -> HttpResponse:
    """Begin a plan about harm outside the home, with what should be safer and what is done first.

    Once there is one, it is read and changed on the page of every plan.
    """
    open_now = plans.open_plan(person.pk, PlanKind.OUTSIDE)
    if open_now and request.method != "POST":
        return redirect("plan", open_now.thread)
    draft, by = with_draft(request, PLAN, about=person.pk), user_of(request)

    def begin(said: dict[str, Any]) -> int:
        plan = open_now or planning.start_plan(
            kind=PlanKind.OUTSIDE,
            people=[person],
            on=timezone.localdate(),
            by=by,
            agreed_with=said["agreed_with"],
            review_on=said["review_on"],
        )
        goal = planning.set_goal(plan=plan, what=said["goal"], by=by)
        planning.add_action(
            plan=plan, what=said["what"], owner_in_words=said["who"], due_on=said["due_on"], goal=goal, by=by
        )
        return plan.thread

    words = Words("A plan to make {name} safer", "Start the plan", "The plan has begun.")
    return act_page(request, about_child(person), draft.form(PlanForm), begin, words, draft)


def _own_or_404(held: Sequence[Any], thread: int) -> Any:
    for one in held:
        if one.thread == thread:
            return one
    raise Http404("Nothing of this young person’s by this number")
