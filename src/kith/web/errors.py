"""Every page that says no, in one place: what happened, why, and what to do next."""

import sys
from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse

from kith.record.access.permissions import can_open, is_restricted
from kith.record.audit.services import AuditUnavailable
from kith.record.once import reading
from kith.record.people.permissions import can
from kith.record.refusals import NotAllowed, Refused
from kith.record.versions import VersionClash
from kith.web.who_may import user_of

HEADINGS = {
    NotAllowed: (403, "You may not do this"),
    AuditUnavailable: (503, "Kith cannot show this just now"),
    VersionClash: (409, "Somebody else changed this while you were writing"),
    Refused: (409, "This could not be done"),
}


LARGEST_ID = 2**63 - 1  # a database looks for no larger number, and fails


class Refusals:
    """Middleware: turns what the record refuses into a page, with the status that says so.

    An address with a number that no record can have leads nowhere, whichever it is.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, gaps: dict[str, object]) -> None:
        if any(isinstance(gap, int) and gap > LARGEST_ID for gap in gaps.values()):
            raise Http404("No record has this number")

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        status, heading = next(HEADINGS[kind] for kind in HEADINGS if isinstance(exception, kind))
        words = {"heading": heading, "reason": exception.reason, "next_step": exception.next_step}
        if isinstance(exception, AuditUnavailable):
            return _bare_page(status, **words)
        with reading():  # the act was refused: what is shown of it changes nothing
            return _page(request, status, **words, break_glass_url=_break_glass_url(request, exception))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _bare_page(
        400,
        heading="Kith could not read what was sent",
        reason="The address or the form was not in a shape that Kith knows.",
        next_step="Go back, and try again from the page you were on.",
    )


def not_allowed(request: HttpRequest, exception: PermissionDenied) -> HttpResponse:
    return _page(
        request,
        403,
        heading="You may not open this page",
        reason=str(exception) or "Your role does not include it.",
        next_step="If your work needs it, ask your manager or your administrator to change your role.",
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(
        request,
        404,
        heading="There is no page here",
        reason="The address may be mistyped, or what it led to may have moved.",
        next_step="Check the address, or start again from My work.",
    )


def form_out_of_date(request: HttpRequest, reason: str = "") -> HttpResponse:
    """What Django calls when a form's token is missing or old: mostly a page left open overnight."""
    return _page(
        request,
        403,
        heading="This form is out of date",
        reason="The page was open for a long time, or you signed in again in another window.",
        next_step="Go back: what you typed is still there. Copy it, load the page again, and send it.",
    )


def broken(request: HttpRequest) -> HttpResponse:
    """What Django calls while it deals with a fault; one of the database's passes, and says so."""
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        return _database_away()
    return _bare_page(
        500,
        heading="Something went wrong in Kith",
        reason="This is Kith’s fault, not yours. What you saved before is safe.",
        next_step=(
            "Go back and try once more: what you typed is still in the page. If it goes wrong again, "
            "tell your administrator what you were doing, and the time."
        ),
    )


def _database_away() -> HttpResponse:
    page = _bare_page(
        503,
        heading="Kith’s database does not answer just now",
        reason="It may be starting again, or busy. What you saved before is safe.",
        next_step=(
            "Go back and try again in a minute: what you typed is still in the page. If it goes on, ring "
            "whoever looks after Kith, and work on paper meanwhile where a child cannot wait."
        ),
    )
    page["Retry-After"] = "60"
    return page


def _bare_page(status: int, **words: str) -> HttpResponse:
    return HttpResponse(render_to_string("kith/bare.html", words), status=status)


def _page(request: HttpRequest, status: int, **context: str) -> HttpResponse:
    return render(request, "kith/error.html", context, status=status)


def _break_glass_url(request: HttpRequest, exception: Refused) -> str:
    """Where to give a reason and open this child's record for a time; "" where that would not open it.

    It opens no restricted record, not everybody's role may ask, and where the record is open already the
    refusal was about something else.
    """
    person = getattr(request, "opening_person", None)
    if person is None or not isinstance(exception, NotAllowed) or can_open(user_of(request), person):
        return ""
    if not can("break_glass", user_of(request)) or is_restricted(user_of(request), person):
        return ""
    try:
        return reverse("break_glass", args=[person.pk])
    except NoReverseMatch:
        return ""
