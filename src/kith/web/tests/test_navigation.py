"""The left side shows only what exists and what this person may use."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.urls import path
from django.utils import timezone

from kith.record.people.models import Role, User, UserRole
from kith.web import my_work, navigation
from kith.web.who_may import power, signed_in

pytestmark = pytest.mark.django_db


@power("import_returns")
def returns(request):
    return HttpResponse("returns")


@signed_in
def find(request):
    return HttpResponse("find")


class FourPlaces:
    urlpatterns = [
        path("", my_work.my_work, name="my_work"),
        path("find/", find, name="find"),
        path("returns/", returns, name="returns"),
        path("returns/checks/", returns, name="checks"),
    ]


def words_for(rf, user, address="/"):
    request = rf.get(address)
    request.user = user
    return [(link.words, link.is_here) for link in navigation.links_for(request)]


@pytest.fixture
def worker(settings):
    settings.ROOT_URLCONF = FourPlaces
    return User.objects.create_user("worker@northbrook.example", name="Sade Bankole")


def test_a_place_shows_only_to_those_who_may_go_there(rf, worker):
    assert words_for(rf, worker) == [("My work", True), ("Find", False)]
    UserRole.objects.create(user=worker, role=Role.ANALYST, started_on=timezone.localdate())
    assert [words for words, _ in words_for(rf, worker)] == ["My work", "Find", "Returns", "Checks"]


def test_the_place_one_is_in_is_marked(rf, worker):
    assert words_for(rf, worker, "/find/?q=amira") == [("My work", False), ("Find", True)]


@pytest.mark.parametrize(
    ("address", "here"),
    [("/returns/", ["Returns"]), ("/returns/send/", ["Returns"]), ("/returns/checks/3/", ["Checks"])],
)
def test_a_place_within_another_is_marked_alone(rf, worker, address, here):
    UserRole.objects.create(user=worker, role=Role.ANALYST, started_on=timezone.localdate())
    assert [words for words, is_here in words_for(rf, worker, address) if is_here] == here


def test_somebody_who_has_not_signed_in_is_shown_nothing(rf, worker):
    assert words_for(rf, AnonymousUser()) == []


def test_no_two_places_share_a_key():
    letters = [item.letter for item in navigation.ITEMS]
    assert len(set(letters)) == len(letters)
