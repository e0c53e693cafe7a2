"""Who may use a page: every view carries its rule as `view.who_may`, and a view without one is refused.

The rule is a decorator, and it is the outermost one:

    @can_open_child
    def story(request, person): ...

A test walks every address of Kith and fails for a view that declares no rule.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Any, Literal, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from kith.record.access.looking import open_record
from kith.record.audit.services import looks_together
from kith.record.once import reading
from kith.record.people import permissions, queries
from kith.record.people.models import Person, Role, User

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Rule:
    """Who may use a view. `roles` is empty unless `who` is "roles"; so is `power` unless it is "power"."""

    who: Literal["anyone", "signed_in", "roles", "power", "can_open_child"]
    roles: frozenset[Role] = frozenset()
    power: str = ""
    anyone_in_demo: bool = False

    def allows(self, user: Any) -> bool:
        """Whether this user may use the view at all; a child is asked about one by one, on opening."""
        if self.who == "anyone" or (self.anyone_in_demo and settings.DEMO):
            return True
        if not user.is_authenticated:
            return False
        if self.who == "roles":
            return bool(self.roles & queries.roles_of(user))
        return self.who != "power" or permissions.can(self.power, user)

    def in_words(self) -> str:
        """Whom the page is for, in words for somebody it is not for."""
        allowed = permissions.powers()[self.power].roles if self.who == "power" else self.roles
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
        with _only_reading(request):
            person = _person_or_404(person_id)
            request.opening_person = person  # type: ignore[attr-defined]  # the refusal's page offers to break the glass
            kept = open_record(user_of(request), person, view.__name__.replace("_", " "))
            return view(request, kept, *args, **kwargs)

    return _guarded(wraps(view)(open_child), Rule("can_open_child"))


def _person_or_404(person_id: int) -> Person:
    """The record that the one of this id is now kept under."""
    try:
        return queries.survivor(Person(pk=person_id))
    except Person.DoesNotExist as missing:
        raise Http404("No such person") from missing


@contextmanager
def _only_reading(request: HttpRequest) -> Iterator[None]:
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
    """The sign-in page, which leads back here; after a form was sent, to the page that held the form."""
    if request.method == "GET":
        return redirect_to_login(request.get_full_path())
    came_from = urlsplit(request.headers.get("Referer", ""))
    is_ours = came_from.netloc == request.get_host()
    return redirect_to_login(came_from._replace(scheme="", netloc="").geturl() if is_ours else "/")
