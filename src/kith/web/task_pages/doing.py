"""How a page does its act: nothing typed is lost, whether the record refuses or somebody else saved first."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kith.record.audit.services import AuditUnavailable
from kith.record.refusals import NotAllowed, Refused
from kith.record.versions import VersionClash
from kith.web.drafts.forms import OpenDraft
from kith.web.drafts.sent_twice import led_before, once
from kith.web.task_pages.clashing import clash_of, unpicked
from kith.web.task_pages.forms import TaskForm

CLASH_PAGE = "kith/clash.html"


def carry_out(
    request: HttpRequest,
    form: TaskForm,
    do: Callable[[dict[str, Any]], Any],
    *,
    page: str,
    to: str | Callable[[Any], str],
    said: str | Callable[[Any], str],
    context: Mapping[str, Any] | None = None,
    draft: OpenDraft | None = None,
    address_of: Callable[[str], str] | None = None,
) -> HttpResponse:
    """The page of a task, shown or sent: `do` gets the form's answers, and all of it happens or nothing.

    A form sent twice is done once, and leads again where it led. With a `draft` (of `with_draft`) what is
    typed is kept.
    Done: says `said` and leads `to`, each of which may be asked of what `do` gave back. Refused: the page
    again with all that was typed, 403 or 422. Saved by somebody else meanwhile: the clash page, 409.
    A draft keeps where the form led; an address that may not be kept, as it ends in the words of a link, is
    made by `address_of` from what `to` gave.
    """
    shown = {"form": form, "draft": draft, **(context or {})}

    def show(what: str, status: int, **more: Any) -> HttpResponse:
        if draft:
            draft.keep()
        return render(request, what, {**shown, **more}, status=status)

    def lead(address: str, words: str) -> HttpResponse:
        messages.success(request, words)
        return redirect(address_of(address) if address_of else address)

    def act() -> list[str]:
        made = do(form.answers)
        return [to if isinstance(to, str) else to(made), said if isinstance(said, str) else said(made)]

    if request.method != "POST":
        return show(page, 200)
    if before := led_before(request, draft):
        return lead(*before)
    if again := unpicked(form):
        return show(CLASH_PAGE, 409, clash=again)
    if not form.is_valid():
        return show(page, 200 if form.only_fills else 422)
    try:
        with transaction.atomic():
            address, words = draft.finish(act) if draft else once(request, act)
    except VersionClash as clash:
        return show(CLASH_PAGE, 409, clash=clash_of(form, clash))
    except AuditUnavailable:
        raise
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return show(page, 403 if isinstance(refusal, NotAllowed) else 422)
    return lead(address, words)
