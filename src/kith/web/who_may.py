"""Who may use a page: every view carries its rule as `view.who_may`, and a view without one is refused.

The rule is a decorator, and it is the outermost one:

    @can_open_child
    def story(request, person): ...

A test walks every address of Kith and fails for a view that declares no rule.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from inspect import signature
from typing import Any, Literal, cast
from urllib.parse import urlsplit

from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from kith.record.access import links
from kith.record.access.looking import open_for_one_act, open_record, open_together
from kith.record.access.permissions import can_open
from kith.record.audit.services import looks_together
from kith.record.once import reading
from kith.record.people import permissions, queries
from kith.record.people.models import Person, Role, User
from kith.record.versions import VersionClash
from kith.web.drafts import unsent

View = Callable[..., HttpResponse]
Load = Callable[..., tuple[Any, Iterable[int]] | None]
GoesOn = Callable[[User, Any], bool]


@dataclass(frozen=True)
class Rule:
    """Who may use a view. `roles` is empty unless `who` is "roles"; `power` is "" where none is asked for.

    `is_independent`: with the power, a child's record need not be theirs to open.
    """

    who: Literal[
        "anyone", "by_link", "signed_in", "roles", "power", "can_open_child", "can_act_for", "can_open_matter"
    ]
    roles: frozenset[Role] = frozenset()
    power: str = ""
    anyone_in_demo: bool = False
    is_independent: bool = False

    def allows(self, user: Any) -> bool:
        """Whether this user may use the view at all; a child or a link is asked about on opening."""
        if self.who in {"anyone", "by_link"} or (self.anyone_in_demo and settings.DEMO):
            return True
        if not user.is_authenticated:
            return False
        if self.who == "roles":
            return bool(self.roles & queries.roles_of(user))
        return not self.power or permissions.can(self.power, user)

    def in_words(self) -> str:
        """Whom the page is for, in words for somebody it is not for."""
        allowed = permissions.powers()[self.power].roles if self.power else self.roles
        names = sorted(str(Role(role).label).lower() for role in allowed)
        return "This page is for: " + ", ".join(names) + "."


def anyone(view: View) -> View:
    """Open to the world: the sign-in page, the health check, asking for help."""
    view.who_may = Rule("anyone")  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """For everybody who works here."""
    return _guarded(view, Rule("signed_in"))


def roles(*allowed: Role, anyone_in_demo: bool = False) -> Callable[[View], View]:
    """For people who hold one of these roles today."""
    return lambda view: _guarded(view, Rule("roles", frozenset(allowed), anyone_in_demo=anyone_in_demo))


def power(name: str) -> Callable[[View], View]:
    """For people whose role gives them this power (the table in `people/data/powers.csv`)."""
    permissions.powers()[name]  # a power that is not in the table stops the start
    return lambda view: _guarded(view, Rule("power", power=name))


def can_open_child(view: View) -> View:
    """For those who may open this child's record (D8); the address gives `person_id`, the view gets `person`.

    The look is written down under the view's name, before anything the view made is shown; the view gets
    the kept person where records were merged. Raises the access room's NotAllowed, which `kith.web.errors`
    turns into a page.
    """

    def open_child(request: HttpRequest, person_id: int, *args: Any, **kwargs: Any) -> HttpResponse:
        with only_reading(request):
            person = _person_or_404(person_id)
            request.opening_person = person  # type: ignore[attr-defined]  # the refusal's page offers to break the glass
            kept = open_record(user_of(request), person, view.__name__.replace("_", " "))
            return view(request, kept, *args, **kwargs)

    return _guarded(wraps(view)(open_child), Rule("can_open_child"))


def can_act_for(power: str, *, independent: bool = False) -> Callable[[View], View]:
    """For those who have a power and may open this child's record; as `can_open_child` in all else.

    `independent`: for the power alone, of a child they do not work with (a chair, a panel). The record
    stays closed to them: the page shows what the act needs, and the look is written down as that.
    """
    permissions.powers()[power]  # a power that is not in the table stops the start

    def decorate(view: View) -> View:
        def act_for(request: HttpRequest, person_id: int, *args: Any, **kwargs: Any) -> HttpResponse:
            with only_reading(request):
                person = _person_or_404(person_id)
                user, why = user_of(request), view.__name__.replace("_", " ")
                if independent and not can_open(user, person):
                    kept = open_for_one_act(user, person, power, why)
                else:
                    request.opening_person = person  # type: ignore[attr-defined]  # as `can_open_child`
                    kept = open_record(user, person, why)
                return view(request, kept, *args, **kwargs)

        rule = Rule("can_act_for", power=power, is_independent=independent)
        return _guarded(wraps(view)(act_for), rule)

    return decorate


def can_open_matter(
    load: Load, *, power: str = "", independent: bool = False, goes_on: GoesOn | None = None
) -> Callable[[View], View]:
    """For a page about several children at once, to those who may open the record of one of them.

    `load` takes the gaps of the address that it names, and gives the thing and the ids of the people it is
    about, or None where there is none (404). The view gets the thing and a `looking.Together`: only those
    children whom this person may open, each look at them written down; then the gaps `load` did not take.
    With `power` only to those who have it, and to them also where it is about nobody known yet.
    `independent`: with that power, of children they do not work with too, as in `can_act_for`; `goes_on`
    says the same of one thing for one person: whoever wrote it.
    """
    if power:
        permissions.powers()[power]
    taken = signature(load).parameters

    def decorate(view: View) -> View:
        def open_matter(request: HttpRequest, **gaps: Any) -> HttpResponse:
            with only_reading(request):
                found = load(**{name: gap for name, gap in gaps.items() if name in taken})
                if found is None:
                    raise Http404("No such thing")
                matter, person_ids = found[0], list(found[1])
                if person_ids:
                    request.opening_person = Person(pk=person_ids[0])  # type: ignore[attr-defined]
                why = view.__name__.replace("_", " ")
                user = user_of(request)
                closed = independent or (goes_on is not None and goes_on(user, matter))
                children = open_together(user, person_ids, why, power=power, independent=closed)
                left = {name: gap for name, gap in gaps.items() if name not in taken}
                return view(request, matter, children, **left)

        def about_whom(**gaps: Any) -> list[int]:
            found = load(**{name: gap for name, gap in gaps.items() if name in taken})
            return list(found[1]) if found else []

        rule = Rule("can_open_matter", power=power, is_independent=independent)
        guarded = _guarded(wraps(view)(open_matter), rule)
        guarded.about_whom = about_whom  # type: ignore[attr-defined]  # the people of an address, unopened
        return guarded

    return decorate


def by_link(kind: str) -> Callable[[View], View]:
    """For whoever holds a link of this kind, without an account; the address gives `token`, the view `link`.

    A link that is not ours is 404, one that is over 410, in plain words, and a page that is asked for too
    often 429: nobody finds a link by trying. Where a link ends while somebody writes, what they sent is
    shown to them, to be kept. The page is kept by no browser, and its address goes to no other site. The
    service that takes the answer calls `links.use_link` in its own transaction.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def follow(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponse:
            too_often = ratelimit.consume_or_429(request, action="one_time_link", limit_get=True)
            answer = too_often or _followed(view, kind, request, token, *args, **kwargs)
            answer["Cache-Control"] = "no-store"
            answer["Referrer-Policy"] = "same-origin"  # with none at all, browsers send no origin with a form
            answer["X-Robots-Tag"] = "noindex"
            return answer

        follow.who_may = Rule("by_link")  # type: ignore[attr-defined]
        return follow

    return decorate


def _followed(
    view: View, kind: str, request: HttpRequest, token: str, *args: Any, **kwargs: Any
) -> HttpResponse:
    try:
        return view(request, links.read_link(kind, token), *args, **kwargs)
    except links.LinkUnknown as refusal:
        return render(request, "kith/link_over.html", {"refusal": refusal}, status=404)
    except links.LinkEnded as refusal:
        shown = {"refusal": refusal, "written": _written(request)}
        return render(request, "kith/link_over.html", shown, status=410)
    except VersionClash as clash:
        shown = {"refusal": clash, "changed": clash.outside, "written": _written(request)}
        return render(request, "kith/link_over.html", shown, status=409)


def _written(request: HttpRequest) -> list[str]:
    """What somebody wrote in the form that they sent, in their words; marks and single words are left out."""
    sent = [value.strip() for _, values in request.POST.lists() for value in values]
    return [value for value in sent if len(value.split()) > 1]


def _person_or_404(person_id: int) -> Person:
    """The record that the one of this id is now kept under."""
    try:
        return queries.survivor(Person(pk=person_id))
    except Person.DoesNotExist as missing:
        raise Http404("No such person") from missing


@contextmanager
def only_reading(request: HttpRequest) -> Iterator[None]:
    """While a page is only read, each thing is asked once, and its looks are written together.

    They are written before the page leaves here, so that nothing unwritten is shown.
    """
    if request.method not in {"GET", "HEAD"}:
        yield
        return
    with reading(), queries.remembering_roles(), looks_together():
        yield


def _guarded(view: View, rule: Rule) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if rule.allows(request.user):
            return view(request, *args, **kwargs)
        if not request.user.is_authenticated:
            return sign_in_and_come_back(request)
        raise PermissionDenied(rule.in_words())

    guarded.who_may = rule  # type: ignore[attr-defined]
    return guarded


def user_of(request: HttpRequest) -> User:
    """The person signed in. Only for views whose rule asks for one."""
    return cast(User, request.user)


def sign_in_and_come_back(request: HttpRequest) -> HttpResponse:
    """The sign-in page, which leads back here; after a form was sent, to what it held, else to its page."""
    if request.method == "GET":
        return redirect_to_login(request.get_full_path())
    if kept := unsent.keep(request):
        return redirect_to_login(kept)
    came_from = urlsplit(request.headers.get("Referer", ""))
    is_ours = came_from.netloc == request.get_host()
    return redirect_to_login(came_from._replace(scheme="", netloc="").geturl() if is_ours else "/")
