"""Allegations against people who work with children, for custodians; whoever one is about sees no trace."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kith.record.audit.services import record_read
from kith.record.clocks.queries import clocks_about
from kith.record.frontdoor import services
from kith.record.frontdoor.queries import allegations_for
from kith.web.front_door.forms import PassedForm
from kith.web.task_pages.doing import carry_out
from kith.web.who_may import power, user_of

TABLE = "frontdoor.allegation"


@power("lift_restriction")
def allegations(request: HttpRequest) -> HttpResponse:
    """What was told against people who work with children, with the clock of each."""
    user = user_of(request)
    found = allegations_for(user)
    clocks = {
        line.fact_thread: line for line in clocks_about(TABLE, [one.thread for one in found], timezone.now())
    }
    record_read("allegations_read", by=user, persons=[None], about={"shown": len(found)}, may_journal=False)
    context = {"allegations": [(one, clocks.get(one.thread)) for one in found]}
    return render(request, "kith/front_door/allegations.html", context)


@power("lift_restriction")
def passed(request: HttpRequest, thread: int) -> HttpResponse:
    """Say that an allegation was given to the officer for allegations."""
    user = user_of(request)
    found = next((one for one in allegations_for(user) if one.thread == thread), None)
    if found is None:
        raise Http404("Nothing here")
    form = PassedForm(request.POST or None, seen=[found])
    return carry_out(
        request, form,
        lambda said: services.pass_to_officer(
            allegation=found, by=user, passed_to=said["passed_to"], expected=form.expected(found)
        ),
        page="kith/front_door/short.html", to=reverse("allegations"), said="It is written down.",
        context={
            "title": "The officer for allegations has it", "act": "Save",
            "cancel_url": reverse("allegations"),
        },
    )  # fmt: skip
