"""What is open this week and the directory, for everybody: no account, no name, and nothing stays behind."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from kith.record.access.models import OneTimeLink
from kith.record.centres import queries, services
from kith.record.centres.models import Centre, OpenSession
from kith.record.refusals import NotPossible
from kith.web.centres.forms import PlaceForm
from kith.web.drafts.forms import draft_form, with_draft
from kith.web.task_pages.doing import carry_out
from kith.web.task_pages.public import leaves_nothing, public_page
from kith.web.who_may import anyone, by_link

HONEYPOT = "website"  # nobody sees it; what fills it in is no person
SERVICES_A_PAGE, MOST_A_PAGE = 50, 500
LONGEST_NEAR = 60


def _page_of(about: str) -> str:
    thread, _, on = about.partition("-")
    return reverse("take_place", args=[int(thread), on])


PLACE = draft_form("take_place", "A place at a session", page=_page_of, is_open=True)


@anyone
@require_GET
@leaves_nothing
def open_sessions(request: HttpRequest) -> HttpResponse:
    """What is open to families in the next seven days, near a place if they say one."""
    near = request.GET.get("near", "").replace("\0", "")[:LONGEST_NEAR]
    today = timezone.localdate()
    return public_page(request, "kith/centres/open_sessions.html", {
        "title": "Open this week", "held": queries.sessions_this_week(today, near), "near": near,
        "called_off": queries.called_off(today, today + queries.A_WEEK),
    })  # fmt: skip


@anyone
@leaves_nothing
def take_place(request: HttpRequest, thread: int, on: str) -> HttpResponse:
    """A place at a session on a day, for a family that gives no more of itself than it chooses."""
    session, centre, day = held_or_404(thread, on)
    if request.POST.get(HONEYPOT):
        return redirect("open_sessions")
    draft = with_draft(request, PLACE, about=f"{session.thread}-{on}")

    form = draft.form(PlaceForm)

    made_now: dict[int, str] = {}

    def take(said: dict[str, Any]) -> int:
        if not ratelimit.consume(request, action="take_place"):
            raise NotPossible(
                "Many places were taken from here today, so this page cannot take another one just now.",
                f"Please ring the centre{f' on {centre.phone}' if centre.phone else ''}: they are glad to "
                "keep a place for you.",
            )
        place, token = services.sign_up_with_link(session=session, on=day, **form.place)
        made_now[place.thread] = token
        return place.thread

    def place_page(kept: str) -> str:
        return _place_page(request, int(kept or 0), made_now)

    held = queries.held_on(session, centre, day)
    return carry_out(
        request, form, take, draft=draft, page="kith/centres/take_place.html",
        to=str, address_of=place_page, said="You have a place.",
        context={"title": session.name, "act": "Take the place", "held": held, "honeypot": HONEYPOT},
    )  # fmt: skip


def _place_page(request: HttpRequest, thread: int, made_now: Mapping[int, str]) -> str:
    """The page of a place, by the link just made; sent again, by a new one, as no link's words are kept."""
    place = queries.place_of(thread)
    token = made_now.get(thread)
    may_ask = token is None and place is not None and place.on >= timezone.localdate()
    if may_ask and place and ratelimit.consume(request, action="take_place"):
        token = services.link_to(place)
    return reverse("my_place", args=[token]) if token else reverse("open_sessions")


@by_link(services.LINK)
@leaves_nothing
def my_place(request: HttpRequest, link: OneTimeLink) -> HttpResponse:
    """The place a family has, where and when; it gives the place back here if it cannot come."""
    place = queries.place_of(link.about_thread)
    session = queries.session_of(place.session_thread) if place else None
    centre = queries.centre_of(session.centre_thread) if session else None
    if place is None or session is None or centre is None:
        raise Http404("No such place")
    if request.method == "POST":
        services.give_back_by_link(link=link)
        messages.success(request, "The place is free for somebody else. Thank you.")
        return redirect("open_sessions")
    return public_page(request, "kith/centres/my_place.html", {
        "title": "You have a place" if session.is_held_on(place.on) else "This is not held after all",
        "is_held": session.is_held_on(place.on) and not place.given_back_at,
        "is_given_back": bool(place.given_back_at), "place": place,
        "held": queries.held_on(session, centre, place.on), "phone": centre.phone,
    })  # fmt: skip


def held_or_404(thread: int, on: str) -> tuple[OpenSession, Centre, date]:
    """A session, its centre, and one of its days."""
    session = queries.session_of(thread)
    try:
        day = date.fromisoformat(on)
    except ValueError:
        raise Http404("No such day") from None
    centre = queries.centre_of(session.centre_thread) if session else None
    if session is None or centre is None or not session.is_held_on(day):
        raise Http404("Nothing is held then")
    return session, centre, day


@anyone
@require_GET
def directory_services(request: HttpRequest) -> HttpResponse:
    """The services of the directory as Open Referral UK publishes them, page by page."""
    number = _whole(request.GET.get("page", ""), 1)
    size = min(_whole(request.GET.get("per_page", ""), SERVICES_A_PAGE), MOST_A_PAGE)
    found = queries.directory()
    shown = found[(number - 1) * size : number * size]
    page = services.page_of([one.as_given for one in shown], number=number, size=size, in_all=found.count())
    return _open_data(page)


@anyone
@require_GET
def directory_service(request: HttpRequest, source_id: str) -> HttpResponse:
    """One service of the directory, by the id of whoever publishes it."""
    found = queries.service_of(source_id.replace("\0", ""))
    if found is None:
        return _open_data({"error": "No such service"}, status=404)
    return _open_data(found.as_given)


def _open_data(content: Any, status: int = 200) -> HttpResponse:
    """JSON that any page of the world may read, as the standard asks."""
    answer = JsonResponse(content, status=status)
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _whole(text: str, otherwise: int) -> int:
    is_number = text.isascii() and text.isdigit() and len(text) < 7
    return max(int(text), 1) if is_number else otherwise
