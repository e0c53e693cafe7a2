"""When a child was seen last: what an enquiry found says it too, and nobody writes it down twice."""

import pytest
from django.urls import reverse
from django.utils import timezone

from kith.record.pathway.seen import last_seen, last_seen_alone, was_seen_alone
from kith.record.protection.models import EnquiryFinding, ProtectionPlan
from kith.web.protecting.tests.steps import discuss, find_no_harm, start
from kith.web.working.cards import at_a_glance

pytestmark = pytest.mark.django_db


@pytest.fixture
def seen_by_enquiry(as_worker, family):
    """Ada was seen alone and Ben with his mother, as the finding about each says; nobody wrote a visit."""
    start(as_worker, family)
    discuss(as_worker, family)
    find_no_harm(as_worker, family)
    for child, is_alone in ((family.ada, True), (family.ben, False)):
        EnquiryFinding.current.filter(person=child).update(is_seen_alone=is_alone)


@pytest.mark.parametrize("name", ["story", "visits", "protection_plan"])
def test_each_page_says_that_the_enquiry_saw_the_child_alone(as_worker, family, seen_by_enquiry, name):
    ProtectionPlan.objects.create(
        person=family.ada, started_on=timezone.localdate(), initial_category="NEG", latest_category="NEG"
    )
    text = as_worker.get(reverse(name, args=[family.ada.pk])).content.decode().casefold()
    assert "seen alone" in text
    assert not any(wrong in text for wrong in ("not seen alone yet", "not yet seen alone", "not seen yet"))


def test_a_childs_card_says_it(family, seen_by_enquiry):
    today = timezone.localdate()
    card = at_a_glance({family.ada.pk: [family.ada.pk]})[family.ada.pk]
    assert (card.seen_on, card.seen_alone_on) == (today, today)


def test_whether_alone_is_told_apart(family, seen_by_enquiry):
    today = timezone.localdate()
    ids = [family.ada.pk, family.ben.pk]
    assert last_seen(ids) == {pk: today for pk in ids}
    assert last_seen_alone(ids) == {family.ada.pk: today}
    assert [was_seen_alone([pk], today) for pk in (*ids, family.chi.pk)] == [True, False, None]
