"""A report for a conference by somebody without an account: the link for it, and the page it opens."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kith.record.access.looking import Together
from kith.record.access.models import OneTimeLink
from kith.record.protection import services
from kith.record.protection.models import Conference, Invited
from kith.record.refusals import Refused
from kith.web.drafts.forms import draft_form, with_draft
from kith.web.protecting.conferences import held_back, load_invited
from kith.web.protecting.forms.conferences import ReportForm
from kith.web.protecting.shared_words import one_as_read
from kith.web.task_pages.forms import TaskForm
from kith.web.task_pages.public import public_page
from kith.web.who_may import by_link, can_open_matter, user_of

REPORT = draft_form("conference-report", "A report for a conference", page=lambda about: "/", is_open=True)


@can_open_matter(load_invited, power="arrange_conferences")
def report_link(request: HttpRequest, found: tuple[Conference, Invited], children: Together) -> HttpResponse:
    """Make a link for one report; its address is shown once, to be sent by whoever made it."""
    if children.is_held_back:
        return held_back(request, children)
    one, invited = found
    form, made, status = TaskForm(request.POST if request.method == "POST" else None), "", 200
    if request.method == "POST" and form.is_valid():
        try:
            new = services.make_report_link(invited=invited, expires_at=one.planned_for, by=user_of(request))
        except Refused as refusal:
            form.add_error(None, str(refusal))
            status = 422
        else:
            made = request.build_absolute_uri(reverse("write_report", args=[new.token]))
    shown = one_as_read(user_of(request), invited)
    context = {
        "title": f"A link for {shown.name}’s report", "act": "Make the link", "form": form, "made": made,
        "conference": one, "invited": shown, "cancel_url": reverse("conference", args=[one.thread]),
    }  # fmt: skip
    return render(request, "kith/protecting/report_link.html", context, status=status)


@by_link("conference_report")
def write_report(request: HttpRequest, link: OneTimeLink) -> HttpResponse:
    """Write a report for a conference. The page names no child: whoever was asked knows whom it is about."""
    draft = with_draft(request, REPORT, about=link.pk)
    form = draft.form(ReportForm)
    context = {
        "title": "Your report for a child protection conference", "act": "Send the report", "form": form,
        "draft": draft,
    }  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            draft.finish(lambda: _sent(link, form.cleaned_data["report"]))
        except Refused as refusal:
            form.add_error(None, refusal.outside)
        else:
            return public_page(request, "kith/protecting/report_sent.html")
    draft.keep()
    return public_page(
        request, "kith/protecting/write_report.html", context, status=422 if form.errors else 200
    )


def _sent(link: OneTimeLink, report: str) -> str:
    return str(services.send_report(link=link, report=report).thread)
