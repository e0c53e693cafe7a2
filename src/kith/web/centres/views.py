"""Running family centres: what is open, who came, who wants a place, what was missing, and the directory."""

import csv
from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kith.record.audit.services import record
from kith.record.centres import queries, services
from kith.record.centres.models import Centre, OpenSession, SignUp
from kith.record.centres.permissions import can_keep_need, can_run
from kith.standards.dates import long_date
from kith.web.centres.forms import (
    CentreForm,
    ChangeCentreForm,
    ChangeSessionForm,
    CountForm,
    DirectoryForm,
    EndForm,
    PlaceForm,
    SessionForm,
    UnmetNeedForm,
)
from kith.web.centres.public import held_or_404
from kith.web.task_pages.doing import carry_out
from kith.web.task_pages.forms import TaskForm
from kith.web.who_may import power, user_of

LARGEST = 10 * 1024 * 1024  # bytes of a file that are read; one more says that it is too large
SHOWN = 100
OF_A_CENTRE = ("name", "address", "postcode", "district", "phone", "access")
OF_A_SESSION = ("name", "what", "for_whom", "opens_at", "closes_at", "places", "languages", "access")
AHEAD = timedelta(days=27)
A_YEAR = timedelta(days=365)
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


@power("run_centres")
def centres(request: HttpRequest) -> HttpResponse:
    """The centres, what is open at each, and the days on which nobody counted who came."""
    today = timezone.localdate()
    found = [
        (centre, [(one, queries.not_counted(one, today)) for one in queries.sessions_at(centre, today)])
        for centre in queries.centres_open(today)
    ]
    return render(request, "kith/centres/centres.html", {"centres": found, "to_tell": queries.to_tell(today)})


@power("run_centres")
def open_centre(request: HttpRequest) -> HttpResponse:
    """Put a family centre on the list."""
    return carry_out(
        request, CentreForm(request.POST or None),
        lambda said: services.open_centre(by=user_of(request), **said),
        page="kith/task.html", to=reverse("centres"), said="The centre is on the list.",
        context={"title": "A family centre", "act": "Open the centre", "cancel_url": reverse("centres")},
    )  # fmt: skip


@power("run_centres")
def run_session(request: HttpRequest, thread: int) -> HttpResponse:
    """Begin something open to families at a centre."""
    centre = _centre_or_404(thread)
    return carry_out(
        request, SessionForm(request.POST or None),
        lambda said: services.run_session(centre=centre, by=user_of(request), **said),
        page="kith/task.html", to=reverse("centres"), said="Families can see it now.",
        context={
            "title": f"Something open at {centre}", "act": "Begin it", "cancel_url": reverse("centres"),
        },
    )  # fmt: skip


@power("run_centres")
def change_centre(request: HttpRequest, thread: int) -> HttpResponse:
    """Change the details of a centre, with a reason; those who have a place there are listed to be told."""
    centre = _centre_or_404(thread)
    held = {name: getattr(centre, name) for name in OF_A_CENTRE}
    form = ChangeCentreForm(request.POST or None, initial=held, seen=[centre])
    return carry_out(
        request, form,
        lambda said: services.change_centre(
            centre=centre, by=user_of(request), expected=form.expected(centre), **said
        ),
        page="kith/task.html", to=reverse("centres"),
        said="Families see it so. Those who have a place are listed until they are told.",
        context={
            "title": f"Change {centre}", "act": "Save the change", "cancel_url": reverse("centres"),
        },
    )  # fmt: skip


@power("run_centres")
def change_session(request: HttpRequest, thread: int) -> HttpResponse:
    """Change the details of a session, with a reason; those who have a place are listed to be told."""
    session, back = _session_or_404(thread), reverse("centre_session", args=[thread])
    held = {name: getattr(session, name) for name in OF_A_SESSION}
    form = ChangeSessionForm(
        request.POST or None, seen=[session],
        initial=held | {"is_bookable": "yes" if session.is_bookable else "no"},
    )  # fmt: skip
    return carry_out(
        request, form,
        lambda said: services.change_session(
            session=session, by=user_of(request), expected=form.expected(session), **said
        ),
        page="kith/task.html", to=back,
        said="Families see it so. Those who have a place are listed until they are told.",
        context={"title": f"Change {session}", "act": "Save the change", "cancel_url": back},
    )  # fmt: skip


@power("run_centres")
def close_centre(request: HttpRequest, thread: int) -> HttpResponse:
    """Close a centre from a day, and all that is open there with it."""
    centre, form = _centre_or_404(thread), EndForm(request.POST or None)
    return carry_out(
        request, form,
        lambda said: services.close_centre(centre=centre, by=user_of(request), **said),
        page="kith/centres/close.html", to=reverse("centres"),
        said=f"{centre} closes. Those who asked for a place are listed until they are told.",
        context={
            "title": f"Close {centre}", "act": "Close the centre", "cancel_url": reverse("centres"),
            "danger": True, "sessions": queries.sessions_at(centre, timezone.localdate()),
        },
    )  # fmt: skip


@power("run_centres")
def centre_session(request: HttpRequest, thread: int) -> HttpResponse:
    """A session: its next days with who wants a place, whom to tell, and what was counted."""
    session, today = _session_or_404(thread), timezone.localdate()
    days = session.days_between(today, today + AHEAD)
    places = {day: queries.sign_ups(session, day) if session.is_bookable else [] for day in days}
    left_out = [date.fromisoformat(day) for day in session.not_on if day >= today.isoformat()]
    return render(request, "kith/centres/session.html", {
        "title": session.name, "session": session, "today": today,
        "days": [(day, each, sum(one.how_many for one in each)) for day, each in places.items()],
        "to_tell": queries.to_tell(today, session), "left_out": left_out,
        "counts": queries.counts_of(session)[:SHOWN], "not_counted": queries.not_counted(session, today),
    })  # fmt: skip


@power("run_centres")
def end_session(request: HttpRequest, thread: int) -> HttpResponse:
    """Say from which day a session is held no more."""
    session, back = _session_or_404(thread), reverse("centre_session", args=[thread])
    form = EndForm(request.POST or None, seen=[session])
    return carry_out(
        request, form,
        lambda said: services.end_session(
            session=session, by=user_of(request), expected=form.expected(session), **said
        ),
        page="kith/task.html", to=back, said="Families see it so.",
        context={"title": f"{session.name} is held no more", "act": "End it", "cancel_url": back},
    )  # fmt: skip


@power("run_centres")
def call_off(request: HttpRequest, thread: int, on: str) -> HttpResponse:
    """Call a session off on one day; whoever has a place is shown, to be told."""
    session, _, day = held_or_404(thread, on)
    form, back = TaskForm(_sent(request), seen=[session]), reverse("centre_session", args=[session.thread])
    return carry_out(
        request, form,
        lambda _: services.leave_out(
            session=session, on=day, by=user_of(request), expected=form.expected(session)
        ),
        page="kith/centres/call_off.html", to=back,
        said=f"It is not held on {long_date(day)}, and families see it so.",
        context={
            "title": f"Call off {session.name} on {long_date(day)}", "act": "Call it off", "danger": True,
            "cancel_url": back, "places": queries.sign_ups(session, day) if session.is_bookable else [],
        },
    )  # fmt: skip


@power("run_centres")
def hold_after_all(request: HttpRequest, thread: int, on: str) -> HttpResponse:
    """Say that a session is held after all on a day that was left out."""
    session, back = _session_or_404(thread), reverse("centre_session", args=[thread])
    if on not in session.not_on:
        raise Http404("That day was not left out")
    day, form = date.fromisoformat(on), TaskForm(_sent(request), seen=[session])
    return carry_out(
        request, form,
        lambda _: services.hold_after_all(
            session=session, on=day, by=user_of(request), expected=form.expected(session)
        ),
        page="kith/task.html", to=back, said=f"It is held on {long_date(day)} after all.",
        context={
            "title": f"{session.name} is held on {long_date(day)} after all", "act": "Hold it after all",
            "cancel_url": back,
        },
    )  # fmt: skip


@power("run_centres")
def place_back(request: HttpRequest, thread: int) -> HttpResponse:
    """Give a place back, for a family that rang or came in."""
    place = _place_or_404(thread)
    form, back = (
        TaskForm(_sent(request), seen=[place]),
        reverse("centre_session", args=[place.session_thread]),
    )
    return carry_out(
        request, form,
        lambda _: services.give_back(place=place, by=user_of(request), expected=form.expected(place)),
        page="kith/centres/place_task.html", to=back, said="The place is free for somebody else.",
        context={
            "title": "Give the place back", "act": "Give the place back", "cancel_url": back, "place": place,
        },
    )  # fmt: skip


@power("run_centres")
def place_told(request: HttpRequest, thread: int) -> HttpResponse:
    """Say that a family was told that a session is not held after all, or what of it changed."""
    place = _place_or_404(thread)
    form, back = (
        TaskForm(_sent(request), seen=[place]),
        reverse("centre_session", args=[place.session_thread]),
    )
    return carry_out(
        request, form,
        lambda _: services.tell_of_change(place=place, by=user_of(request), expected=form.expected(place)),
        page="kith/centres/place_task.html", to=back, said="It is written down that they know.",
        context={
            "title": "They know what changed", "act": "They know", "cancel_url": back, "place": place,
        },
    )  # fmt: skip


@power("run_centres")
def count_who_came(request: HttpRequest, thread: int, on: str) -> HttpResponse:
    """Count who came on a day, in numbers; or put the count right."""
    session, _, day = held_or_404(thread, on)
    before, user = queries.counted(session, day), user_of(request)
    names = ("adults", "under_5", "five_and_over", "first_time")
    initial = {name: getattr(before, name) for name in names} if before else {}
    form = CountForm(request.POST or None, initial=initial, seen=[before] if before else [])

    def count(said: dict[str, Any]) -> Any:
        if before is not None and form.expected(before) is not None:
            return services.correct_count(count=before, by=user, expected=form.expected(before), **said)
        return services.count_who_came(session=session, held_on=day, by=user, **said)

    return carry_out(
        request, form, count, page="kith/task.html", to=reverse("centre_session", args=[session.thread]),
        said="It is counted.",
        context={
            "title": f"Who came to {session.name} on {long_date(day)}?", "act": "Save the count",
            "cancel_url": reverse("centre_session", args=[session.thread]),
        },
    )  # fmt: skip


@power("run_centres")
def place_for(request: HttpRequest, thread: int, on: str) -> HttpResponse:
    """Take a place for a family that rang or came in; a name only if they choose."""
    session, _, day = held_or_404(thread, on)
    back, form = reverse("centre_session", args=[session.thread]), PlaceForm(request.POST or None)
    return carry_out(
        request, form,
        lambda said: services.sign_up(session=session, on=day, by=user_of(request), **form.place),
        page="kith/task.html", to=back, said="They have a place.",
        context={
            "title": f"A place at {session.name} on {long_date(day)}", "act": "Take the place",
            "cancel_url": back,
        },
    )  # fmt: skip


@power("read_unmet_needs")
def unmet_needs(request: HttpRequest) -> HttpResponse:
    """What could not be given in the last year, by kind and place, line by line; and a form for one more."""
    user, since = user_of(request), timezone.localdate() - A_YEAR
    if request.GET.get("form") == "csv":
        record("unmet_needs_taken_away", by=user)
        return _unmet_as_csv()
    return carry_out(
        request, UnmetNeedForm(request.POST or None),
        lambda said: services.keep_unmet_need(by=user, **said),
        page="kith/centres/unmet_needs.html", to=reverse("unmet_needs"), said="It is kept.",
        context={
            "title": "What could not be given", "act": "Keep it", "needs": queries.unmet_needs()[:SHOWN],
            "by_kind": queries.unmet_by_kind(since), "since": since, "may_keep": can_keep_need(user),
            "may_run": can_run(user), "cancel_url": reverse("centres") if can_run(user) else "",
        },
    )  # fmt: skip


def _unmet_as_csv() -> HttpResponse:
    """All that could not be given, a line each, for a spreadsheet: no cell begins as a formula does."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="not-given.csv"'
    answer.write("\ufeff")
    table = csv.writer(answer)
    table.writerow(["noted_on", "kind", "what", "district", "ages"])
    for one in queries.unmet_needs():
        cells = (one.noted_on.isoformat(), one.kind_in_words, one.what, one.district, one.ages)
        table.writerow([f"'{cell}" if cell.startswith(FORMULAS) else cell for cell in cells])
    return answer


@power("run_centres")
def directory(request: HttpRequest) -> HttpResponse:
    """The directory of services, and a form to take in a file of them."""

    def take_in(said: dict[str, Any]) -> Any:
        return services.import_directory(content=said["file"].read(LARGEST + 1), by=user_of(request))

    return carry_out(
        request, DirectoryForm(request.POST or None, request.FILES or None), take_in,
        page="kith/centres/directory.html", to=reverse("directory"),
        said=lambda taken: f"Taken in: {taken.new} new, {taken.changed} changed, {taken.same} as before.",
        context={
            "title": "Directory of services", "act": "Take in the file", "found": queries.directory()[:SHOWN],
            "in_all": queries.directory().count(), "cancel_url": reverse("centres"),
        },
    )  # fmt: skip


def _centre_or_404(thread: int) -> Centre:
    found = queries.centre_of(thread)
    if found is None:
        raise Http404("No such centre")
    return found


def _place_or_404(thread: int) -> SignUp:
    found = queries.place_of(thread)
    if found is None:
        raise Http404("No such place")
    return found


def _sent(request: HttpRequest) -> Any:
    """What was sent, also of a page that asks nothing."""
    return request.POST if request.method == "POST" else None


def _session_or_404(thread: int) -> OpenSession:
    found = queries.session_of(thread)
    if found is None:
        raise Http404("No such session")
    return found
