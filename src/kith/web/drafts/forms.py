"""The door through which a page's form keeps what is typed, and writes once however often it is sent.

A form that keeps its drafts is named once, where its view is; `page` finds the page that holds it again,
and `children` says whom it is about, so that nobody is shown a draft about a child they may not open:

    VISIT = draft_form(
        "visit", "A visit",
        page=lambda about: reverse("write_visit", args=[about]),
        children=lambda about: [int(about)],
    )

    @can_open_child
    def write_visit(request, person):
        draft = with_draft(request, VISIT, about=person.pk)
        form = draft.form(VisitForm, children=[person])          # empty, as typed before, or as sent
        if request.method == "POST" and form.is_valid():
            try:
                address = draft.finish(lambda: _write(request, person, form.cleaned_data))
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                return redirect(address)
        draft.keep()                                              # what was sent and not taken is kept
        return render(request, "kith/form.html", {"form": form, "draft": draft, "title": ..., "act": ...})

`_write` calls the services and returns the address to go to; a form sent twice is led to the same address
and writes once. A template with a `<form>` of its own says `<form method="post" data-draft novalidate>` and
has `{% include "components/draft_mark.html" with draft=draft act=act only %}` inside it. Files are not kept.

For somebody who has not signed in (`is_open=True`) the draft lives on the server alone, for half an hour or
until "Leave this page" is pressed; give such a page `never_cache`.
"""

import re
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from allauth.core import ratelimit
from django import forms
from django.forms.utils import ErrorDict
from django.http import HttpRequest, QueryDict
from django.urls import NoReverseMatch, reverse
from django.utils.crypto import salted_hmac
from django.utils.dateparse import parse_datetime

from kith.record.drafts import queries, services
from kith.record.drafts.models import Draft
from kith.record.drafts.permissions import Typist, Visitor
from kith.record.drafts.policies import AlreadySent, SavedElsewhere, TooLong
from kith.record.drafts.services import Made
from kith.record.refusals import NotAllowed
from kith.web.drafts.owner import owner_mark
from kith.web.who_may import user_of

AnyForm = TypeVar("AnyForm", bound=forms.BaseForm)
OURS = "draft_"  # before the name of every field that is the draft's own
NOT_TYPED = "csrfmiddlewaretoken"
VISIT = "visit_mark"
LONGEST_ABOUT = 80
LARGEST_ID = 2**63 - 1  # a database looks for no larger number, and fails


@dataclass(frozen=True)
class DraftForm:
    """A form that keeps its drafts: its name in addresses, and its title in lists of drafts."""

    name: str
    title: str
    page: Callable[[str], str]
    children: Callable[[str], Iterable[int]]
    is_open: bool
    power: str = ""  # by which it is written about children whose record stays closed

    def address(self, about: str) -> str | None:
        """Where the form about this is found; None where there is no such page, or never was."""
        if len(about) > LONGEST_ABOUT or "\0" in about:
            return None
        if any(int(number) > LARGEST_ID for number in re.findall(r"\d+", about)):
            return None
        try:
            self.children(about)
            return self.page(about)
        except (NoReverseMatch, ValueError, LookupError):
            return None

    def is_at(self, path: str, about: str) -> bool:
        """Whether the form about this is the page at this address."""
        try:
            return self.page(about) == path
        except (NoReverseMatch, ValueError, LookupError):
            return False

    def restore(self, by: Typist, about: str) -> Draft | None:
        """This person's unfinished draft, or None; none about a child whom they may no longer open.

        Whom it is about is asked anew: what it is of may have been matched to a child since it was typed.
        """
        found = queries.restore(by=by, form=self.name, about=about, power=self.power)
        if found is None or isinstance(by, Visitor):
            return found
        return found if queries.may_be_shown(by, self.children(about), self.power) else None


FORMS: dict[str, DraftForm] = {}


def draft_form(
    name: str,
    title: str,
    *,
    page: Callable[[str], str],
    children: Callable[[str], Iterable[int]] = lambda about: (),
    is_open: bool = False,
    power: str = "",
) -> DraftForm:
    """Name a form that keeps its drafts; `page` and `children` are given `about` as it is in the address.

    `power` names the one by which the form's page is opened without the record of its children.
    """
    if name in FORMS:
        raise ValueError(f"Two forms keep drafts under the name {name}.")
    FORMS[name] = DraftForm(name, title, page, children, is_open, power)
    return FORMS[name]


def powers_of_forms() -> dict[str, str]:
    """The power of each form that has one, by the form's name."""
    return {of.name: of.power for of in FORMS.values() if of.power}


@dataclass
class OpenDraft:
    """A form on its page: what was typed before, and what is needed to keep what is typed now."""

    request: HttpRequest
    of: DraftForm
    about: str
    by: Typist
    key: str
    revision: int = 0
    saved_at: datetime | None = None  # when what is shown was saved, or None where nothing was
    typed: QueryDict | None = None  # exactly what was typed before
    set_aside: list["SetAside"] = field(default_factory=list)
    is_sent: bool = False

    def form(self, kind: type[AnyForm], **more: Any) -> AnyForm:
        """The form: with what was sent; else with what was typed before, as typed, without complaints; else
        empty, with its `initial`."""
        if self.request.method == "POST":
            return kind(self.request.POST, self.request.FILES, **more)
        if self.typed is None:
            return kind(**more)
        shown = kind(self.typed, **more)
        shown._errors = ErrorDict()  # type: ignore[attr-defined]  # shown, not judged, until it is sent
        return shown

    def finish(self, make: Callable[[], Made]) -> Any:
        """Do what the form is for, once: returns what `make` returned, now or when it was first sent.

        Raises what `make` raises; NotAllowed, where somebody else typed the form; AlreadySent.
        """
        self._check_is_theirs()
        try:
            made = services.finish(by=self.by, form=self.of.name, about=self.about, key=self.key,
                                   fields=typed_in(self.request.POST), make=make)  # fmt: skip
        except AlreadySent:
            self.key, self.revision = services.new_key(), 0
            raise
        self.is_sent = True
        return made

    def keep(self) -> None:
        """Keep what was sent and not taken, for a browser that runs no scripts; nothing on GET."""
        if self.request.method != "POST" or self.is_sent:
            return
        if isinstance(self.by, Visitor) and not ratelimit.consume(self.request, action="save_open_draft"):
            return
        try:
            self._check_is_theirs()
            draft = services.save_draft(
                by=self.by, form=self.of.name, about=self.about, fields=typed_in(self.request.POST),
                revision=self.revision, key=self.key, children=list(self.of.children(self.about)),
            )  # fmt: skip
        except (AlreadySent, SavedElsewhere, TooLong, NotAllowed):
            return  # what was typed is in the page that is shown now
        self.key, self.revision, self.saved_at = draft.key, draft.revision, draft.saved_at

    def _check_is_theirs(self) -> None:
        """Raise NotAllowed where the page was opened by somebody else than who is signed in now."""
        if self.request.POST.get(f"{OURS}owner", self.owner) != self.owner:
            raise NotAllowed(
                "Somebody else was signed in when this form was opened.",
                "It was not sent. Ask them to sign in and send it.",
            )

    @property
    def owner(self) -> str:
        """A mark that tells whose the form is, the same at each sign-in of one person."""
        return owner_mark(self.by)

    @property
    def save_url(self) -> str:
        """Where the page's script saves."""
        if self.of.is_open:
            return reverse("save_open_draft", args=[self.of.name, self.about])
        return reverse("save_draft", args=[self.of.name, self.about])

    @property
    def device_secret(self) -> str:
        """What the device makes its key from while the line is down; "" for a visitor: it keeps nothing."""
        return "" if isinstance(self.by, Visitor) else device_secret(self.by)


@dataclass(frozen=True)
class SetAside:
    """What another tab typed into the same form, for reading."""

    saved_at: datetime | None
    words: list[str]


def with_draft(request: HttpRequest, of: DraftForm, about: object = "new") -> OpenDraft:
    """The draft that this person has of a form about something, to be shown and finished."""
    by = typist_of(request, of)
    found = of.restore(by, str(about))
    if request.method == "POST":
        return _as_sent(request, of, str(about), by)
    if found is None:
        return OpenDraft(request, of, str(about), by, services.new_key())
    return OpenDraft(
        request, of, str(about), by, found.key, found.revision, found.saved_at,
        as_typed(found), [_readable(each) for each in found.set_aside],
    )  # fmt: skip


def typist_of(request: HttpRequest, of: DraftForm) -> Typist:
    """Who types: the person signed in, or for an open form the visit."""
    if not of.is_open:
        return user_of(request)
    mark = request.session.setdefault(VISIT, secrets.token_urlsafe(24))
    return Visitor(salted_hmac("kith.drafts.visit", mark, algorithm="sha256").hexdigest())


def typed_in(sent: QueryDict) -> dict[str, list[str]]:
    """What somebody typed of what a form sends: every value under each name, in order."""
    return {
        name: [str(value) for value in values]
        for name, values in sent.lists()
        if name != NOT_TYPED and not name.startswith(OURS)
    }


def as_typed(draft: Draft) -> QueryDict:
    """The draft as the form would send it."""
    typed = QueryDict(mutable=True)
    for name, values in draft.fields.items():
        typed.setlist(name, values)
    return typed


def device_secret(user: Any) -> str:
    """What a device makes its key from; told only to pages of this person, signed in, and kept nowhere."""
    return salted_hmac("kith.drafts.device", str(user.pk), algorithm="sha256").hexdigest()


def _as_sent(request: HttpRequest, of: DraftForm, about: str, by: Typist) -> OpenDraft:
    key, revision = as_key(request.POST.get(f"{OURS}key")), request.POST.get(f"{OURS}revision", "")
    seen = int(revision) if revision.isascii() and revision.isdecimal() and len(revision) < 10 else 0
    return OpenDraft(request, of, about, by, key or services.new_key(), seen)


def as_key(sent: object) -> str:
    """What was sent as a key or a tab, of the letters that these are made of alone; "" where nothing was."""
    return re.sub(r"[^A-Za-z0-9_-]", "", str(sent or ""))[:64]


def _readable(each: dict[str, Any]) -> SetAside:
    words = [value for values in each["fields"].values() for value in values if value.strip()]
    return SetAside(parse_datetime(each["saved_at"]), words)
