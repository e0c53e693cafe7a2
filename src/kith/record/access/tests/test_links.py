"""Links without an account: given out once, read until used, and over by themselves."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kith.record.access import links
from kith.record.access.models import OneTimeLink
from kith.record.audit.models import Entry
from kith.record.people.models import Role
from kith.record.refusals import NotPossible

pytestmark = pytest.mark.django_db

TOMORROW = timedelta(days=1)


@pytest.fixture
def worker(staff):
    return staff(Role.DUTY_WORKER)


@pytest.fixture
def made(worker):
    return make(worker)


def make(by, after=TOMORROW):
    return links.make_link(
        kind="partner_answer", about_table="sharing.ask", about_thread=7,
        expires_at=timezone.now() + after, by=by,
    )  # fmt: skip


def test_a_link_leads_to_the_one_thing_it_was_made_for_however_often_it_is_read(made):
    for _ in range(2):
        found = links.read_link("partner_answer", made.token)
        assert (found.about_table, found.about_thread) == ("sharing.ask", 7)


def test_the_words_of_a_link_are_kept_nowhere(made):
    assert len(made.token) >= 40  # 256 bits: nobody comes to one by trying
    kept = OneTimeLink.objects.values().get()
    assert made.token not in str(kept) + str(list(Entry.objects.values_list("about", flat=True)))


@pytest.mark.parametrize("kind, token", [("how_it_felt", None), ("partner_answer", "word")])
def test_another_kind_or_other_words_open_nothing(made, kind, token):
    with pytest.raises(links.LinkUnknown):
        links.read_link(kind, token or made.token)


def test_a_link_that_was_used_is_over_and_is_not_used_twice(made):
    links.use_link(made.link)
    with pytest.raises(links.LinkEnded, match="used already"):
        links.read_link("partner_answer", made.token)
    with pytest.raises(links.LinkEnded, match="used already"):
        links.use_link(made.link)


def test_a_link_is_over_when_its_time_is(made):
    OneTimeLink.objects.update(
        made_at=timezone.now() - 2 * TOMORROW, expires_at=timezone.now() - timedelta(seconds=1)
    )
    with pytest.raises(links.LinkEnded, match="time for this link is over"):
        links.read_link("partner_answer", made.token)


def test_a_link_sent_to_the_wrong_person_is_taken_back(made, worker):
    links.withdraw_link(made.link, by=worker)
    with pytest.raises(links.LinkEnded, match="taken back"):
        links.read_link("partner_answer", made.token)


def test_an_answer_that_has_come_is_not_taken_back(made, worker):
    links.use_link(made.link)
    assert links.withdraw_link(made.link, by=worker).withdrawn_at is None


def test_a_link_that_would_be_over_at_once_is_not_made(worker):
    with pytest.raises(NotPossible, match="ended before it was sent"):
        make(worker, after=-TOMORROW)


def test_making_using_and_taking_back_are_written_down(made, worker):
    links.use_link(made.link)
    links.withdraw_link(make(worker).link, by=worker)
    entries = Entry.objects.filter(act__startswith="link_").order_by("pk")
    assert [(e.act, e.actor_id) for e in entries] == [
        ("link_made", worker.pk), ("link_used", None), ("link_made", worker.pk), ("link_withdrawn", worker.pk)
    ]  # fmt: skip
    assert entries[0].about["thread"] == 7
