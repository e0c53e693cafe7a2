"""A child who is missing: reported, back, seen to be safe, and somebody independent to talk to."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from kith.record.access.permissions import can_open
from kith.record.care import queries, services
from kith.record.care.models import MissingEpisode, Reply, ReturnInterview, RiskGrade
from kith.record.people.local import local_number
from kith.record.people.models import Person, User
from kith.record.people.queries import same_person_ids, shown
from kith.web.drafts.forms import draft_form, with_draft
from kith.web.task_pages.doing import carry_out
from kith.web.task_pages.forms import TaskForm, choice, moment, words, yes_no
from kith.web.who_may import can_act_for, user_of

TASK = "kith/outside/missing.html"
KNOWN = ("last_seen", "who_was_told", "police_reference", "risk")
MISSING = "M"  # code list `missing_type`


def _of_child(about: str) -> list[int]:
    return [int(about.partition("-")[0])]


def _drafted(name: str, title: str) -> Any:
    """A form about one time missing; `about` is the child's id and, where there is one, its thread."""
    return draft_form(
        name, title, page=lambda about: reverse(name, args=about.split("-")), children=_of_child
    )


REPORT = _drafted("report_missing", "A child is missing")
BACK = _drafted("came_back", "A child came back")
OFFER = _drafted("offer_return_interview", "The offer of a return interview")
HOLD = _drafted("hold_return_interview", "A return interview")


class KnownForm(TaskForm):
    """What is known now of a child who is missing."""

    last_seen = forms.CharField(
        label="Where, and by whom, were they last seen?", max_length=300, required=False
    )
    who_was_told = forms.CharField(
        label="Who was told?",
        max_length=300,
        required=False,
        help_text="For example: the police, Mum, the children’s home, school.",
    )
    police_reference = forms.CharField(
        label="The reference that the police gave", max_length=50, required=False
    )
    risk = choice("How do the police grade the risk?", RiskGrade.choices, across=True)


class ReportForm(KnownForm):
    """Since when a child is missing, and what is known so far."""

    at = moment("Since when?", "Say since when: as near as anybody knows")
    field_order: tuple[str, ...] = ("at",)


class ReportFromCareForm(ReportForm):
    """The same for a child in care, who may be away from where they live with people knowing where."""

    kind = choice(
        "Does anybody know where they are?",
        [(MISSING, "No: they are missing"), ("A", "Yes: they are away from where they live without leave")],
        "Say whether anybody knows where they are",
    )
    field_order = ("at", "kind")


class BackForm(TaskForm):
    """When and where a child came back, and whether somebody has seen them."""

    at = moment("When did they come back, or when were they found?", "Say when", is_filled=True)
    found_where = forms.CharField(label="Where?", max_length=300, required=False)
    is_seen = yes_no("Has somebody seen that they are safe and well?")


class SeenForm(TaskForm):
    """When somebody saw that the child is safe."""

    at = moment("When did somebody see that they are safe and well?", "Say when", is_filled=True)


class OfferForm(TaskForm):
    """The offer of a talk with somebody who is not in charge of the child's care."""

    at = moment("When was it offered?", "Say when", is_filled=True)
    reply = choice("What did they say?", Reply.choices)
    because = words(
        "If you could not reach them: how and when did you try, and what comes next?", rows=2, longest=300
    )


class HoldForm(TaskForm):
    """A talk that was held, in the child's own words."""

    at = moment("When was it held?", "Say when", is_filled=True)
    held_by = forms.CharField(
        label="Who talked with them?",
        max_length=200,
        help_text="Somebody independent of where they live and of their care.",
        error_messages={"required": "Say who talked with them"},
    )
    said = words(
        "What they said, in their own words",
        rows=6,
        help_text="Ask first what may be passed on. It stands in this talk alone, on nobody else’s file.",
    )
    shared_with = forms.CharField(
        label="What of it is shared, and with whom?", max_length=300, required=False
    )


@can_act_for("record_visits")
def report_missing(request: HttpRequest, person: Person) -> HttpResponse:
    """Report a child missing, in care or not. One who is reported already is led to "came back"."""
    if queries.open_missing(person):
        return redirect("came_back", person.pk)
    draft, is_in_care = with_draft(request, REPORT, about=person.pk), queries.open_period(person) is not None

    def report(answers: dict[str, Any]) -> None:
        services.report_missing(child=person, by=user_of(request), **{"kind": MISSING, **answers})

    return carry_out(
        request,
        draft.form(ReportFromCareForm if is_in_care else ReportForm),
        report,
        page=TASK,
        to=_story(person),
        said="It is on record that they are missing. When they come back, say so on their page.",
        context={
            **_about(person, "{name} is missing", "Save that {name} is missing"),
            "before": "If somebody is in danger now, ring 999 first. This can be written afterwards.",
        },
        draft=draft,
    )


@can_act_for("record_visits")
def say_of_missing(request: HttpRequest, person: Person) -> HttpResponse:
    """Write down what is known now of a child who is missing: who was told, and how the risk is graded."""
    episode, by = queries.open_missing(person), user_of(request)
    if episode is None:
        return redirect("story", person.pk)
    now = {name: getattr(episode, name) for name in KNOWN}
    form = KnownForm(request.POST if request.method == "POST" else None, seen=[episode], initial=now)
    return carry_out(
        request,
        form,
        lambda answers: services.say_of_missing(
            episode=episode, by=by, expected=form.expected(episode), **answers
        ),
        page=TASK,
        to=_story(person),
        said="It is on record.",
        context=_about(person, "{name}: what is known now", "Save what is known", episode),
    )


@can_act_for("record_visits")
def came_back(request: HttpRequest, person: Person) -> HttpResponse:
    """Write down that a child came back, and ask what their times missing may call for."""
    if queries.open_missing(person) is None and request.method == "GET":
        return redirect("story", person.pk)
    draft, by = with_draft(request, BACK, about=person.pk), user_of(request)

    return carry_out(
        request,
        draft.form(BackForm),
        lambda answers: services.report_back(child=person, by=by, **answers).thread,
        page=TASK,
        to=_story(person),
        said=lambda _: " ".join(filter(None, ("It is on record that they came back.", asked_of(person)))),
        context=_about(person, "{name} came back", "Save that {name} came back"),
        draft=draft,
    )


@can_act_for("record_visits")
def seen_safe(request: HttpRequest, person: Person, thread: int) -> HttpResponse:
    """Write down that somebody saw, after a child came back, that they are safe and well."""
    episode, by = _episode_or_404(person, thread), user_of(request)
    form = SeenForm(request.POST if request.method == "POST" else None)
    return carry_out(
        request,
        form,
        lambda answers: services.see_that_they_are_safe(episode=episode, by=by, **answers),
        page=TASK,
        to=_story(person),
        said="It is on record that somebody saw them.",
        context=_about(person, "{name}: seen safe and well", "Save that they were seen", episode),
    )


@can_act_for("hold_return_interviews", independent=True)
def offer_return_interview(request: HttpRequest, person: Person, thread: int) -> HttpResponse:
    """Offer a child who came back a talk with somebody independent, with what they answered."""
    episode, by = _episode_or_404(person, thread), user_of(request)
    draft = with_draft(request, OFFER, about=f"{person.pk}-{thread}")
    return carry_out(
        request,
        draft.form(OfferForm),
        lambda answers: services.offer_interview(episode=episode, by=by, **answers).thread,
        page=TASK,
        to=_where_they_may_go(by, person),
        said="The offer is on record.",
        context=_about(person, "{name}: offer a return interview", "Save the offer", episode),
        draft=draft,
    )


@can_act_for("hold_return_interviews", independent=True)
def hold_return_interview(request: HttpRequest, person: Person, thread: int) -> HttpResponse:
    """Write down the talk with a child who came back; one not offered yet is offered first."""
    episode, by = _episode_or_404(person, thread), user_of(request)
    interview = queries.interview_after(episode)
    if interview is None:
        return redirect("offer_return_interview", person.pk, thread)
    if interview.held_at and request.method == "GET":
        return redirect(_where_they_may_go(by, person))
    draft = with_draft(request, HOLD, about=f"{person.pk}-{thread}")
    form = draft.form(HoldForm, seen=[interview])

    def hold(answers: dict[str, Any]) -> int:
        found: ReturnInterview = services.hold_interview(
            interview=interview, by=by, expected=form.expected(interview), **answers
        )
        return found.thread

    return carry_out(
        request,
        form,
        hold,
        page=TASK,
        to=_where_they_may_go(by, person),
        said="The talk is on record.",
        context=_about(person, "{name}: return interview", "Save the talk", episode),
        draft=draft,
    )


def asked_of(person: Person) -> str:
    """What times missing in the last weeks ask of a worker, as a sentence; "" where they ask nothing."""
    return asked_of_ids(same_person_ids(person), timezone.localdate())


def asked_of_ids(ids: Iterable[int], today: date) -> str:
    """The same of all the records of one person; it asks, and stops nothing."""
    if not queries.times_missing(ids, date.min, today):
        return ""
    days = local_number("missing_again_days", today)
    times = queries.times_missing(ids, today - timedelta(days=days), today)
    if times < local_number("missing_again_times", today):
        return ""
    return f"Missing or away {times} times in {days} days: is a strategy discussion needed?"


def _episode_or_404(person: Person, thread: int) -> MissingEpisode:
    episode = queries.episode_of(thread)
    if episode is None or episode.person_id not in same_person_ids(person):
        raise Http404("No such time missing of this child")
    return episode


def _about(person: Person, title: str, act: str, episode: MissingEpisode | None = None) -> dict[str, Any]:
    child = shown([person.pk])[person.pk]
    return {
        "title": title.format(name=child.name),
        "act": act.format(name=child.name),
        "episode": episode,
        "cancel_url": _story(person),
    }


def _story(person: Person) -> str:
    return reverse("story", args=[person.pk])


def _where_they_may_go(by: User, person: Person) -> str:
    """The child's page, or My work for somebody independent, to whom the record is closed."""
    return _story(person) if can_open(by, person) else reverse("my_work")
