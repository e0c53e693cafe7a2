"""Writing down what somebody told us, about whom; and starting at once where somebody is in danger."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kith.record.frontdoor import services
from kith.record.frontdoor.models import Danger, Message
from kith.record.frontdoor.permissions import can_decide, can_protect_at_once
from kith.record.pathway.alerting import tell_managers_now
from kith.record.pathway.urgent import StartedUrgently, start_urgently
from kith.record.people.models import Person, User
from kith.record.people.permissions import can
from kith.web.drafts.forms import draft_form, with_draft
from kith.web.front_door.forms import WriteContactForm, tellers_with_more
from kith.web.task_pages.doing import carry_out
from kith.web.who_may import power, user_of

PAGE = "kith/front_door/write.html"
CONTACT = draft_form(
    "contact",
    "What somebody told us",
    page=lambda about: _page_of(about),
    children=lambda about: [int(about)] if about.isdecimal() else [],
    power="receive_referrals",
)
URGENT = "It is urgent: somebody is said to be in danger now. Read it."


def _page_of(about: str) -> str:
    address = reverse("write_contact")
    return f"{address}?child={about}" if about.isdecimal() else address


@power("receive_referrals")
def write_contact(request: HttpRequest) -> HttpResponse:
    """Write down a message from anybody about one child or a family; nothing is lost from here on.

    Whoever decides goes on to deciding; the red act starts a section 47 enquiry from who and what.
    """
    user, child = user_of(request), _child_asked(request)
    draft = with_draft(request, CONTACT, about=child.pk if child else "new")
    form = draft.form(WriteContactForm, user=user, child=child)
    context = {
        "title": "Write down what somebody told us",
        "act": "Next: decide" if can("decide_contacts", user) else "Save for a manager to decide",
        "more_of": tellers_with_more(),
        "may_start_now": can_protect_at_once(user),
        "cancel_url": reverse("front_door"),
    }
    if form.is_looking:
        draft.keep()
        form.full_clean = lambda: None  # type: ignore[method-assign]  # looked up, not sent: nothing is missing yet
        return render(request, PAGE, {"form": _unjudged(form), "draft": draft, **context})
    if form.is_urgent:
        return carry_out(
            request, form, lambda said: _start_now(said, user), page=PAGE, to=_after_start,
            said="The enquiry has begun. What was not asked is owed, and stands on My work.",
            context=context, draft=draft,
        )  # fmt: skip
    return carry_out(
        request, form, lambda said: _write(said, user), page=PAGE, to=lambda made: _next(made, user),
        said="It is written down.", context=context, draft=draft,
    )  # fmt: skip


def _child_asked(request: HttpRequest) -> Person | None:
    asked = request.GET.get("child", "")
    return Person.objects.filter(pk=asked).first() if asked.isdecimal() and len(asked) < 20 else None


def _unjudged(form: WriteContactForm) -> WriteContactForm:
    form._errors = {}  # type: ignore[assignment]
    return form


def _write(said: dict[str, Any], user: User) -> Message:
    """The message; what is said against somebody who works with children goes to a file of its own."""
    adult = {name: said.pop(name, "") for name in ("adult_name", "adult_work")}
    alleged = said.pop("allegation", "")
    message = services.write_message(by=user, is_allegation=bool(adult["adult_name"].strip()), **said)
    if message.is_allegation:
        services.tell_allegation(what_was_said=alleged, message=message, by=user, **adult)
    if message.danger == Danger.NOW:
        message = tell_managers_now(message, user, text=URGENT)
    return message


def _next(message: Message, user: User) -> str:
    if can_decide(user, message):
        return reverse("decide", args=[message.thread])
    return reverse("front_door")


def _start_now(said: dict[str, Any], user: User) -> StartedUrgently:
    """The message as it was told, and the enquiry about the same children, with the same words."""
    message = _write({**said, "source": said["source"] or "10"}, user)
    return start_urgently(message=message, suspected_harm=message.what_was_said, by=user)


def _after_start(done: StartedUrgently) -> str:
    return reverse("story", args=[done.persons[0].pk])
