"""Find: one box, names nearly right are enough, and nothing of a restricted person shows."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kith.record.access import looking
from kith.record.people.permissions import can
from kith.record.people.search import SearchRefused
from kith.web.who_may import power, user_of

FEWEST_LETTERS = 2


@power("see_index")
def find(request: HttpRequest) -> HttpResponse:
    """People found by name, id, UPN or date of birth, each with what matched; each name shown is audited.

    People the searcher does not work with show once they say why they look. With htmx, the results alone.
    """
    words, purpose = request.GET.get("q", "").strip(), request.GET.get("why", "")
    context = {
        "q": words,
        "why": purpose if purpose in looking.PURPOSES else "",
        "purposes": looking.PURPOSES,
        "may_register": can("keep_people", user_of(request)),
        "may_decide": can("decide_matches", user_of(request)),
        "too_short": 0 < len(words) < FEWEST_LETTERS,
        **_found(request, words, purpose),
    }
    is_part = request.htmx and not request.htmx.boosted  # type: ignore[attr-defined]
    return render(request, "kith/find/results.html" if is_part else "kith/find/find.html", context)


def _found(request: HttpRequest, words: str, purpose: str) -> dict[str, object]:
    """The results of a search long enough to make, or what is wrong with it."""
    if len(words) < FEWEST_LETTERS:
        return {}
    try:
        found = looking.search(user_of(request), words, purpose if purpose in looking.PURPOSES else "")
    except SearchRefused as refused:
        return {"refused": refused}
    lines = [
        (line, reverse("story" if line.can_open else "break_glass", args=[line.person.person_id]))
        for line in found.lines
    ]
    return {"found": found, "lines": lines}
