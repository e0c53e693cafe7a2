"""Who does not work with a family reads nothing of its protection."""

import pytest
from django.urls import reverse

from kith.record.people.models import Role
from kith.web.protecting.tests.steps import BACKEND, arranged
from kith.web.tests.families import user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "name",
    [
        "enquire", "enquiry", "strategy_discussion", "enquiry_found", "arrange_conference", "arrange_review",
        "arrange_transfer", "protection_plan", "core_group", "transfer_in", "transfer_out", "emergency",
        "use_emergency_power", "previous_plans", "mother_unwell", "legal_look",
    ],
)  # fmt: skip
def test_a_stranger_sees_none_of_it(client, family, name):
    client.force_login(user("Sam Stranger", Role.SOCIAL_WORKER), backend=BACKEND)
    assert client.get(reverse(name, args=[family.ada.pk])).status_code == 403


def test_a_stranger_sees_no_conference(client, as_worker, family, chair):
    conference = arranged(as_worker, family)
    client.force_login(user("Sam Stranger", Role.SOCIAL_WORKER), backend=BACKEND)
    for name in ("conference", "move_conference", "ask_to_conference"):
        assert client.get(reverse(name, args=[conference.thread])).status_code == 403
    assert client.get(reverse("chair_conference", args=[conference.thread])).status_code == 403


def test_a_cousin_kept_hidden_is_named_nowhere(as_worker, family):
    text = as_worker.get(reverse("enquire", args=[family.ada.pk])).content.decode()
    assert "Dele" not in text
