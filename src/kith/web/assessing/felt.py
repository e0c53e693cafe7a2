"""Asking a family how it felt, and the page on which they answer with two taps and no account."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kith.record.access.links import LinkEnded
from kith.record.access.looking import Together
from kith.record.access.models import OneTimeLink
from kith.record.assessment.models import FamilyAssessment
from kith.record.people.models import Person
from kith.record.refusals import Refused
from kith.record.voice import queries, services
from kith.record.voice.models import AskedAbout, Feeling, Listened
from kith.record.voice.permissions import those_readable
from kith.web.assessing import reading
from kith.web.assessing.forms import AskForm, FeltForm
from kith.web.who_may import by_link, can_open_matter, user_of


@can_open_matter(reading.load, power="record_visits")
def ask_how_it_felt(request: HttpRequest, family: FamilyAssessment, children: Together) -> HttpResponse:
    """Ask one person in the family how the assessment felt; the link to give them is shown once."""
    if taken := taken_back(request, family.thread):
        return taken
    form, link, said = AskForm(request.POST or None), "", ""
    if request.method == "POST" and form.is_valid():
        try:
            asked = services.ask_how_it_felt(
                about=family,
                asked_about=AskedAbout.ASSESSMENT,
                children=[Person(pk=pk) for pk in children.people],
                by=user_of(request),
                **form.answers,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            said = asked.felt.asked_of
            link = request.build_absolute_uri(reverse("how_it_felt", args=[asked.token]))
    shown = {
        "title": "Ask how it felt",
        "act": "Make a link for them",
        "form": form,
        "link": link,
        "asked_of": said,
        **asked_before(request, family.thread),
        "cancel_url": reverse("assessment", args=[family.thread]),
    }
    answer = render(request, "kith/assessing/ask_felt.html", shown, status=422 if form.errors else 200)
    answer["Cache-Control"] = "no-store"
    return answer


def asked_before(request: HttpRequest, thread: int) -> dict[str, Any]:
    """For a page of asking: who was asked about one thing, and which of them may still answer."""
    asked = those_readable(user_of(request), queries.asked_of_those([thread])[thread])
    return {"asked": asked, "open": {link.about_thread for link in queries.open_links(asked)}}


def taken_back(request: HttpRequest, thread: int) -> HttpResponse | None:
    """The same page again once a question was taken back; None where that was not asked. Raises Http404."""
    stop = request.POST.get("stop")
    if stop is None:
        return None
    asked = asked_before(request, thread)["asked"]
    felt = next((one for one in asked if str(one.thread) == stop), None)
    if felt is None:
        raise Http404("Nobody was asked that")
    services.stop_asking(felt=felt, by=user_of(request))
    messages.success(request, f"The link for {felt.asked_of} opens nothing any more.")
    return redirect(request.path)


@by_link(services.LINK)
def how_it_felt(request: HttpRequest, link: OneTimeLink) -> HttpResponse:
    """How did it feel? Each tap is a button of its own, so that two presses are the whole answer."""
    felt = queries.asked_by(link)
    form = FeltForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answers: dict[str, Any] = form.answers
        try:
            felt = services.answer_how_it_felt(link=link, **answers)
        except LinkEnded:
            raise  # used meanwhile, by the same press sent twice: the page of a link that is over
        except Refused as refusal:
            form.add_error(None, refusal.outside)
        else:
            if felt.listened or felt.words:
                return render(request, "kith/assessing/felt_thanks.html", {"title": "Thank you"})
            form = FeltForm()
    shown = {
        "title": "How did it feel?",
        "form": form,
        "felt": felt,
        "about": AskedAbout(felt.asked_about).label,
        "feelings": Feeling.choices,
        "listened": Listened.choices,
    }
    return render(request, "kith/assessing/felt.html", shown, status=422 if form.errors else 200)
