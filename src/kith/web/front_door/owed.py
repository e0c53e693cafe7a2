"""Where each kind of thing owed is done, saying that one is not needed, and who told a family."""

from collections.abc import Callable, Iterable, Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from kith.record.access.looking import show_names
from kith.record.frontdoor.services import say_family_is_told
from kith.record.owed import services
from kith.record.owed.models import Owed
from kith.record.owed.permissions import can_answer_for
from kith.record.owed.queries import persons_of
from kith.record.owed.what import whats
from kith.record.people.models import User
from kith.web.areas import brought
from kith.web.front_door.forms import ToldForm, WithdrawForm
from kith.web.task_pages.doing import carry_out
from kith.web.who_may import signed_in, user_of

PageOf = Callable[[Owed, Iterable[int]], str]


def pages() -> Mapping[str, PageOf]:
    """Where each kind of thing owed is done, as the areas say."""
    return {what: page for area in brought("owed_pages") for what, page in area.PAGES.items()}


@signed_in
def not_needed(request: HttpRequest, owed: int) -> HttpResponse:
    """Say why something owed need not be done: for who owes it and managers; to others it is not there."""
    user = user_of(request)
    found = _theirs_or_404(user, owed)
    form = WithdrawForm(request.POST or None, seen=[found])
    return carry_out(
        request, form,
        lambda said: services.not_needed(
            owed=found, by=user, because=said["because"], expected=form.expected(found)
        ),
        page="kith/front_door/not_needed.html", to=reverse("my_work"), said="It is no longer owed.",
        context={
            "title": "This is not needed", "act": "Say why", "cancel_url": reverse("my_work"),
            "words": whats()[found.what].words, "children": _about(user, found),
        },
    )  # fmt: skip


@signed_in
def family_told(request: HttpRequest, owed: int) -> HttpResponse:
    """Say who told the family what was decided, or why nobody did; for whoever owes it and managers."""
    user = user_of(request)
    found = _theirs_or_404(user, owed)
    if found.what != "family_told" or found.fact_table != "frontdoor.decision" or not found.is_open:
        raise Http404("No family is to be told by this")
    return carry_out(
        request, ToldForm(request.POST if request.method == "POST" else None),
        lambda said: say_family_is_told(left=found, by=user, **said),
        page="kith/front_door/family_told.html", to=reverse("my_work"), said="It is on record.",
        context={
            "title": "Who told the family?", "act": "Save who told them", "cancel_url": reverse("my_work"),
            "planned": found.because, "children": _about(user, found),
        },
    )  # fmt: skip


def _theirs_or_404(user: User, thread: int) -> Owed:
    found: Owed | None = Owed.current.filter(thread=thread).first()
    if found is None or not can_answer_for(user, found):
        raise Http404("Nothing of that number is owed by this person")
    return found


def _about(user: User, owed: Owed) -> str:
    """The names of whom something owed is about, each written down as shown; "" where nobody is known."""
    people = persons_of(owed)
    names = show_names(user, people, where="what is owed") if people else {}
    return ", ".join(one.name for one in names.values())
