"""The day of a conference, for its chair: who came, each child's decision, who saw it otherwise."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from kith.record.access.looking import open_for_one_act
from kith.record.pathway import protecting
from kith.record.people.local import local_number
from kith.record.people.models import Person, User
from kith.record.people.queries import Shown, shown, workers_of
from kith.record.protection import services
from kith.record.protection.models import Conference, ConferenceOf, Invited
from kith.record.protection.policies import agencies_there, is_quorate
from kith.record.protection.queries import conference_parts, held_conferences_of_chair, invited_to
from kith.record.protection.services import Asked, Decided, Otherwise
from kith.record.refusals import NotAllowed, Refused
from kith.record.said import NotSaid
from kith.record.versions import current_matters
from kith.web.drafts.forms import OURS, draft_form, with_draft
from kith.web.protecting.before_chair import beside
from kith.web.protecting.forms.chairing import CAME, FAMILY_HELP, NEED_PLAN, UnaskedForm, chair_form
from kith.web.protecting.slots import by_choice, chair_options, chairs_for
from kith.web.protecting.to_chair import chaired, to_chair
from kith.web.task_pages.doing import carry_out
from kith.web.who_may import power, user_of

CAME_AS, KEPT_OUT, UNASKED = "came-", "out-", "unasked_"  # before the names of what is not the decision
OWN = ("dissent_by", "would_have", "visits_every", "steps_down")  # what is not the decision's own
CHAIR = draft_form(
    "conference-day",
    "The day of a conference",
    page=lambda about: reverse("chair_conference", args=[about]),
    children=lambda about: [part.person_id for part in conference_parts(int(about))],
    power="chair_conferences",
)


@dataclass(frozen=True)
class Chaired:
    """A conference as its chair meets it: the children it is about, each look written down."""

    conference: Conference
    children: list[Shown]


def _chaired(user: User, thread: int) -> Chaired:
    """The conference, where no child of it is kept from the chair. Raises Http404."""
    found = current_matters(Conference, [thread]).get(thread)
    if found is None:
        raise Http404("No such conference")
    ids = [part.person_id for part in conference_parts(thread)]
    try:
        for pk in ids:
            open_for_one_act(user, Person(pk=pk), "chair_conferences", "chair conference")
    except NotAllowed as kept:
        raise Http404("No such conference") from kept
    named = shown(ids)
    return Chaired(found, [named[pk] for pk in ids if pk in named])


@power("chair_conferences")
def chairing(request: HttpRequest) -> HttpResponse:
    """The conferences that this person chairs, the next one first, then those they held."""
    user, where = user_of(request), "conferences you chair"
    context = {"planned": to_chair(user, where=where), "held": chaired(user, where=where)}
    return render(request, "kith/protecting/chairing.html", context)


@power("chair_conferences")
def chair_conference(request: HttpRequest, thread: int) -> HttpResponse:
    """Decide about each child, with the reason; what was decided begins and ends plans that very day."""
    user, today = user_of(request), timezone.localdate()
    met = _chaired(user, thread)
    one = met.conference
    is_review = one.kind == Conference.Kind.REVIEW
    if one.state != Conference.State.PLANNED:
        messages.info(request, f"This conference was {one.get_state_display().lower()} already.")
        is_theirs = one in held_conferences_of_chair(user, today)
        return redirect("conference", thread) if is_theirs else redirect("chairing")
    quorum = local_number("conference_quorum", today)
    draft = with_draft(request, CHAIR, about=thread)
    chairs = _who_may_have_chaired(user, one, met.children, today)
    form = draft.form(
        chair_form(is_review, today, one.planned_for, chair_options(chairs)),
        children=met.children, seen=[one],
    )  # fmt: skip

    def decide(said: dict[str, Any]) -> Conference:
        _record_who_came(request, one)
        return _decide(user, one, chairs, said, form.expected(one), quorum, workers)

    people = invited_to(thread)
    workers = _who_works(met.children, people, today)
    return carry_out(
        request, form, decide,
        page="kith/protecting/chair_conference.html", to=reverse("chairing"),
        said="The conference is on record. What was decided is to be sent by the next working day.",
        draft=draft,
        context={
            "title": one.get_kind_display(), "act": "Record what was decided", "conference": one,
            "people": [(each, form.data.get(f"{CAME_AS}{each.thread}") or each.came) for each in people],
            "came": CAME, "quorum": quorum, "unasked": draft.form(UnaskedForm),
            "does_it": _names(workers, people), "children": met.children,
            "is_quorate": is_quorate(agencies_there(people), quorum),
            "somebody_came": any(each.came for each in people), "cancel_url": reverse("chairing"),
            "known": beside(user, met.children, people),
        },
    )  # fmt: skip


def _who_may_have_chaired(user: User, one: Conference, children: Iterable[Shown], on: date) -> list[User]:
    """Whom it was planned with, whoever writes it down, then the others who are independent."""
    persons = [Person(pk=child.person_id) for child in children]
    listed = [*([one.chair] if one.chair else []), user, *chairs_for(persons, on)]
    return list({each.pk: each for each in listed}.values())


def _decide(
    user: User,
    one: Conference,
    chairs: Iterable[User],
    said: dict[str, Any],
    expected: int | None,
    quorum: int,
    workers: Iterable[User],
) -> Conference:
    each = said["each"]
    otherwise = [
        Otherwise(Person(pk=pk), own["dissent_by"], own["would_have"])
        for pk, own in each.items()
        if own["dissent_by"].strip() or own["would_have"].strip()
    ]
    return protecting.decide_at_conference(
        conference=one, held_at=said["held_at"], by=user, quorum=quorum, said=said["said"],
        went_on_because=said["went_on_because"], otherwise=otherwise, expected=expected,
        chair=by_choice(chairs, said["chair"]), outline=_outline(said, workers),
        decisions={pk: Decided(**_own(answers)) for pk, answers in each.items()},
        visits_every={pk: answers.get("visits_every") for pk, answers in each.items()},
        steps_down=[pk for pk, answers in each.items() if answers.get("steps_down") == NEED_PLAN],
        family_help=[pk for pk, answers in each.items() if answers.get("steps_down") == FAMILY_HELP],
    )  # fmt: skip


def _who_works(children: Iterable[Shown], people: Iterable[Invited], on: date) -> list[User]:
    """The workers to whom an action may be given: who works with the children, or was asked."""
    held = [one.worker for one in workers_of((child.person_id for child in children), on=on) if one.worker]
    return list({one.pk: one for one in [*held, *(each.user for each in people if each.user)]}.values())


def _names(workers: Iterable[User], people: Iterable[Invited]) -> list[str]:
    """Who may be named as doing something, to be offered: workers here, then all who were asked."""
    return list(dict.fromkeys([*(one.name for one in workers), *(one.name for one in people)]))


def _outline(said: dict[str, Any], workers: Iterable[User]) -> protecting.Outline:
    """What was settled for the plan; who has an account here takes it on, anybody else is named in words."""
    named = {one.name.casefold(): one for one in workers}
    lines = [
        protecting.ToDo(
            line["goal"], line["what"], owner=(owner := named.get(line["who"].strip().casefold())),
            owner_in_words="" if owner else line["who"], due_on=line["due_on"],
        )
        for line in said["outline"]
    ]  # fmt: skip
    return protecting.Outline(lines, said["safe_meanwhile"], said["if_nothing_changes"])


def _own(answers: dict[str, Any]) -> dict[str, Any]:
    """The decision's own fields; a kind of harm is kept only where there is a plan."""
    kept = {name: value for name, value in answers.items() if name not in OWN}
    has_plan = answers["decision"] in {ConferenceOf.Decision.PLAN, ConferenceOf.Decision.CONTINUE}
    return {**kept, "category": answers["category"] if has_plan else ""}


@power("chair_conferences")
@require_POST
def conference_came(request: HttpRequest, thread: int) -> HttpResponse:
    """Write down who came, and how, and who came though nobody asked them; the decision typed stays typed."""
    met = _chaired(user_of(request), thread)
    try:
        with transaction.atomic():
            _record_who_came(request, met.conference)
    except Refused as refusal:
        messages.error(request, str(refusal))
        _keep_typed(request, thread, but=())
    else:
        messages.success(request, "Who came is on record.")
        _keep_typed(request, thread, but=(CAME_AS, UNASKED))
    return redirect("chair_conference", thread)


def _record_who_came(request: HttpRequest, one: Conference) -> None:
    """What the page says of who came, of those asked and of somebody nobody asked."""
    user, sent = user_of(request), request.POST
    came = {each.thread: sent.get(f"{CAME_AS}{each.thread}", "") for each in invited_to(one.thread)}
    services.record_attendance(conference=one, came=came, by=user)
    if sent.get(f"{UNASKED}name", "").strip():
        said = UnaskedForm(sent)
        if not said.is_valid():
            raise NotSaid("Who came without being asked is not clear.", "Write a shorter name.")
        asked = Asked(**{name.removeprefix(UNASKED): value for name, value in said.answers.items()})
        if asked.name.casefold() not in {each.name.casefold() for each in invited_to(one.thread)}:
            services.came_unasked(conference=one, person=asked, by=user)


def _keep_typed(request: HttpRequest, thread: int, *, but: tuple[str, ...]) -> None:
    """Keep what was typed of the decision, for a browser without scripts, but what is on record by now."""
    if f"{OURS}key" not in request.POST:
        return
    left = request.POST.copy()
    for name in [name for name in left if name.startswith(but)] if but else []:
        del left[name]
    request.POST = left  # type: ignore[assignment]
    with_draft(request, CHAIR, about=thread).keep()


@power("chair_conferences")
@require_POST
def keep_out(request: HttpRequest, thread: int, invited: int) -> HttpResponse:
    """A chair decides that somebody is not to be at the conference, with the reason."""
    met = _chaired(user_of(request), thread)
    one = next((each for each in invited_to(met.conference.thread) if each.thread == invited), None)
    if one is None:
        raise Http404("Nobody of that name was asked")
    name = f"{KEPT_OUT}{invited}"
    try:
        services.keep_out(invited=one, because=request.POST.get(name, ""), by=user_of(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
        _keep_typed(request, thread, but=())
    else:
        messages.success(request, f"{one.name} is not to be there. Tell them in another way.")
        _keep_typed(request, thread, but=(name,))
    return redirect("chair_conference", thread)
