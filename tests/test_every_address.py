"""Every address of Kith, asked for as nobody and as every role: each answers as its rule says."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from kith.record.people.models import Person, Role, User, UserRole
from kith.web.drafts.forms import FORMS

pytestmark = pytest.mark.django_db


def addresses(patterns: list[Any] | None = None, before: str = "") -> Iterator[tuple[str, Any]]:
    """(route, view) of every address."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern.callback


def filled(route: str, person: Person) -> str:
    """The route with a real person's number, and a 1 or a word for every other gap."""
    gaps = {
        "<int:person_id>": str(person.pk),
        "<str:table>": "care.placement",
        "<str:kind>": "903",
        "<str:indicator>": "children_in_care",
        "<str:form>": "csv",
        "<str:topic>": "care",
    }
    for gap, value in gaps.items():
        route = route.replace(gap, value)
    while "<" in route:
        start, end = route.index("<"), route.index(">")
        value = "1" if route[start:].startswith("<int:") else "word"
        route = route[:start] + value + route[end + 1 :]
    return f"/{route.removeprefix('^').removesuffix('$')}"


ROUTES = list(addresses())
SIGN_IN = "/accounts/login/"


def user_with(role: Role) -> User:
    user = User.objects.create_user(f"{role}@example.test", "not-a-real-word-7", name=role.label)
    UserRole.objects.create(user=user, role=role, started_on=date(2020, 1, 1))
    return user


@pytest.mark.parametrize("route", [route for route, _ in ROUTES])
def test_every_address_says_who_may_use_it(route: str) -> None:
    view = dict(ROUTES)[route]
    assert getattr(view, "who_may", None) is not None, (
        f"/{route} has no rule: give its view one of kith.web.who_may"
    )


def client_of_everybody() -> Client:
    """Somebody signed in who holds every role."""
    user = user_with(Role.SOCIAL_WORKER)
    UserRole.objects.bulk_create(
        UserRole(user=user, role=role, started_on=date(2020, 1, 1))
        for role in set(Role) - {Role.SOCIAL_WORKER}
    )
    client = Client(raise_request_exception=False)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_number_that_no_record_can_have_leads_nowhere() -> None:
    client = client_of_everybody()
    for route in [route for route, _ in ROUTES if "<int:" in route]:
        address = filled(re.sub("<int:[a-z_]+>", str(2**63), route), Person(pk=1))
        for answer in (client.get(address), client.post(address)):
            assert answer.status_code == 404, f"{address} answered {answer.status_code}"


@pytest.mark.parametrize("typed", ["9" * 30, str(2**63), f"1-{2**63}", str(2**63 - 1), "²", "1-2-3"])
def test_no_address_breaks_on_a_word_that_is_a_number_too_large(typed: str) -> None:
    client = client_of_everybody()
    addresses = [re.sub("<str:[a-z_]+>", typed, route) for route, _ in ROUTES if "<str:" in route]
    forms = [f"drafts/{'open/' if form.is_open else ''}{name}/{typed}/" for name, form in FORMS.items()]
    for address in [filled(one, Person(pk=1)) for one in [*addresses, *forms]]:
        assert client.get(address).status_code < 500, address


@pytest.mark.parametrize("route", [route for route, _ in ROUTES])
def test_nobody_gets_in_without_signing_in(route: str, client: Client) -> None:
    address, rule = filled(route, Person.objects.create()), dict(ROUTES)[route].who_may
    for answer in (client.get(address), client.post(address)):
        if rule.who == "anyone":
            assert answer.status_code < 500
        elif rule.who == "by_link":
            assert answer.status_code == 404, f"{address} answered a link that nobody made"
        else:
            assert answer.status_code == 302, f"{address} answered {answer.status_code} to somebody unknown"
            assert answer["Location"].startswith(SIGN_IN)


def test_one_who_may_and_one_who_may_not_get_what_the_rule_gives() -> None:
    """Every address, by one role that its rule lets in and by one that it does not: each role in its turn."""
    users, person = [user_with(role) for role in Role], Person.objects.create()
    turns: dict[bool, int] = {True: 0, False: 0}
    for route, view in ROUTES:
        for may in (True, False):
            found = [user for user in users if view.who_may.allows(user) is may]
            if found:
                gets_what_its_rule_gives(found[turns[may] % len(found)], route, view, person)
                turns[may] += 1
    assert min(turns.values()) > 100


@pytest.mark.slow
@pytest.mark.parametrize("role", list(Role), ids=str)
def test_each_role_gets_what_its_rule_gives(role: Role) -> None:
    user, person = user_with(role), Person.objects.create()
    for route, view in ROUTES:
        gets_what_its_rule_gives(user, route, view, person)


def gets_what_its_rule_gives(user: User, route: str, view: Any, person: Person) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    answer, rule = client.get(filled(route, person)), view.who_may
    assert answer.status_code < 500, f"/{route} broke for {user.name}"
    if not rule.allows(user):
        assert answer.status_code == 403, f"/{route} let {user.name} in"
    elif rule.who in {"roles", "power"} or rule.is_independent:
        assert answer.status_code != 403, f"/{route} kept {user.name} out"
    elif rule.who in {"can_open_child", "can_act_for"}:
        assert answer.status_code == 403, f"/{route} opened a stranger's record to {user.name}"
