"""Looking for help in the directory of services, for a family, a request or a plan."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kith.record.centres import matching
from kith.standards.codes import code_list
from kith.web.who_may import signed_in

LONGEST = 60


@signed_in
def find_help(request: HttpRequest) -> HttpResponse:
    """What there is for a kind of need, or by words; near a place first. It is about nobody."""
    asked = {
        name: request.GET.get(name, "").replace("\0", "")[:LONGEST] for name in ("kind", "near", "q", "plan")
    }
    kinds = code_list("help_needs").valid_on(timezone.localdate())
    is_asked = bool(asked["kind"] or asked["q"])
    found = matching.services_for(asked["kind"], where=asked["near"], said=asked["q"]) if is_asked else []
    return render(request, "kith/help/find_help.html", {
        "title": "Find help", "kinds": [(code.code, code.label) for code in kinds], "found": found,
        "is_asked": is_asked, **asked, "plan": asked["plan"] if asked["plan"].isdigit() else "",
    })  # fmt: skip
