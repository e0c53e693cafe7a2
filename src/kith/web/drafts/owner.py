"""Whose a page's form is: a mark that tells one person's form from another's, and nobody who they are."""

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from kith.record.drafts.permissions import Typist, Visitor
from kith.record.people.models import User

COOKIE = "kith_typist"
_SIGNER = "kith.drafts.typist"


def owner_mark(by: Typist) -> str:
    """What tells one person's form from another's, the same at each sign-in of one person."""
    whose = by.mark if isinstance(by, Visitor) else str(by.pk)
    return salted_hmac("kith.drafts.owner", whose, algorithm="sha256").hexdigest()[:24]


def remember_who_types(request: HttpRequest, response: HttpResponse) -> None:
    """Leave with the browser, until it closes, who was signed in: only for a form sent after that ended.

    It lets nobody in and shows nothing.
    """
    signed = signing.Signer(salt=_SIGNER).sign(str(request.user.pk))
    if request.COOKIES.get(COOKIE) != signed:
        response.set_cookie(
            COOKIE, signed, httponly=True, samesite="Lax", secure=request.is_secure(), max_age=None
        )


def who_typed(request: HttpRequest, mark: str) -> User | None:
    """Who was signed in at this browser last, where a form with this mark was theirs; else None."""
    try:
        pk = signing.Signer(salt=_SIGNER).unsign(request.COOKIES.get(COOKIE, ""))
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    return user if user and constant_time_compare(owner_mark(user), mark) else None
