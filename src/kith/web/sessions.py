"""How long a sign-in lasts: 15 idle minutes, and 12 hours in all. Both are said before they happen.

Fifteen minutes is the sector's own habit for shared offices and cars; twelve hours is one long
shift. Source: docs/decisions on access; ASVS 5.0, V7.3.1 and V7.3.2.
"""

import time
from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

IDLE_SECONDS = 15 * 60
ABSOLUTE_SECONDS = 12 * 60 * 60
WARNING_SECONDS = 2 * 60
WRITE_EVERY_SECONDS = 30  # a page with ten requests writes its session once
SIGNED_IN_AT, LAST_SEEN_AT = "signed_in_at", "last_seen_at"


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
        return response

    def check(self, request: HttpRequest, now: float) -> None:
        session = request.session
        signed_in_at = session.setdefault(SIGNED_IN_AT, now)
        last_seen_at = session.setdefault(LAST_SEEN_AT, now)
        if reason := why_over(signed_in_at, last_seen_at, now):
            logout(request)
            messages.warning(request, reason)
        elif now - last_seen_at > WRITE_EVERY_SECONDS:
            session[LAST_SEEN_AT] = now

    def keep_out_of_caches(self, request: HttpRequest, response: HttpResponse) -> None:
        """A page about a child is kept by no cache; after sign-out the browser's Back button shows none."""
        response.setdefault("Cache-Control", "private, no-store")
        if not request.user.is_authenticated:
            response["Clear-Site-Data"] = '"cache"'
