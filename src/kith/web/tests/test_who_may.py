"""Every address declares who may use it, and the rules hold."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from kith.record.access import permissions
from kith.record.people.models import Person, Role, User, UserRole
from kith.record.refusals import NotAllowed
from kith.web import who_may
from kith.web.addresses import every_address
from kith.web.who_may import Rule

TODAY = timezone.localdate()
OPEN_TO_ALL = {
    "account_login", "account_logout", "mfa_authenticate", "demo_sign_in", "health"
}  # fmt: skip


def test_every_address_declares_who_may_use_it():
    rules = {str(a.pattern): getattr(a.callback, "who_may", None) for a in every_address()}
    assert {address for address, rule in rules.items() if not isinstance(rule, Rule)} == set()


def test_nothing_is_open_to_the_world_but_what_has_to_be():
    """A page added here is read by anybody on the internet: think twice."""
    assert {a.name for a in every_address() if a.callback.who_may.who == "anyone"} == OPEN_TO_ALL


@pytest.mark.parametrize("name", ["account_signup", "account_reset_password", "account_email"])
def test_allauths_other_addresses_are_not_there(name):
    assert name not in {a.name for a in every_address()}


@pytest.mark.django_db
def test_no_closed_address_answers_somebody_who_has_not_signed_in(client):
    for address in every_address():
        if address.callback.who_may.who != "anyone" and not address.pattern.converters:
            answer = client.get(reverse(address.name))
            assert answer.headers.get("Location", "").startswith("/accounts/login/"), address.name


@pytest.fixture
def worker(db):
    return User.objects.create_user("worker@northbrook.example", name="Sade Bankole")


def request_by(rf, user):
    request = rf.get("/somewhere/")
    request.user = user
    return request


def page(request, *args, **kwargs):
    return HttpResponse("opened")


def test_a_role_opens_a_page_only_while_it_is_held(rf, worker):
    view = who_may.roles(Role.ANALYST)(page)
    role = UserRole.objects.create(user=worker, role=Role.ANALYST, started_on=TODAY)
    assert view(request_by(rf, worker)).content == b"opened"
    role.started_on, role.ended_on = TODAY - timedelta(days=9), TODAY
    role.save()
    with pytest.raises(PermissionDenied, match="This page is for: data analyst"):
        view(request_by(rf, worker))


def test_a_power_opens_a_page_to_the_roles_of_the_powers_table(rf, worker):
    view = who_may.power("import_returns")(page)
    with pytest.raises(PermissionDenied, match="data analyst, system administrator"):
        view(request_by(rf, worker))
    UserRole.objects.create(user=worker, role=Role.ANALYST, started_on=TODAY)
    assert view(request_by(rf, worker)).content == b"opened"


def test_a_power_that_nobody_declared_stops_the_start():
    with pytest.raises(KeyError):
        who_may.power("fly")


def test_a_child_is_asked_about_before_the_page_is_made(rf, worker, monkeypatch):
    person = Person.objects.create()
    asked = []
    monkeypatch.setattr(permissions, "check_can_open", lambda user, child: asked.append((user, child)))
    made = who_may.can_open_child(lambda request, child: HttpResponse(f"about {child.pk}"))
    assert made(request_by(rf, worker), person_id=person.pk).content == f"about {person.pk}".encode()
    assert asked == [(worker, person)]


def test_a_child_who_may_not_be_opened_is_not_shown(rf, worker, monkeypatch):
    def refuse(user, child):
        raise NotAllowed("You do not work with this child.")

    person = Person.objects.create()
    monkeypatch.setattr(permissions, "check_can_open", refuse)
    request = request_by(rf, worker)
    with pytest.raises(NotAllowed):
        who_may.can_open_child(page)(request, person_id=person.pk)
    assert request.opening_person == person
