"""Saying why something is late, that it is not needed, and asking again at one press."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from kith.record.clocks.queries import DueLine, due_for_people
from kith.record.pathway import chasing
from kith.record.pathway.handing_over import children_with
from kith.record.people.models import Person
from kith.record.people.queries import Shown, merged_under, same_person_ids
from kith.record.workload import services
from kith.record.workload.permissions import can_put_aside
from kith.record.workload.queries import put_aside_for
from kith.web.task_pages.doing import carry_out
from kith.web.who_may import can_act_for, can_open_child, signed_in, user_of
from kith.web.working.forms import ReasonForm
from kith.web.working.whom import of_one_family, with_cover


@can_open_child
def say_why_late(request: HttpRequest, person: Person, clock: str, thread: int, due_on: str) -> HttpResponse:
    """Say why something is late, for the children of the family for whom it is. The day stays as it is."""
    return _ask(
        request, person, (clock, thread, due_on), services.say_why_late,
        title="Why is it late?", asks="Why is it late?", act="Save why it is late",
        said="It is written down why. The day it was due stays as it was.",
    )  # fmt: skip


@can_act_for("decide_on_work")
def put_aside(request: HttpRequest, person: Person, clock: str, thread: int, due_on: str) -> HttpResponse:
    """Decide that nobody has to do something, with the reason; it is due no more."""
    return _ask(
        request, person, (clock, thread, due_on), services.put_aside,
        title="Is it not needed?", asks="Why does nobody have to do this?", act="It is not needed",
        said="It is not due any more, and it is written down why.",
    )  # fmt: skip


@can_act_for("decide_on_work")
def due_again(request: HttpRequest, person: Person, aside: int) -> HttpResponse:
    """Take back that nobody has to do something: it is due again on the day it was due."""
    mine = put_aside_for(same_person_ids(person))
    found = next((one for one in mine if one.said.thread == aside), None)
    if found is None:
        raise Http404("Nothing of this number was put aside for this child")
    back = reverse("story", args=[person.pk])
    return carry_out(
        request, ReasonForm(request.POST or None, asks="Why does it have to be done after all?"),
        lambda told: services.due_again(aside=found.said, because=told["because"], by=user_of(request)),
        page="kith/working/due_again.html", to=back, said="It is due again.",
        context={"title": "It is due again", "act": "It is due again", "aside": found, "cancel_url": back},
    )  # fmt: skip


def _ask(
    request: HttpRequest,
    person: Person,
    of: tuple[str, int, str],
    do: Callable[..., Any],
    *,
    title: str,
    asks: str,
    act: str,
    said: str,
) -> HttpResponse:
    user = user_of(request)
    family = of_one_family(user, person, only=None, where=title)
    lines = _lines(family, of)
    if person.pk not in lines:
        raise Http404("Nothing like this is due for this child")
    whom = [(str(child.person_id), child.name) for child in family if child.person_id in lines]
    form = ReasonForm(request.POST or None, asks=asks, children_of=whom)
    first = lines[person.pk]
    return carry_out(
        request, form,
        lambda told: do(
            lines=[lines[pk] for pk in told.get("children", [person.pk])],
            because=told["because"], by=user,
        ),
        page="kith/working/reason.html", to=reverse("my_work"), said=said,
        context={
            "title": title, "act": act, "line": first, "child": whom[0][1], "person": person,
            "cancel_url": reverse("my_work"), "is_late_page": do is services.say_why_late,
            "aside_url": reverse("put_aside", args=[person.pk, *of]) if can_put_aside(user, [person]) else "",
        },
    )  # fmt: skip


def _lines(family: list[Shown], of: tuple[str, int, str]) -> dict[int, DueLine]:
    """The line asked about for each of these children of whom the same is due on the same day, by kept id.

    The address names the first child's; a brother's or sister's hangs on a fact of their own.
    """
    clock, thread, due_on = of
    root = {pk: kept for kept, ids in merged_under(child.person_id for child in family).items() for pk in ids}
    lines = [
        line
        for line in due_for_people(sorted(root), timezone.now())
        if line.clock == clock and (line.due_on.isoformat() if line.due_on else "none") == due_on
    ]
    if not any(line.fact_thread == thread for line in lines):
        return {}
    asked = {root[line.child_id]: line for line in lines}
    return {**asked, **{root[line.child_id]: line for line in lines if line.fact_thread == thread}}


@can_act_for("decide_on_work")
@require_POST
def chase_late(request: HttpRequest, person: Person, clock: str, thread: int, due_on: str) -> HttpResponse:
    """Ask those who work with a child for what is late, at one press; of brothers and sisters all at once."""
    user = user_of(request)
    family = of_one_family(user, person, only=None, where="asking for what is late")
    found = _lines(family, (clock, thread, due_on))
    late = {pk: line for pk, line in found.items() if line.is_late}
    if person.pk not in late:
        raise Http404("Nothing like this is late for this child")
    own = {person.pk: late.pop(person.pk)}
    told = chasing.chase_late(own | late, by=user, link=reverse("story", args=[person.pk]))
    if told is None:
        messages.warning(request, "Nobody works with them whom you could ask: allocate somebody.")
        return redirect("my_work")
    return _asked_again(request, told)


@signed_in
@require_POST
def chase_assessment(request: HttpRequest, thread: int) -> HttpResponse:
    """Ask the managers again to read an assessment, at one press."""
    return _asked_again(request, chasing.chase_assessment(thread, by=user_of(request)))


@signed_in
@require_POST
def chase_step_up(request: HttpRequest, thread: int) -> HttpResponse:
    """Ask the managers again whether a family needs more help, at one press."""
    link = reverse("help_step_up_decide", args=[thread])
    return _asked_again(request, chasing.chase_step_up(thread, by=user_of(request), link=link))


@signed_in
@require_POST
def chase_action(request: HttpRequest, thread: int) -> HttpResponse:
    """Ask a colleague again for what they took on in a plan, at one press; for the children's own worker."""
    user, today = user_of(request), timezone.localdate()
    theirs = [pk for who in with_cover(user) for pk in children_with(who, today)]
    link = reverse("plan_action_done", args=[thread])
    return _asked_again(request, chasing.chase_action(thread, by=user, person_ids=theirs, link=link))


def _asked_again(request: HttpRequest, told: int | None) -> HttpResponse:
    if told is None:
        raise Http404("Nothing of this number waits for them")
    messages.success(
        request,
        "They are asked again." if told else "They were asked within the last hour: give them a little time.",
    )
    return redirect("my_work")
