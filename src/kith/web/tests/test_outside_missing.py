"""The pages of a child who is missing: reported, back, seen, offered a talk, and heard."""

from copy import deepcopy
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from kith.record.care import services
from kith.record.care.models import MissingEpisode, ReturnInterview
from kith.record.clocks.queries import due_for_people
from kith.record.people.models import Role
from kith.record.people.services import merge, register_person
from kith.record.people.staff import allocate
from kith.web.tests.families import HOSTILE, the_khans, the_okoros, user

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(scope="module")
def family_once(module_db):
    return the_okoros(timezone.localdate())


@pytest.fixture
def family(family_once, db):
    return deepcopy(family_once)


@pytest.fixture
def as_worker(client, family):
    client.force_login(family.worker, backend=BACKEND)
    return client


def hours_ago(hours):
    return timezone.now() - timedelta(hours=hours)


def typed(at, name="at"):
    local = timezone.localtime(at)
    return {f"{name}_day": f"{local:%d/%m/%Y}", f"{name}_time": f"{local:%H:%M}"}


def gone(family, child, *, went=20, back=None):
    services.report_missing(child=child, at=hours_ago(went), kind="M", by=family.worker)
    if back is not None:
        return services.report_back(child=child, at=hours_ago(back), by=family.worker)
    return None


def test_a_child_at_home_is_reported_with_one_moment(as_worker, family):
    answer = as_worker.post(f"/child/{family.ada.pk}/missing/", {**typed(hours_ago(2)), "last_seen": HOSTILE})
    assert answer.status_code == 302
    episode = MissingEpisode.current.get(person=family.ada)
    assert (episode.kind, episode.last_seen) == ("M", HOSTILE)
    assert b"<script>alert" not in as_worker.get(answer["Location"]).content


def test_a_child_in_care_is_asked_whether_anybody_knows_where(client):
    khans = the_khans(timezone.localdate())
    client.force_login(khans.worker, backend=BACKEND)
    address = f"/child/{khans.amira.pk}/missing/"
    page = client.get(address)
    assert "Does anybody know where they are?" in page.content.decode()
    assert "checked" not in page.content.decode()  # a judgement: nothing is chosen beforehand
    assert client.post(address, typed(hours_ago(2))).status_code == 422
    assert client.post(address, {**typed(hours_ago(2)), "kind": "A"}).status_code == 302


def test_a_time_that_has_not_come_is_refused_and_what_was_typed_stays(as_worker, family):
    typed_in = {**typed(timezone.now() + timedelta(hours=3)), "last_seen": "By the bus stop"}
    answer = as_worker.post(f"/child/{family.ada.pk}/missing/", typed_in)
    assert answer.status_code == 422
    assert "By the bus stop" in answer.content.decode()
    assert not MissingEpisode.objects.exists()


def test_an_hour_that_came_twice_is_asked_for(as_worker, family):
    night = {"at_day": "26/10/2025", "at_time": "01:30"}  # the clocks went back
    answer = as_worker.post(f"/child/{family.ada.pk}/missing/", night)
    assert answer.status_code == 422
    assert "came twice" in answer.content.decode()
    as_worker.post(f"/child/{family.ada.pk}/missing/", {**night, "at_which": "second"})
    assert MissingEpisode.current.get().started_at == datetime(2025, 10, 26, 1, 30, tzinfo=UTC)


def test_sent_twice_a_child_is_missing_once_and_came_back_once(as_worker, family):
    address = f"/child/{family.ada.pk}/missing/"
    for _ in range(2):
        as_worker.post(address, {**typed(hours_ago(5)), "draft_key": "one-sitting"})
    assert MissingEpisode.current.count() == 1
    for _ in range(2):
        as_worker.post(f"{address}back/", {**typed(hours_ago(1)), "draft_key": "another"})
    assert MissingEpisode.objects.count() == 2  # gone, and gone and back


def test_one_reported_already_is_led_to_coming_back(as_worker, family):
    gone(family, family.ada)
    answer = as_worker.get(f"/child/{family.ada.pk}/missing/")
    assert answer["Location"] == f"/child/{family.ada.pk}/missing/back/"
    assert "Say that they came back" in as_worker.get(f"/child/{family.ada.pk}/").content.decode()


def test_each_clock_after_coming_back_has_the_page_that_meets_it(as_worker, family):
    episode = gone(family, family.ada, back=2)
    urls = {line.clock: line.url for line in due_for_people([family.ada.pk], timezone.now())}
    missing = f"/child/{family.ada.pk}/missing/{episode.thread}/"
    assert (urls["MI-01"], urls["MI-02"]) == (f"{missing}offer/", f"{missing}safe/")
    as_worker.post(urls["MI-02"], typed(hours_ago(1)))
    as_worker.post(urls["MI-01"], {**typed(hours_ago(1)), "reply": "accepted"})
    left = {line.clock: line.url for line in due_for_people([family.ada.pk], timezone.now())}
    assert (left.get("MI-01"), left.get("MI-02")) == (f"{missing}talk/", None)
    held = {**typed(timezone.now()), "held_by": "Jo, youth service", "said": "I was cold."}
    assert as_worker.post(left["MI-01"], held).status_code == 302
    assert ReturnInterview.current.get().said == "I was cold."
    assert "MI-01" not in {line.clock for line in due_for_people([family.ada.pk], timezone.now())}


def test_somebody_independent_writes_the_talk_without_opening_the_record(client, family):
    episode = gone(family, family.ada, back=2)
    adviser = user("Ines Independent", Role.PERSONAL_ADVISER)
    client.force_login(adviser, backend=BACKEND)
    offer = f"/child/{family.ada.pk}/missing/{episode.thread}/offer/"
    answer = client.post(offer, {**typed(hours_ago(1)), "reply": "accepted"})
    assert answer["Location"] == "/"
    assert client.get(offer).status_code == 200
    assert client.get(f"/child/{family.ada.pk}/").status_code == 403


def test_a_child_who_was_not_reached_is_not_refused_silently(as_worker, family):
    episode = gone(family, family.ada, back=2)
    offer = f"/child/{family.ada.pk}/missing/{episode.thread}/offer/"
    answer = as_worker.post(offer, {**typed(hours_ago(1)), "reply": "not_reached"})
    assert answer.status_code == 422
    assert "Nobody said how the child was tried to be reached" in answer.content.decode()


def test_two_who_write_the_talk_at_once_lose_nothing(as_worker, family):
    episode = gone(family, family.ada, back=2)
    interview = services.offer_interview(episode=episode, at=hours_ago(1), by=family.worker)
    talk = f"/child/{family.ada.pk}/missing/{episode.thread}/talk/"
    seen = as_worker.get(talk).context["form"]["seen"].value()
    services.offer_interview(episode=episode, at=hours_ago(1), reply="accepted", by=family.manager)
    held = {**typed(timezone.now()), "held_by": "Jo", "said": "Nobody asked me before.", "seen": seen}
    answer = as_worker.post(talk, held)
    assert answer.status_code == 409
    assert "Nobody asked me before." in answer.content.decode()
    assert ReturnInterview.current.get(thread=interview.thread).held_at is None


def test_the_third_time_in_three_months_asks_a_question_and_stops_nothing(as_worker, family):
    for day in (9, 6):
        gone(family, family.ada, went=day * 24 + 3, back=day * 24)
        assert "strategy discussion" not in as_worker.get(f"/child/{family.ada.pk}/").content.decode()
    gone(family, family.ada)
    back = as_worker.post(f"/child/{family.ada.pk}/missing/back/", typed(hours_ago(1)), follow=True)
    page = back.content.decode()
    assert "It is on record that they came back." in page
    assert page.count("3 times in 90 days: is a strategy discussion needed?") == 2  # said, and on the page


def test_a_time_missing_of_another_child_is_not_found(as_worker, family):
    episode = gone(family, family.ada, back=2)
    for page in ("safe", "offer", "talk"):
        assert as_worker.get(f"/child/{family.ben.pk}/missing/{episode.thread}/{page}/").status_code == 404


def test_nobody_reports_a_child_they_do_not_work_with(client, family):
    client.force_login(user("Sam Stranger", Role.SOCIAL_WORKER), backend=BACKEND)
    for page in ("", "known/", "back/", "1/safe/"):
        address = f"/child/{family.ada.pk}/missing/{page}"
        assert client.get(address).status_code == 403
        assert client.post(address, typed(hours_ago(1))).status_code == 403
    assert not MissingEpisode.objects.exists()


def test_it_is_said_who_was_told_and_how_the_risk_is_graded_as_it_changes(as_worker, family):
    missing, story = f"/child/{family.ada.pk}/missing/", f"/child/{family.ada.pk}/"
    said = {**typed(hours_ago(2)), "who_was_told": HOSTILE, "risk": "medium"}
    assert as_worker.post(missing, said).status_code == 302
    page = as_worker.get(story).content.decode()
    assert "Risk, as the police grade it: <strong>medium</strong>" in page
    assert "<script>alert" not in page
    form = as_worker.get(f"{missing}known/")
    seen = form.context["form"]["seen"].value()
    now = {"who_was_told": "The police, Mum", "risk": "high", "last_seen": "", "seen": seen}
    assert as_worker.post(f"{missing}known/", {**now, "risk": "dreadful"}).status_code == 422
    assert as_worker.post(f"{missing}known/", now).status_code == 302
    assert as_worker.post(f"{missing}known/", {**now, "risk": "low"}).status_code == 409  # two at once
    page = as_worker.get(story).content.decode()
    assert "<strong>high</strong>" in page
    assert "Told: The police, Mum." in page


def test_that_nobody_has_said_so_is_said(as_worker, family):
    gone(family, family.ada)
    page = as_worker.get(f"/child/{family.ada.pk}/").content.decode()
    assert "Nobody has said how the police grade the risk" in page
    assert "Nobody has said who was told" in page
    gone_home = as_worker.get(f"/child/{family.ben.pk}/missing/known/")
    assert gone_home["Location"] == f"/child/{family.ben.pk}/"  # who is not missing


def test_after_a_merge_who_is_missing_is_missing_under_either_record(as_worker, family):
    gone(family, family.ada)
    kept = register_person(by=family.manager, given_names="Ada", family_name="Okoro")
    allocate(kept, by=family.manager, worker=family.worker, started_on=family.ago(1))
    merge(kept, family.ada, by=family.manager, reason="One girl")
    assert as_worker.get(f"/child/{kept.pk}/missing/")["Location"] == f"/child/{kept.pk}/missing/back/"
    assert "Say that they came back" in as_worker.get(f"/child/{kept.pk}/").content.decode()
    as_worker.post(f"/child/{kept.pk}/missing/back/", typed(hours_ago(1)))
    assert not MissingEpisode.current.filter(ended_on=None).exists()
