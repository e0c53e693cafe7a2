"""What every page needs to look like Kith: its style sheets, its scripts, and where one may go."""

from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from kith.record.drafts.services import new_key
from kith.web.drafts.owner import owner_mark
from kith.web.navigation import find_url, links_for
from kith.web.sessions import IDLE_SECONDS, WARNING_SECONDS

DESIGN_SYSTEM = ("built/design-system.css", "built/ministry-of-justice.css")
PLAIN = ("kith/plain.css",)  # where node was not found: our own hand-written stand-in
OURS = ("kith/kith.css", "kith/drafts.css")
BUILT_SCRIPT = "built/govuk-frontend.js"


@cache
def is_built() -> bool:
    """Whether `python -m kith.web.build_assets` has made the design system's styles here."""
    return all(finders.find(name) for name in DESIGN_SYSTEM)


def stylesheets() -> tuple[str, ...]:
    """The style sheets of a page, in order, as names of static files."""
    return (DESIGN_SYSTEM if is_built() else PLAIN) + OURS


def scripts() -> tuple[str, ...]:
    """The scripts of a page, in order; every page also works with none."""
    built = (BUILT_SCRIPT,) if is_built() else ()
    return (*built, "django_htmx/htmx-2.min.js", "kith/kith.js", "kith/drafts.js")


def look(request: HttpRequest) -> dict[str, Any]:
    """The context of every template."""
    navigation = SimpleLazyObject(lambda: links_for(request))
    return {
        "stylesheets": stylesheets(),
        "scripts": scripts(),
        "navigation": navigation,
        "find_url": SimpleLazyObject(lambda: find_url(navigation)),
        "form_owner": SimpleLazyObject(lambda: _owner(request)),
        "form_key": SimpleLazyObject(new_key),
        "is_demo": settings.DEMO,
        "idle_seconds": IDLE_SECONDS,
        "warning_seconds": WARNING_SECONDS,
    }


def _owner(request: HttpRequest) -> str:
    """The mark of whose form this is; "" for somebody who has not signed in."""
    return owner_mark(request.user) if request.user.is_authenticated else ""
