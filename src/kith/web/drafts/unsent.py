"""What somebody sends after their sign-in has ended is kept for them, and offered once they have signed in.

A browser without scripts cannot ask for the sign-in on top of the page, so the form itself comes here. It is
kept as a draft of whoever was signed in when the page was made (`drafts.owner`), and of nobody else; what has
no such mark (a button without words) is not kept.
"""

import secrets

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse

from kith.record.drafts.policies import TooLong
from kith.record.drafts.services import new_key, save_draft
from kith.record.people.models import Person
from kith.web.drafts.owner import who_typed

FORM = "unsent"
OWNER = "draft_owner"
ADDRESS = "unsent_address"  # where the form was sent, kept with what it held
LONGEST_ADDRESS = 2_000
NOT_KEPT = {"csrfmiddlewaretoken"}


def keep(request: HttpRequest) -> str | None:
    """Keep what was sent for whoever typed it; where it is found after signing in, or None if it is not.

    Files and passwords are not kept.
    """
    user = who_typed(request, request.POST.get(OWNER, ""))
    address = request.get_full_path()
    if user is None or len(address) > LONGEST_ADDRESS or not ratelimit.consume(request, action="keep_unsent"):
        return None
    fields = {
        name: [str(value) for value in values]
        for name, values in request.POST.lists()
        if name not in NOT_KEPT and "password" not in name
    }
    about = secrets.token_urlsafe(16)
    try:
        save_draft(
            by=user, form=FORM, about=about, fields={**fields, ADDRESS: [address]}, revision=0, key=new_key(),
            children=_children(request),
        )  # fmt: skip
    except TooLong:
        return None
    messages.info(request, "What you wrote is kept. Sign in, and you can go on with it.")
    return reverse("unsent", args=[about])


def _children(request: HttpRequest) -> list[int]:
    """The child of the page's address, so that the words are shown only while their record may be opened."""
    try:
        person_id = resolve(request.path_info).kwargs.get("person_id")
    except Resolver404:
        return []
    return [person_id] if person_id and Person.objects.filter(pk=person_id).exists() else []
