"""Uploads kept in bounds: what is too large or too many is refused before the form is read."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.exceptions import BadRequest, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

MEGABYTE = 1024 * 1024
TOO_LARGE = 413
View = Callable[[HttpRequest], HttpResponse]
Refusal = Callable[[HttpRequest, str, int], HttpResponse]


def most_sent() -> int:
    """How many megabytes may be sent at once."""
    return settings.LARGEST_UPLOAD // MEGABYTE


def bounded(refused: Refusal) -> Callable[[View], View]:
    """Refuse an upload past the limits by the page that `refused(request, words, status)` gives.

    A file too large is refused before the form's token is read with all the rest; the token is then asked for
    as on every other page.
    """

    def guard(view: View) -> View:
        protected = csrf_protect(view)

        @wraps(view)
        def guarded(request: HttpRequest) -> HttpResponse:
            if _length_sent(request) > settings.LARGEST_UPLOAD:
                words = (
                    f"The files together hold more than {most_sent():,} MB, the most that is sent at once. "
                    "Zip them, or send one year at a time."
                )
                return refused(request, words, TOO_LARGE)
            try:
                return protected(request)
            except TooManyFilesSent:
                words = (
                    f"More than {settings.DATA_UPLOAD_MAX_NUMBER_FILES} files were sent at once. "
                    "Choose the folder of the returns alone, or zip them and send the zip."
                )
                return refused(request, words, TOO_LARGE)

        return csrf_exempt(guarded)

    return guard


def _length_sent(request: HttpRequest) -> int:
    """How many bytes the sender says there are. Raises BadRequest for what is no number."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    if not (said.isascii() and said.isdigit()):
        raise BadRequest("The length of what was sent is not a number.")
    return int(said)
