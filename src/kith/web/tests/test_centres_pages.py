"""Family centres on pages: what is open, a place without a name, who came in numbers, and the directory."""

import json
import re
from datetime import time, timedelta

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from kith.record.centres import services
from kith.record.centres.models import Centre, DirectoryService, OpenSession, SignUp, UnmetNeed, WhoCame
from kith.record.people.models import Role
from kith.web.tests.families import user

TODAY = timezone.localdate()


@pytest.fixture
def lead(db):
    return user("Hope Lead", Role.FAMILY_HELP_LEAD)


@pytest.fixture
def centre(lead):
    return services.open_centre(
        name="Mill <b>Lane", address="1 Mill Lane", postcode="NB1 4AA", district="West", by=lead
    )


@pytest.fixture
def session(centre, lead):
    return services.run_session(
        centre=centre, name="Cooking", repeats="weekly", started_on=TODAY - timedelta(days=7),
        opens_at=time(10), closes_at=time(12), is_bookable=True, places=3, by=lead,
    )  # fmt: skip


@pytest.fixture
def signed_in(client, lead):
    client.force_login(lead, backend="django.contrib.auth.backends.ModelBackend")
    return client


def take(client, session, **said):
    address = reverse("take_place", args=[session.thread, TODAY.isoformat()])
    page = client.get(address).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(draft_[^"]+)" value="([^"]*)"', page))
    return client.post(address, {**hidden, **said}), hidden


def test_everybody_reads_what_is_open_this_week_and_nothing_is_kept_by_the_browser(client, session):
    answer = client.get(reverse("open_sessions"), {"near": "nb1"})
    page = answer.content.decode()
    assert "Cooking" in page and "3 left" in page and "Mill &lt;b&gt;Lane" in page
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("near", ["\0", "'; drop table --", "x" * 5_000, "<script>"])
def test_a_hostile_place_is_only_words(client, session, near):
    page = client.get(reverse("open_sessions"), {"near": near}).content.decode()
    assert "Cooking" in page and "<script>alert" not in page


def test_a_family_takes_a_place_without_a_name_and_sent_twice_it_is_one(client, session):
    first, hidden = take(client, session, how_many="2")
    assert first.status_code == 302
    address = reverse("take_place", args=[session.thread, TODAY.isoformat()])
    client.post(address, {**hidden, "how_many": "2"})
    (place,) = SignUp.objects.all()
    assert (place.how_many, place.called, place.recorded_by) == (2, "", None)


def test_the_words_of_a_places_link_lie_nowhere_and_sent_again_another_link_opens_the_place(client, session):
    first, hidden = take(client, session, how_many="2")
    address = reverse("take_place", args=[session.thread, TODAY.isoformat()])
    again = client.post(address, {**hidden, "how_many": "2"})
    for answer in (first, again):
        assert client.get(answer["Location"]).status_code == 200
        token = answer["Location"].rstrip("/").rsplit("/", 1)[1]
        held = [row for kind in apps.get_models() for row in kind._base_manager.values_list()]
        assert len(token) > 40 and token not in str(held)
        sessions = [each.get_decoded() for each in Session.objects.all()]
        assert token not in str(sessions)


def test_too_many_places_from_one_address_are_refused_with_the_centres_number(
    client, session, centre, monkeypatch
):
    Centre.objects.filter(pk=centre.pk).update(phone="01632 960111")
    monkeypatch.setattr(
        "allauth.core.ratelimit.consume", lambda request, *, action, **more: action != "take_place"
    )
    answer, _ = take(client, session, how_many="1", name_given="Sal")
    page = answer.content.decode()
    assert answer.status_code == 422 and "01632 960111" in page and 'value="Sal"' in page


def test_more_than_is_left_is_refused_with_all_that_was_typed(client, session):
    answer, _ = take(client, session, how_many="4", name_given="Sal")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "There are 3 places left" in page and 'value="Sal"' in page
    assert not SignUp.objects.exists()


def test_a_machine_that_fills_in_everything_takes_no_place(client, session):
    answer, _ = take(client, session, how_many="1", website="http://spam.example")
    assert answer.status_code == 302
    assert not SignUp.objects.exists()


@pytest.mark.parametrize("on", ["word", "2026-13-01", "1999-01-01"])
def test_a_day_on_which_nothing_is_held_is_not_there(client, session, on):
    assert client.get(reverse("take_place", args=[session.thread, on])).status_code == 404


def test_who_runs_a_centre_begins_a_session_and_sees_what_families_see(signed_in, centre):
    sent = {
        "name": "Stay and play", "started_on": f"{TODAY:%d/%m/%Y}", "repeats": "once", "opens_at": "10:00",
        "closes_at": "11.30", "is_bookable": "no",
    }  # fmt: skip
    address = reverse("run_session", args=[centre.thread])
    assert "checked" not in signed_in.get(address).content.decode()
    for _ in range(2):  # sent twice
        assert signed_in.post(address, sent).status_code == 302
    assert OpenSession.objects.count() == 1
    assert "Stay and play" in signed_in.get(reverse("centres")).content.decode()


def test_details_are_changed_with_a_reason_and_a_family_reads_of_it_where_its_place_is(
    client, signed_in, centre, session
):
    first, _ = take(client, session, how_many="2", name_given="Sal")
    address = reverse("change_session", args=[session.thread])
    form = signed_in.get(address).content.decode()
    assert 'value="Cooking"' in form and "How often?" not in form
    said = {"name": "Cooking", "opens_at": "14:00", "closes_at": "15:30", "is_bookable": "yes", "places": "3"}
    assert signed_in.post(address, said).status_code == 422  # no reason
    assert signed_in.post(address, {**said, "because": "The hall is let"}).status_code == 302
    page = signed_in.get(reverse("centre_session", args=[session.thread])).content.decode()
    assert "It is from 14:00 to 15:30 now." in page
    assert "This changed since you took the place" in client.get(first["Location"]).content.decode()
    moved = {"name": "Mill Lane", "address": "9 High Street", "postcode": "NB2 1AA", "because": "The roof"}
    assert signed_in.post(reverse("change_centre", args=[centre.thread]), moved).status_code == 302
    assert "9 High Street" in signed_in.get(reverse("centres")).content.decode()


def test_who_came_is_counted_and_put_right(signed_in, session):
    address = reverse("count_who_came", args=[session.thread, TODAY.isoformat()])
    assert "Sessions to count" in signed_in.get("/").content.decode()
    sent = {"adults": "4", "under_5": "3", "five_and_over": "0"}
    assert signed_in.post(address, {**sent, "adults": "a few"}).status_code == 422
    assert signed_in.post(address, sent).status_code == 302
    assert signed_in.post(address, sent).status_code == 302  # sent twice
    page = signed_in.get(address).content.decode()
    seen = re.search(r'name="seen" value="([^"]*)"', page)[1].replace("&quot;", '"')
    assert signed_in.post(address, {**sent, "adults": "5", "seen": seen}).status_code == 302
    assert WhoCame.current.get().adults == 5
    assert signed_in.post(address, {**sent, "adults": "6", "seen": seen}).status_code in {409, 422}


def test_a_family_that_cannot_come_gives_its_place_back_without_ringing(client, session):
    first, _ = take(client, session, how_many="2", name_given="Sal")
    page = client.get(first["Location"])
    assert "no-store" in page["Cache-Control"]
    said = page.content.decode()
    assert "You have a place" in said and "Mill &lt;b&gt;Lane" in said and "under the name Sal" in said
    assert client.post(first["Location"])["Location"] == reverse("open_sessions")
    assert SignUp.current.get().given_back_at is not None
    assert client.get(first["Location"]).status_code == 410  # used: it opens nothing again
    assert client.get(reverse("my_place", args=["word"])).status_code == 404


def test_a_worker_gives_a_place_back_for_a_family_that_rang(signed_in, session, lead):
    place = services.sign_up(session=session, on=TODAY, how_many=1, called="<script>", by=lead)
    page = signed_in.get(reverse("centre_session", args=[session.thread])).content.decode()
    assert reverse("place_back", args=[place.thread]) in page and "<script>," not in page
    assert signed_in.post(reverse("place_back", args=[place.thread])).status_code == 302
    assert SignUp.current.get().given_back_at is not None
    assert signed_in.post(reverse("place_back", args=[place.thread])).status_code == 422  # pressed twice


def test_a_day_is_called_off_families_see_it_and_those_with_a_place_are_told(
    signed_in, client, session, lead
):
    place = services.sign_up(session=session, on=TODAY, how_many=1, called="Sal", reach="Text 07700", by=lead)
    address = reverse("call_off", args=[session.thread, TODAY.isoformat()])
    assert "1 family has a place" in signed_in.get(address).content.decode()
    assert signed_in.post(address).status_code == 302
    public = signed_in.get(reverse("open_sessions")).content.decode()
    assert "Not held this week" in public and "3 left" not in public
    for page in ("/", reverse("centres"), reverse("centre_session", args=[session.thread])):
        said = signed_in.get(page).content.decode()
        assert "Tell families what changed" in said and "Text 07700" in said, page
    assert signed_in.post(reverse("place_told", args=[place.thread])).status_code == 302
    assert "Tell families" not in signed_in.get(reverse("centres")).content.decode()
    again = reverse("hold_after_all", args=[session.thread, TODAY.isoformat()])
    assert signed_in.post(again).status_code == 302
    assert "Not held this week" not in signed_in.get(reverse("open_sessions")).content.decode()
    assert signed_in.get(again).status_code == 404


def test_a_centre_closes_from_a_day_with_all_that_is_open_there(signed_in, centre, session):
    address = reverse("close_centre", args=[centre.thread])
    assert "Cooking" in signed_in.get(address).content.decode()
    assert signed_in.post(address, {"on": ""}).status_code == 422
    assert signed_in.post(address, {"on": f"{TODAY:%d/%m/%Y}"}).status_code == 302
    assert "Cooking" not in signed_in.get(reverse("open_sessions")).content.decode()
    assert signed_in.get(reverse("take_place", args=[session.thread, TODAY.isoformat()])).status_code == 404
    assert signed_in.post(address, {"on": f"{TODAY:%d/%m/%Y}"}).status_code == 422  # pressed twice


def test_a_session_ends_from_a_day(signed_in, session):
    address = reverse("end_session", args=[session.thread])
    assert signed_in.post(address, {"on": "1/1/1900"}).status_code == 422
    assert signed_in.post(address, {"on": f"{TODAY:%d/%m/%Y}"}).status_code == 302
    assert OpenSession.current.get().ended_on == TODAY


def test_what_could_not_be_given_is_kept(signed_in):
    assert signed_in.post(reverse("unmet_needs"), {"what": "A cot", "district": "NB1"}).status_code == 302
    assert UnmetNeed.objects.get().district == "NB1"
    assert "A cot" in signed_in.get(reverse("unmet_needs")).content.decode()


def send(client, content):
    return client.post(reverse("directory"), {"file": SimpleUploadedFile("services.json", content)})


def test_services_come_in_and_go_out_with_their_own_fields_and_ids(signed_in, client):
    given = {"id": "a/b 1", "name": "Food bank", "status": "active", "own": {"kept": 1}}
    assert send(signed_in, json.dumps([given, {"id": "2", "name": "Zoo"}]).encode()).status_code == 302
    client.logout()
    answer = client.get(reverse("directory_services"), {"per_page": "1"})
    page = answer.json()
    assert (page["total_items"], page["total_pages"], page["contents"]) == (2, 2, [given])
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert client.get(reverse("directory_service", args=["2"])).json()["name"] == "Zoo"
    assert client.get(reverse("directory_service", args=["a/b 1"])).json() == given
    assert client.get(reverse("directory_service", args=["3"])).status_code == 404
    assert client.get(reverse("directory_services"), {"page": "99"}).json()["empty"]
    assert client.get(reverse("directory_services"), {"page": "-1", "per_page": "x"}).status_code == 200


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b'{"contents": [{"id": "1"', "half of it is missing"),
        (b"PK\x03\x04 a spreadsheet", "Excel"),
        ('{"id": "1", "name": "Café"}'.encode("latin-1"), "not UTF-8"),
        (b" " * (10 * 1024 * 1024 + 1), "larger than 10 MB"),
    ],
)
def test_a_file_that_is_no_directory_is_answered_in_words(signed_in, content, told):
    answer = send(signed_in, content)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not DirectoryService.objects.exists()


@pytest.mark.parametrize("name", ["centres", "open_centre", "directory"])
def test_who_runs_no_centre_may_not(client, db, name):
    client.force_login(user("Ann", Role.ANALYST), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse(name)).status_code == 403
