"""Kith's own small pages: health, keys, staying signed in."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kith.web.who_may import anyone, signed_in


@anyone
def health(request: HttpRequest) -> HttpResponse:
    """ "well" when Kith and its database answer; 503 and "no database" when it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("no database", status=503, content_type="text/plain")
    return HttpResponse("well", content_type="text/plain")


@signed_in
def stay(request: HttpRequest) -> HttpResponse:
    """Say that somebody is still here; the session notes it."""
    request.session["last_seen_at"] = timezone.now().timestamp()
    return HttpResponse("signed in", content_type="text/plain")


@signed_in
def keys(request: HttpRequest) -> HttpResponse:
    """The keys, as a page, for those whose browser runs no scripts."""
    return render(request, "kith/keys.html")
