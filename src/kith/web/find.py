"""Find: one box, names nearly right are enough, and nothing of a restricted person shows."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kith.record.access import looking
from kith.web.who_may import signed_in

FEWEST_LETTERS = 2


@signed_in
def find(request: HttpRequest) -> HttpResponse:
    """People found by name, id, UPN or date of birth, each with what matched.

    With htmx, the results alone. Each name shown is audited.
    """
    words = request.GET.get("q", "").strip()
    found = looking.search(request.user, words, "find") if len(words) >= FEWEST_LETTERS else None
    page = "kith/find/results.html" if request.htmx and not request.htmx.boosted else "kith/find/find.html"
    return render(request, page, {"q": words, "found": found, "too_short": 0 < len(words) < FEWEST_LETTERS})
