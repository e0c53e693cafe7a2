"""Papers of a conference: the invitation, the decision and the record, each for one child or one person."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone

from kith.record.access.looking import Together
from kith.record.people.models import Person
from kith.record.people.queries import name_of, same_person_ids
from kith.record.protection.models import Conference, Invited
from kith.record.protection.queries import dissent_of, invited_to, meetings_of
from kith.web.pdf import can_make_pdf, pdf_response
from kith.web.protecting.arranging import load_invited
from kith.web.protecting.shared_words import read_together
from kith.web.who_may import can_open_child, can_open_matter, user_of

RECORD = "kith/protecting/conference_record.html"
INVITATION = "kith/protecting/invitation.html"


@can_open_child
def conference_record(request: HttpRequest, person: Person, thread: int) -> HttpResponse:
    """What a conference said and decided about one child; with ?pdf, as a paper to send."""
    found = next((pair for pair in meetings_of(same_person_ids(person)) if pair[1].thread == thread), None)
    if found is None or found[1].state != Conference.State.HELD:
        raise Http404("No such record")
    part, one = found
    [shared] = read_together(user_of(request), [found])
    context = {
        "person": person, "name": name_of(person), "part": part, "conference": one, "read": shared.read,
        "people": [each for each in invited_to(thread) if each.came],
        "dissent": dissent_of(same_person_ids(person), thread),
    }  # fmt: skip
    return _paper(request, RECORD, context, f"conference-{person.pk}-{one.held_at:%Y-%m-%d}")


@can_open_matter(load_invited, power="arrange_conferences")
def invitation(request: HttpRequest, found: tuple[Conference, Invited], children: Together) -> HttpResponse:
    """An invitation to a conference; of the family only once they were told in person."""
    one, invited = found
    if children.is_held_back or (invited.is_family and invited.told_on is None):
        raise Http404("Not to be sent yet")
    context = {
        "conference": one, "invited": invited, "from": user_of(request),
        "names": [shown.name for shown in children.people.values()], "today": timezone.localdate(),
    }  # fmt: skip
    return _paper(request, INVITATION, context, f"invitation-{one.planned_for:%Y-%m-%d}")


def _paper(request: HttpRequest, page: str, context: dict[str, Any], name: str) -> HttpResponse:
    """The page, or with ?pdf the same as a PDF where this machine can make one."""
    if "pdf" not in request.GET:
        return render(request, page, context)
    if not can_make_pdf():
        messages.info(
            request, "This machine cannot make a PDF. Print this page instead: it is set for paper."
        )
        return render(request, page, context)
    html = render_to_string(page, {**context, "paper": "kith/paper.html"}, request)
    return pdf_response(request, html, name)
