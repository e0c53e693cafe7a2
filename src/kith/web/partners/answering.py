"""A partner answers three questions, without an account; the page shows the least that lets them look."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from kith.record.access.models import OneTimeLink
from kith.record.clocks.queries import clocks_about
from kith.record.frontdoor.queries import message_of
from kith.record.refusals import Refused
from kith.record.sharing import services
from kith.record.sharing.models import Ask
from kith.record.sharing.services import PARTNER_ANSWER
from kith.standards.dates import long_date
from kith.web.drafts.forms import draft_form, with_draft
from kith.web.front_door.forms import AnswerForm
from kith.web.task_pages.public import public_page
from kith.web.who_may import anyone, by_link

MESSAGE = "frontdoor.message"
BEFORE_DECIDING = (
    "By then a manager has to decide what happens for this family, and decides with what has come by then."
)
AFTER_DECIDING = "Whoever works with this family plans with what you tell."
ANSWER = draft_form("partner-answer", "An answer to three questions", page=lambda about: "/", is_open=True)


@by_link(PARTNER_ANSWER)
def partner_answer(request: HttpRequest, link: OneTimeLink) -> HttpResponse:
    """Answer one question at least, or say that the family is not known; the link is used up by it."""
    ask = services.asked_by_link(link)
    draft = with_draft(request, ANSWER, about=link.pk)
    form = draft.form(AnswerForm)
    if request.method == "POST" and form.is_valid():
        try:
            draft.finish(lambda: _answer(link, form.answers))
        except Refused as refusal:
            form.add_error(None, refusal.outside)
        else:
            return redirect("partner_answered")
    draft.keep()
    return public_page(
        request, "kith/partners/answer.html",
        {"title": "Three questions about a family", "act": "Send my answer", "ask": ask, "link": link,
         "form": form, "draft": draft, **needed_by(ask)},
        status=422 if form.errors else 200,
    )  # fmt: skip


def needed_by(ask: Ask) -> dict[str, str]:
    """When the answer is needed, and why then, in sentences: before the link ends, which is another day."""
    now = timezone.now()
    lines = [line for line in clocks_about("sharing.ask", [ask.thread], now) if line.due_on]
    message = message_of(ask.about_thread) if ask.about_table == MESSAGE else None
    waits = message is not None and message.is_waiting
    of_message = clocks_about(MESSAGE, [ask.about_thread], now) if waits else []
    decided_by = [line for line in of_message if line.due_on and line.is_open and line.fact_table == MESSAGE]
    first = min([*lines, *decided_by], key=lambda line: (line.due_on, line.due_at is None), default=None)
    if first is None or first.due_on is None:
        return {}
    at = f", {timezone.localtime(first.due_at):%H:%M}" if first.due_at else ""
    day = f"{long_date(first.due_on)}{at}"
    is_past = first.due_at < now if first.due_at else first.due_on < timezone.localdate(now)
    return {
        "needed": f"We needed your answer by {day}: it still helps." if is_past else f"We need it by {day}.",
        "needed_because": BEFORE_DECIDING if waits else AFTER_DECIDING,
    }


def _answer(link: OneTimeLink, said: dict[str, Any]) -> str:
    answered: Ask = services.answer_ask(link=link, **said)
    return str(answered.thread)


@anyone
def partner_answered(request: HttpRequest) -> HttpResponse:
    """Thanks; nothing of what was answered is shown again."""
    return public_page(request, "kith/partners/answered.html", {"title": "Thank you"})
