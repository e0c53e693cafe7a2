"""What the record refuses becomes a page that says what happened, why, and what to do next."""

import os
import subprocess
import sys
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpResponse
from django.urls import path

from kith.record.audit.services import AuditUnavailable
from kith.record.people.models import Allocation, Person, Role
from kith.record.refusals import NotAllowed, NotPossible
from kith.web import errors, urls
from kith.web.tests.families import user
from kith.web.who_may import anyone

pytestmark = pytest.mark.django_db


@anyone
def give_reason(request, person_id):
    return HttpResponse("why?")


class WithBreakGlass:
    urlpatterns = [*urls.urlpatterns, path("glass/<int:person_id>/", give_reason, name="break_glass")]


@pytest.fixture
def refused(rf, client):
    """What a page says, and its status, when a view raises this."""

    def refuse(exception, person=None, by=None):
        request = rf.get("/children/1/")
        request.user, request.session = by or AnonymousUser(), client.session
        request._messages = FallbackStorage(request)
        if person:
            request.opening_person = person
        answer = errors.Refusals(lambda _: HttpResponse()).process_exception(request, exception)
        return answer.status_code, answer.content.decode()

    return refuse


@pytest.mark.parametrize(
    "exception, status, heading",
    [
        (NotAllowed("You do not work with this child.", "Ring duty."), 403, "You may not do this"),
        (
            NotPossible("It starts before the last one.", "Change the date."),
            409,
            "could not be done",
        ),
        (AuditUnavailable(), 503, "cannot show this just now"),
    ],
)
def test_a_refusal_says_what_happened_why_and_what_next(refused, exception, status, heading):
    answered, page = refused(exception)
    assert answered == status
    assert heading in page
    assert exception.reason in page
    assert exception.next_step in page


def test_a_refused_child_offers_to_break_the_glass(refused, settings):
    settings.ROOT_URLCONF = WithBreakGlass
    person = Person.objects.create()
    _, page = refused(
        NotAllowed("You do not work with this child."), person, user("Sade", Role.SOCIAL_WORKER)
    )
    assert f"/glass/{person.pk}/" in page
    assert "A manager is told at once" in page


def test_a_role_that_may_not_break_the_glass_is_not_offered_it(refused):
    _, page = refused(NotAllowed("No."), Person.objects.create(), user("Mei", Role.ANALYST))
    assert "A manager is told at once" not in page


def test_a_refusal_about_something_else_offers_no_glass_where_the_record_is_open(refused):
    worker, person = user("Sade", Role.SOCIAL_WORKER), Person.objects.create()
    Allocation.objects.create(person=person, worker=worker, started_on=date(2020, 1, 1))
    _, page = refused(NotAllowed("Only a manager may decide this."), person, worker)
    assert "Only a manager may decide this." in page
    assert "A manager is told at once" not in page


def test_a_refusal_about_no_child_offers_no_glass(refused):
    assert "A manager is told" not in refused(NotAllowed("Your role does not let you import."))[1]


def test_what_a_refusal_quotes_is_shown_as_words(refused):
    assert "<script>" not in refused(NotAllowed("<script>alert(1)</script>"))[1].split("<main")[1]


def test_other_faults_are_not_hidden(rf):
    assert errors.Refusals(lambda _: HttpResponse()).process_exception(rf.get("/"), ValueError()) is None


def test_a_fault_of_kiths_own_says_so_and_keeps_what_was_typed(rf):
    answer = errors.broken(rf.get("/"))
    assert answer.status_code == 500
    assert "Kith’s fault, not yours" in answer.content.decode()


def test_an_old_form_is_refused_in_plain_words(client):
    client.handler.enforce_csrf_checks = True
    answer = client.post("/accounts/login/", {"login": "a@b.example", "password": "x"})
    assert answer.status_code == 403
    assert "This form is out of date" in answer.content.decode()


def test_a_request_that_cannot_be_read_is_refused_in_plain_words(client):
    answer = client.get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "could not read what was sent" in answer.content.decode()


# In a process of its own, with the settings of a running Kith: no database answers at that port.
ASK_A_PAGE = """
import time
import django
django.setup()
from django.test import Client
from kith.web.collect import collect_if_changed
collect_if_changed()
caller = Client(raise_request_exception=False, headers={"cookie": "sessionid=somebodywhosignedin"})
caller.get("/find/")  # what is read once, at the first page
began = time.monotonic()
answer = caller.get("/find/")
print(answer.status_code, round(time.monotonic() - began), answer.get("Retry-After"))
print(answer.text)
"""


def test_a_page_says_within_seconds_that_the_database_does_not_answer(tmp_path):
    environment = {
        **os.environ, "KITH_HOME": str(tmp_path), "KITH_SECRET_KEY": "for-a-test", "KITH_HOSTS": "testserver",
        "DATABASE_URL": "postgres://name:secret@127.0.0.1:1/kith",
        "DJANGO_SETTINGS_MODULE": "kith.web.settings", "PYTHONPATH": os.pathsep.join(sys.path),
    }  # fmt: skip
    environment.pop("KITH_TESTING", None)
    ran = subprocess.run(
        [sys.executable, "-c", ASK_A_PAGE], env=environment, capture_output=True, text=True, timeout=120
    )
    first, _, page = ran.stdout.partition("\n")
    status, seconds, again = first.split()
    assert (status, again) == ("503", "60"), ran.stderr
    assert int(seconds) <= 7  # four, on a machine that has nothing else to do
    assert "database does not answer" in page and "what you typed is still in the page" in page
    assert "secret" not in page
