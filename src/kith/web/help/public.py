"""Asking for help, and what happens next: open to the world, without an account, and nothing stays behind."""

from typing import Any

from allauth.core import ratelimit
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from kith.record.clocks.queries import clocks_about
from kith.record.help import services
from kith.record.help.models import HelpRequest
from kith.record.help.queries import request_of
from kith.record.people.local import local_setting
from kith.record.refusals import Refused
from kith.web.drafts.forms import VISIT, draft_form, with_draft
from kith.web.help.centres_near import near_this_week
from kith.web.help.forms.requests import AskForm
from kith.web.task_pages.public import leaves_nothing, public_page
from kith.web.who_may import anyone

ASK = draft_form("ask_for_help", "Ask for help", page=lambda about: reverse("ask_for_help"), is_open=True)
HONEYPOT = "website"  # nobody sees it; what fills it in is no person
ASKED = "help_asked"  # in the session: which visit, which request; "Leave this page" ends the visit


@anyone
@leaves_nothing
def ask_for_help(request: HttpRequest) -> HttpResponse:
    """Six questions, two of which need an answer; no account, and no word of it is shown again."""
    draft = with_draft(request, ASK)
    form = draft.form(AskForm)
    if request.method == "POST" and form.is_valid():
        if request.POST.get(HONEYPOT):
            return redirect("asked_for_help")
        if not ratelimit.consume(request, action="ask_for_help"):
            draft.keep()
            return _page(request, "kith/help/too_often.html", title="Please ring us", status=429)
        try:
            thread = draft.finish(lambda: services.ask_for_help(**form.answers).thread)
        except Refused as refusal:
            form.add_error(None, refusal.outside)
        else:
            request.session[ASKED] = {"visit": request.session[VISIT], "thread": thread}
            return redirect("asked_for_help")
    draft.keep()
    return _page(
        request, "kith/help/ask.html", form=form, draft=draft, title="Ask for help", act="Ask for help",
        honeypot=HONEYPOT, status=422 if form.errors else 200,
    )  # fmt: skip


@anyone
@leaves_nothing
def asked_for_help(request: HttpRequest) -> HttpResponse:
    """What happens next, by when, and what is open near them this week. Nothing that they wrote is here."""
    asked = _asked(request.session)
    if asked is None:
        return redirect("ask_for_help")
    today = timezone.localdate()
    (line,) = clocks_about("help.helprequest", [asked.thread], timezone.now())
    return _page(
        request, "kith/help/asked.html", title="Thank you. We have what you wrote.",
        due=line.due_on, is_today=line.due_on == today, near=near_this_week(asked.where, today),
    )  # fmt: skip


def _asked(session: SessionBase) -> HelpRequest | None:
    """What was asked in this visit; None once somebody left the page, or never asked."""
    told = session.get(ASKED, {})
    is_this_visit = bool(told) and told.get("visit") == session.get(VISIT)
    return request_of(told["thread"]) if is_this_visit else None


def _page(request: HttpRequest, page: str, *, status: int = 200, **shown: Any) -> HttpResponse:
    today = timezone.localdate()
    desk = {"help_desk": local_setting("help_desk", today), "help_phone": local_setting("help_phone", today)}
    return public_page(request, page, {**shown, **desk}, status=status)
