"""A partner answers three questions, without an account; the page shows the least that lets them look."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from kith.record.access.models import OneTimeLink
from kith.record.refusals import Refused
from kith.record.sharing import services
from kith.record.sharing.models import Ask
from kith.record.sharing.queries import ask_of
from kith.record.sharing.services import PARTNER_ANSWER
from kith.web.drafts.forms import draft_form, with_draft
from kith.web.front_door.forms import AnswerForm
from kith.web.task_pages.public import public_page
from kith.web.who_may import anyone, by_link

ANSWER = draft_form("partner-answer", "An answer to three questions", page=lambda about: "/", is_open=True)


@by_link(PARTNER_ANSWER)
def partner_answer(request: HttpRequest, link: OneTimeLink) -> HttpResponse:
    """Answer one question at least, or say that the family is not known; the link is used up by it."""
    ask = ask_of(link.about_thread)
    assert ask is not None  # a link is made with its question, which is never taken away
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
         "form": form, "draft": draft},
        status=422 if form.errors else 200,
    )  # fmt: skip


def _answer(link: OneTimeLink, said: dict[str, Any]) -> str:
    answered: Ask = services.answer_ask(link=link, **said)
    return str(answered.thread)


@anyone
def partner_answered(request: HttpRequest) -> HttpResponse:
    """Thanks; nothing of what was answered is shown again."""
    return public_page(request, "kith/partners/answered.html", {"title": "Thank you"})
