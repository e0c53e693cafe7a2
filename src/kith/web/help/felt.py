"""Asking somebody of a family how the help felt; they answer by a link, with two taps."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kith.record.access.looking import Together
from kith.record.help.models import FamilyHelp
from kith.record.people.models import Person
from kith.record.refusals import Refused
from kith.record.voice import services
from kith.record.voice.models import AskedAbout
from kith.web.assessing.felt import asked_before, taken_back
from kith.web.assessing.forms import AskForm
from kith.web.help.families import load_family
from kith.web.help.reaching import ways_to_reach_family
from kith.web.task_pages.public import kept_nowhere
from kith.web.who_may import can_open_matter, user_of


@can_open_matter(load_family, power="record_visits")
def help_felt(request: HttpRequest, help: FamilyHelp, children: Together) -> HttpResponse:
    """Ask one person of the family how the help felt; the link to give them is shown once."""
    if taken := taken_back(request, help.thread):
        return taken
    form, link, said = AskForm(request.POST or None), "", ""
    if request.method == "POST" and form.is_valid():
        try:
            asked = services.ask_how_it_felt(
                about=help,
                asked_about=AskedAbout.FAMILY_HELP,
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
        "reach": ways_to_reach_family(user_of(request), children.people),
        "title": "Ask how the help felt",
        "act": "Make a link for them",
        "form": form,
        "link": link,
        "asked_of": said,
        **asked_before(request, help.thread),
        "cancel_url": reverse("help_family", args=[help.thread]),
    }
    answer = render(request, "kith/assessing/ask_felt.html", shown, status=422 if form.errors else 200)
    return kept_nowhere(answer)
