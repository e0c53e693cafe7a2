"""What a child's page asks of the database: few questions, however large the family, no old answer."""

from copy import deepcopy
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kith.record.once import reading
from kith.record.owed.models import OwedFor
from kith.record.people import services as people
from kith.record.people.models import SafeContact
from kith.record.protection.models import TransferIn
from kith.record.versions import current_facts, is_known_absent, kinds_about_people, note_absent
from kith.web.tests.families import the_khans, the_okoros

TODAY = timezone.localdate()
MOST_IN_CARE = 48  # a child with a past: care, a protection plan, a merged record, a restricted aunt
MOST_AT_HOME = 35


@pytest.fixture(scope="module")
def khans_once(module_db):
    return the_khans(TODAY)


@pytest.fixture
def khans(khans_once, db):
    return deepcopy(khans_once)


@pytest.fixture
def ask(client):
    """Ask for a child's page as somebody: the page, and how many questions it asked of the database."""

    def asked(who, child):
        client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
        address = reverse("story", args=[child.pk])
        client.get(address)
        with CaptureQueriesContext(connection) as asked_of:
            page = client.get(address)
        assert page.status_code == 200
        return page.content.decode(), len(asked_of)

    return asked


def test_the_page_of_a_child_in_care_asks_few_questions(ask, khans):
    assert ask(khans.worker, khans.amira)[1] <= MOST_IN_CARE
    assert ask(khans.manager, khans.amira)[1] <= MOST_IN_CARE


def test_the_page_of_a_child_at_home_asks_fewer_and_no_more_for_more_relatives(ask, db):
    family = the_okoros(TODAY)
    before = ask(family.worker, family.ada)[1]
    assert before <= MOST_AT_HOME
    for number in range(5):
        aunt = people.register_person(by=family.manager, given_names=f"Aunt {number}", family_name="Okoro")
        people.relate(family.ada, aunt, by=family.manager, kind="aunt_uncle")
    page, after = ask(family.worker, family.ada)
    assert "Aunt 4 Okoro" in page and after == before


def test_what_was_not_there_a_moment_ago_is_on_the_next_page(ask, khans):
    TransferIn.objects.create(
        person=khans.amira, from_authority="Otherby", notified_on=TODAY - timedelta(days=2)
    )
    before = ask(khans.worker, khans.amira)[1]
    SafeContact.objects.create(person=khans.amira, way="call", is_safe=True, started_on=TODAY)
    assert ask(khans.worker, khans.amira)[1] - before <= 1


def test_what_there_is_none_of_is_not_asked_for_again_while_one_page_is_read(
    khans, django_assert_num_queries
):
    ids = [khans.amira.pk, khans.zara.pk]
    with reading():
        with django_assert_num_queries(1):
            note_absent(dict.fromkeys((TransferIn, OwedFor), ids))
        with django_assert_num_queries(0):
            assert current_facts(TransferIn, ids) == [] and is_known_absent(OwedFor, ids)
        assert not is_known_absent(OwedFor, [*ids, khans.yusuf.pk])  # of somebody else nothing is known
    assert not is_known_absent(OwedFor, ids)  # nothing is remembered after the page
    with django_assert_num_queries(0):
        note_absent({TransferIn: ids})  # and outside one, nothing is asked


def test_what_there_is_of_anybody_is_asked_for(khans):
    made = TransferIn.objects.create(person=khans.zara, from_authority="Otherby", notified_on=TODAY)
    ids = [khans.amira.pk, khans.zara.pk]
    with reading():
        note_absent(dict.fromkeys(kinds_about_people(), ids))
        assert current_facts(TransferIn, ids) == [made] and not is_known_absent(TransferIn, ids)
