"""Where drafts are saved, listed and thrown away, and where a sign-in on top of a page ends."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from allauth.core import ratelimit
from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kith.record.access.looking import show_names
from kith.record.access.permissions import is_restricted
from kith.record.drafts import queries, services
from kith.record.drafts.models import Draft
from kith.record.drafts.permissions import Typist
from kith.record.drafts.policies import AlreadySent, SavedElsewhere, TooLong
from kith.record.people.models import Person, User
from kith.record.people.queries import kept_ids
from kith.record.refusals import NotAllowed, Refused
from kith.web.drafts import unsent
from kith.web.drafts.forms import (
    FORMS,
    OURS,
    VISIT,
    DraftForm,
    as_key,
    draft_form,
    powers_of_forms,
    typist_of,
)
from kith.web.drafts.owner import owner_mark
from kith.web.who_may import anyone, power, signed_in, user_of

LARGEST_SENT = 4_000_000  # bytes; JSON needs more room than what it holds
OLD = timedelta(days=14)
MOST_SAVES = 2**53
PART_KEPT = "Part of what you wrote here before is kept from you now."
CLOSED = "It is about somebody whose record you may not open. What you type now stays in this page."
LEFT_FOR = 60 * 60  # seconds, longer than any request is on its way


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def save_draft(request: HttpRequest, form: str, about: str) -> HttpResponse:
    """Keep what the page's script sends; on GET, what is kept. JSON, also where it is refused."""
    of = _form_or_404(form, about, is_open=False)
    return _answer(request, of, about, user_of(request))


@anyone
@never_cache
@require_http_methods(["GET", "POST"])
def save_open_draft(request: HttpRequest, form: str, about: str) -> HttpResponse:
    """The same for somebody who has not signed in."""
    of = _form_or_404(form, about, is_open=True)
    if not ratelimit.consume(request, action="save_open_draft"):
        return _refused(429, "Kith is asked for too much from here just now.", "It is tried again by itself.")
    by = typist_of(request, of)
    answer = _answer(request, of, about, by)
    if cache.get(_left(by)):  # somebody left while this was on its way
        services.end_visit(by=by)
    return answer


@anyone
@never_cache
@require_POST
def leave_page(request: HttpRequest) -> HttpResponse:
    """Forget all that a visitor typed, at once, and show something else; Back shows an empty form."""
    if VISIT in request.session:
        by = typist_of(request, _VISITS)
        cache.set(_left(by), True, LEFT_FOR)
        services.end_visit(by=by)
        del request.session[VISIT]
    return render(request, "kith/drafts/elsewhere.html")


_VISITS = DraftForm("", "", page=str, children=lambda about: (), is_open=True)


def _left(by: Typist) -> str:
    """The mark that somebody left the page, for what they typed last and what may still come."""
    return f"left:{owner_mark(by)}"


@dataclass(frozen=True)
class DraftLine:
    """One unfinished draft in a person's list."""

    title: str
    names: str
    saved_at: datetime
    url: str
    form: str
    about: str
    is_old: bool
    pk: int


@signed_in
def my_drafts(request: HttpRequest) -> HttpResponse:
    """What this person began to write and has not sent."""
    return render(request, "kith/drafts/drafts.html", {"drafts": draft_lines(user_of(request))})


def draft_lines(user: User) -> list[DraftLine]:
    """This person's unfinished drafts, the newest first, for a list; each name shown is written down."""
    drafts = [draft for draft in queries.unfinished_of(user, powers_of_forms()) if draft.form in FORMS]
    return [line for line in _lines(user, drafts) if line]


def _lines(user: User, drafts: Sequence[Draft]) -> list[DraftLine | None]:
    about = {pk for draft in drafts for pk in draft.children}
    shown = show_names(user, about, where="drafts") if about else {}
    names = {pk: shown[kept].name for pk, kept in kept_ids(about).items() if kept in shown}
    return [_line(draft, FORMS[draft.form].address(draft.about), names) for draft in drafts]


@signed_in
def throw_draft_away(request: HttpRequest, form: str, about: str) -> HttpResponse:
    """Ask once, and then forget one draft, because the person says so."""
    if form not in FORMS or FORMS[form].address(about) is None:
        raise Http404("No form of this name keeps drafts.")
    if request.method != "POST":
        return render(request, "kith/drafts/throw_away.html", {"back": reverse("my_drafts")})
    services.throw_away(by=user_of(request), form=form, about=about)
    return redirect("my_drafts")


UNSENT = draft_form(
    unsent.FORM,
    "Sent after the sign-in had ended",
    page=lambda about: reverse("unsent", args=[about]),
)


@signed_in
@never_cache
def sent_too_late(request: HttpRequest, about: str) -> HttpResponse:
    """What this person sent after their sign-in had ended, to be sent now; on POST, sent on to its own page.

    The browser is told to send the same form to the page that it was made for, which does all it does.
    """
    draft = queries.restore(by=user_of(request), form=unsent.FORM, about=about)
    address = next(iter(draft.fields.get(unsent.ADDRESS, [])), "") if draft else ""
    if draft is None or not url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        raise Http404("Nothing of this number was kept for this person")
    if any(is_restricted(user_of(request), Person(pk=pk)) for pk in _about_whom(address)):
        raise Http404("Nothing of this number was kept for this person")
    if request.method == "POST":
        services.throw_away(by=user_of(request), form=unsent.FORM, about=about)
        return HttpResponse(status=307, headers={"Location": address})
    is_own = draft.fields.get(unsent.OWNER) == [owner_mark(user_of(request))]
    held = {
        name: values
        for name, values in draft.fields.items()
        if name != unsent.ADDRESS and (is_own or not name.startswith(OURS))  # else of whoever took it over
    }
    fields = [(name, value) for name, values in held.items() for value in values]
    words = [value for name, value in fields if not name.startswith(OURS) and _is_written(value)]
    return render(
        request, "kith/drafts/unsent.html",
        {"fields": fields, "words": words, "draft": draft, "address": address},
    )  # fmt: skip


def _about_whom(address: str) -> list[int]:
    """The ids of the people whom a page is about, that a form was sent to: they are asked of anew."""
    path = urlsplit(address).path
    try:
        page = resolve(path)
    except Resolver404:
        return []
    about_whom = getattr(page.func, "about_whom", None)
    ids = list(about_whom(**page.kwargs)) if about_whom else []
    for about in map(str, page.kwargs.values()):
        for of in FORMS.values():
            if of.is_at(path, about) and of.address(about):
                ids += of.children(about)
    return list(dict.fromkeys(ids))


def _is_written(value: str) -> bool:
    """Whether somebody wrote this, and did not tick it."""
    return " " in value.strip()


@power("cover_for_others")
def left_unsent(request: HttpRequest) -> HttpResponse:
    """What people this manager looks after, who have left or are away, began to write and did not send."""
    return render(request, "kith/drafts/left.html", {"left": left_lines(user_of(request))})


@power("cover_for_others")
@require_POST
def take_over(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Go on with what a colleague who has left or is away began to write; each child counts as looked at."""
    draft = Draft.objects.filter(pk=draft_id, finished_at=None).exclude(user=None).first()
    if draft is None or draft.form not in FORMS:
        raise Http404("Nothing of this number waits to be sent")
    try:
        taken = services.take_over(draft=draft, by=user_of(request), power=FORMS[draft.form].power)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("left_unsent")
    messages.success(request, "It is yours to send now. What was typed is as they left it.")
    return redirect(FORMS[taken.form].address(taken.about) or "my_drafts")


def left_lines(manager: User) -> list[tuple[User, list[DraftLine]]]:
    """Each colleague who has left or is away, with what they did not send; each name shown is audited."""
    left = queries.left_unsent(manager, timezone.localdate(), powers_of_forms())
    drafts = [draft for draft in left if draft.form in FORMS]
    lines: dict[User, list[DraftLine]] = {}
    for draft, line in zip(drafts, _lines(manager, drafts), strict=True):
        if line and draft.user:
            lines.setdefault(draft.user, []).append(line)
    return sorted(lines.items(), key=lambda pair: pair[0].name.casefold())


@signed_in
@never_cache
def signed_in_here(request: HttpRequest) -> JsonResponse:
    """Where signing in on top of a page ends: who it is now, and a token for the forms of that page."""
    user = user_of(request)
    return JsonResponse(
        {"owner": owner_mark(user), "name": user.name or user.email, "token": get_token(request)}
    )


def _form_or_404(name: str, about: str, *, is_open: bool) -> DraftForm:
    of = FORMS.get(name)
    if of is None or of.is_open != is_open or of.address(about) is None:
        raise Http404("No form of this name keeps drafts.")
    return of


def _answer(request: HttpRequest, of: DraftForm, about: str, by: Typist) -> HttpResponse:
    if request.method == "GET":
        draft = of.restore(by, about)
        return JsonResponse(_told(draft) if draft else {"revision": 0})
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_SENT:
        return _refused(
            413, "This form holds more than a million letters.", "Make it shorter, or add it as a document."
        )
    sent = _read(request)
    if sent is None:
        return _refused(400, "Kith could not read what was sent.", "Load the page again.")
    if sent["owner"] != owner_mark(by):
        return _refused(
            403, "Somebody else is signed in now.", "What you typed is not saved under their name."
        )
    return _saved(of, about, by, sent)


def _saved(of: DraftForm, about: str, by: Typist, sent: dict[str, Any]) -> HttpResponse:
    kept = {name: sent[name] for name in ("fields", "revision", "key", "tab", "saves_of_tab")}
    try:
        if sent["take_mine"]:
            services.go_on_with(by=by, form=of.name, about=about, tab=sent["tab"])
        draft = services.save_draft(
            by=by, form=of.name, about=about, children=list(of.children(about)), **kept
        )
    except TooLong as refusal:
        return _refused(413, refusal.reason, refusal.next_step)
    except NotAllowed as refusal:
        return _refused(403, refusal.reason, refusal.next_step)
    except AlreadySent as refusal:
        return _refused(
            410, refusal.reason, refusal.next_step, key=services.new_key(), is_same=refusal.is_same
        )
    except SavedElsewhere as clash:
        if of.restore(by, about) is None:
            return _refused(403, PART_KEPT, CLOSED)
        return _refused(409, clash.reason, clash.next_step, **_told(clash.draft))
    is_late = draft.fields != sent["fields"]  # a late save changed nothing
    if is_late and of.restore(by, about) is None:
        return _refused(403, PART_KEPT, CLOSED)
    return JsonResponse(_told(draft, with_fields=is_late))


def _told(draft: Draft, *, with_fields: bool = True) -> dict[str, Any]:
    told = {"revision": draft.revision, "saved_at": draft.saved_at.isoformat(), "key": draft.key}
    return {**told, "fields": draft.fields} if with_fields else told


def _refused(status: int, reason: str, next_step: str, **more: Any) -> JsonResponse:
    return JsonResponse({"reason": reason, "next_step": next_step, **more}, status=status)


def _read(request: HttpRequest) -> dict[str, Any] | None:
    """What the script sent, each part of the shape that it has to have; None where one is not."""
    try:
        sent = json.loads(request.body)
        fields = {
            str(name)[:200]: [str(value) for value in values] for name, values in dict(sent["fields"]).items()
        }
        return {
            "fields": fields,
            "revision": max(int(sent["revision"]), 0),
            "saves_of_tab": min(max(int(sent.get("saves_of_tab", 0)), 0), MOST_SAVES),
            "key": as_key(sent["key"]) or services.new_key(),
            "tab": as_key(sent.get("tab"))[:40],
            "owner": str(sent.get("owner", "")),
            "take_mine": bool(sent.get("take_mine")),
        }
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
        return None


def _line(draft: Draft, url: str | None, names: dict[int, str]) -> DraftLine | None:
    if url is None:
        return None
    return DraftLine(
        title=FORMS[draft.form].title,
        names=", ".join(names[pk] for pk in draft.children if pk in names),
        saved_at=draft.saved_at,
        url=url,
        form=draft.form,
        about=draft.about,
        is_old=timezone.now() - draft.saved_at > OLD,
        pk=draft.pk,
    )
