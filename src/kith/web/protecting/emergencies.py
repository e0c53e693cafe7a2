"""Powers that protect a child at once: begun, extended, ended, to the hour."""

from datetime import time
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kith.record.clocks.queries import clocks_for
from kith.record.people.models import Person
from kith.record.people.queries import name_of, same_person_ids
from kith.record.protection import permissions, services
from kith.record.protection.models import EmergencyStep
from kith.record.protection.queries import emergency_steps_of
from kith.standards.working_days import in_london
from kith.web.protecting.family import family_of
from kith.web.protecting.forms.emergencies import EndEmergencyForm, ExtendForm, emergency_form
from kith.web.task_pages.doing import carry_out
from kith.web.who_may import can_act_for, can_open_child, user_of


@can_open_child
def emergency(request: HttpRequest, person: Person) -> HttpResponse:
    """The emergency powers used for a child, and until when each lasts."""
    due = {line.fact_thread: line for line in clocks_for(person, timezone.now()) if line.clock[:2] == "EM"}
    steps = [(one, due.get(one.thread)) for one in reversed(emergency_steps_of(same_person_ids(person)))]
    extended = {one.extends_thread for one, _ in steps}
    context = {
        "person": person, "name": name_of(person), "steps": steps, "extended": extended,
        "may_use": permissions.can_use_emergency_powers(user_of(request), [person]),
    }  # fmt: skip
    return render(request, "kith/protecting/emergency.html", context)


@can_act_for("use_emergency_powers")
def use_emergency_power(request: HttpRequest, person: Person) -> HttpResponse:
    """Write down that children are protected by an emergency power, from a day and an hour."""
    user, family = user_of(request), family_of(request, person, "use emergency power")
    form = emergency_form(family.options)(request.POST or None)

    def use(said: dict[str, Any]) -> list[EmergencyStep]:
        hour: time | None = said.pop("began_at")
        began_at = in_london(said["began_on"], hour) if hour else None
        children = family.persons(said.pop("children"))
        return services.use_emergency_power(children=children, began_at=began_at, by=user, **said)

    return carry_out(
        request, form, use, page="kith/task.html", to=reverse("emergency", args=[person.pk]),
        said="It is on record. Its clock runs.",
        context={
            "title": "Protected at once", "act": "Record the power", "danger": True,
            "cancel_url": reverse("story", args=[person.pk]),
        },
    )  # fmt: skip


def _step_or_404(person: Person, thread: int) -> EmergencyStep:
    for one in emergency_steps_of(same_person_ids(person)):
        if one.thread == thread:
            return one
    raise Http404("No such power")


@can_act_for("use_emergency_powers")
def extend_emergency_order(request: HttpRequest, person: Person, thread: int) -> HttpResponse:
    """A court extended an emergency protection order, which it may once."""
    step, user = _step_or_404(person, thread), user_of(request)
    return carry_out(
        request, ExtendForm(request.POST or None),
        lambda said: services.extend_emergency_order(step=step, by=user, **said),
        page="kith/task.html", to=reverse("emergency", args=[person.pk]), said="The extension is on record.",
        context={
            "title": "Extend the emergency protection order", "act": "Record the extension",
            "cancel_url": reverse("emergency", args=[person.pk]),
        },
    )  # fmt: skip


@can_act_for("use_emergency_powers")
def end_emergency_power(request: HttpRequest, person: Person, thread: int) -> HttpResponse:
    """Say when a power ended, and what keeps the child safe now."""
    step, user = _step_or_404(person, thread), user_of(request)
    form = EndEmergencyForm(request.POST or None, seen=[step])
    return carry_out(
        request, form,
        lambda said: services.end_emergency_power(
            step=step, by=user, expected=form.expected(step), **said
        ),
        page="kith/task.html", to=reverse("emergency", args=[person.pk]), said="It is on record.",
        context={
            "title": f"{step.get_kind_display()} ended", "act": "Record the ending",
            "cancel_url": reverse("emergency", args=[person.pk]),
        },
    )  # fmt: skip
