"""Papers of a conference: the record about one child, and the invitation of somebody who is not family.

What goes to the family is a letter (`protecting/letters.py`): it asks for whom it is.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone

from kith.record.access.looking import Together
from kith.record.audit.services import record
from kith.record.people.models import Person
from kith.record.people.queries import name_of, same_person_ids
from kith.record.protection.models import Conference, Invited
from kith.record.protection.queries import dissent_of, invited_to, meetings_of
from kith.web.letters.views import ACT
from kith.web.pdf import can_make_pdf, pdf_response
from kith.web.protecting.conferences import load_invited
from kith.web.protecting.shared_words import invited_as_read, one_as_read, read_together
from kith.web.who_may import can_open_child, can_open_matter, user_of

RECORD = "kith/protecting/conference_record.html"
INVITATION = "kith/protecting/invitation.html"


@can_open_child
def conference_record(request: HttpRequest, person: Person, thread: int) -> HttpResponse:
    """What a conference said and decided about one child, to be read; on paper it is a letter."""
    found = next((pair for pair in meetings_of(same_person_ids(person)) if pair[1].thread == thread), None)
    if found is None or found[1].state != Conference.State.HELD:
        raise Http404("No such record")
    part, one = found
    [shared] = read_together(user_of(request), [found])
    came = [] if shared.read.is_hidden else [each for each in invited_to(thread) if each.came]
    context = {
        "person": person, "name": name_of(person), "part": part, "conference": one, "read": shared.read,
        "people": invited_as_read(user_of(request), came, shared.read),
        "dissent": dissent_of(same_person_ids(person), thread),
    }  # fmt: skip
    return render(request, RECORD, context)


@can_open_matter(load_invited, power="arrange_conferences")
def invitation(request: HttpRequest, found: tuple[Conference, Invited], children: Together) -> HttpResponse:
    """An invitation to a conference; one of the family gets theirs as a letter, once told in person.

    Nobody else's is for anybody but whom it names: that it was made is written down with their name.
    """
    one, invited = found
    if children.is_held_back or (invited.is_family and invited.told_on is None):
        raise Http404("Not to be sent yet")
    if invited.is_family:
        return redirect("letter", next(iter(children.people)), "invitation", invited.thread)
    context = {
        "conference": one, "invited": one_as_read(user_of(request), invited), "from": user_of(request),
        "names": [shown.name for shown in children.people.values()], "today": timezone.localdate(),
    }  # fmt: skip
    if request.method != "POST":
        return render(request, INVITATION, context)
    about = {"letter": "invitation", "thread": invited.thread, "title": "Invitation", "to": invited.name}
    for pk in children.people:
        record(ACT, by=user_of(request), person=pk, about=about)
    html = render_to_string(INVITATION, {**context, "paper": "kith/paper.html"}, request)
    if not can_make_pdf():
        return HttpResponse(html, headers={"Cache-Control": "private, no-store"})
    return pdf_response(request, html, f"invitation-{one.planned_for:%Y-%m-%d}")
