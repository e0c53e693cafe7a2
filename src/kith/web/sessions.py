"""How long a sign-in lasts: 15 idle minutes, and 12 hours in all. Both are said before they happen.

Fifteen minutes is the sector's own habit for shared offices and cars; twelve hours is one long
shift. Source: docs/decisions on access; ASVS 5.0, V7.3.1 and V7.3.2.
"""

import hashlib
import time
from collections.abc import Callable

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from kith.web.drafts.owner import remember_who_types

IDLE_SECONDS = 15 * 60
ABSOLUTE_SECONDS = 12 * 60 * 60
WARNING_SECONDS = 2 * 60
WRITE_EVERY_SECONDS = 30  # a page with ten requests writes its session once
NOTE_EVERY_SECONDS = 5 * 60  # how old "last seen" may be in the list of where one is signed in
BY_ITSELF = (
    "by-itself"  # in the address of a page that a page asks for, and nobody: it keeps no sign-in alive
)
SIGNED_IN_AT, LAST_SEEN_AT, NOTED = "signed_in_at", "last_seen_at", "noted"


def why_over(signed_in_at: float, last_seen_at: float, now: float) -> str | None:
    """Why this sign-in has ended, in words for the person, or None while it lasts. Times are in seconds."""
    if now - signed_in_at > ABSOLUTE_SECONDS:
        return "You were signed out because you signed in more than 12 hours ago. Sign in again to go on."
    if now - last_seen_at > IDLE_SECONDS:
        return "You were signed out because nothing happened here for 15 minutes. Sign in to go on."
    return None


class SessionLimits:
    """Middleware: ends a sign-in that is over, and notes that the others are in use."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        was_signed_in = request.user.is_authenticated
        if was_signed_in:
            self.check(request, time.time())
        response = self.get_response(request)
        if was_signed_in:
            self.keep_out_of_caches(request, response)
        if request.user.is_authenticated:
            remember_who_types(request, response)
        return response

    def check(self, request: HttpRequest, now: float) -> None:
        session = request.session
        signed_in_at = session.setdefault(SIGNED_IN_AT, now)
        last_seen_at = session.setdefault(LAST_SEEN_AT, now)
        if reason := why_over(signed_in_at, last_seen_at, now):
            logout(request)
            messages.warning(request, reason)
        elif now - last_seen_at > WRITE_EVERY_SECONDS and BY_ITSELF not in request.GET:
            session[LAST_SEEN_AT] = now

    def keep_out_of_caches(self, request: HttpRequest, response: HttpResponse) -> None:
        """A page about a child is kept by no cache; after sign-out the browser's Back button shows none."""
        response.setdefault("Cache-Control", "private, no-store")
        if not request.user.is_authenticated:
            response["Clear-Site-Data"] = '"cache"'


class SignInsInUse:
    """Middleware: keeps the list of where one is signed in, which allauth would write at every request.

    A row is written every few minutes, and at once from another address or browser.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and request.session.session_key:
            self.note(request, time.time())
        return self.get_response(request)

    def note(self, request: HttpRequest, now: float) -> None:
        noted_from, noted_at = request.session.get(NOTED, ("", 0.0))
        comes_from = _comes_from(request)
        if noted_from != comes_from or now - noted_at > NOTE_EVERY_SECONDS:
            UserSession.objects.create_from_request(request)
            request.session[NOTED] = (comes_from, now)


def _comes_from(request: HttpRequest) -> str:
    """The address and the browser a request comes from, as a mark that tells one from another."""
    told = f"{get_adapter().get_client_ip(request)} {request.headers.get('User-Agent', '')}"
    return hashlib.sha256(told.encode()).hexdigest()[:16]
