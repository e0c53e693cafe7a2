"""A power used at once."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from kith.record.protection.models import EmergencyStep
from kith.web.protecting.tests.steps import go, three

pytestmark = pytest.mark.django_db


def test_an_hour_of_police_protection_is_kept_to_the_minute(as_worker, family):
    go(
        as_worker, "use_emergency_power", family.ada.pk, children=three(family)[:1],
        kind="police_protection", began_on="27/3/2026", began_at="22:30",
    )  # fmt: skip
    step = EmergencyStep.current.get()
    assert step.began_at == datetime(2026, 3, 27, 22, 30, tzinfo=UTC)
    text = as_worker.get(reverse("emergency", args=[family.ada.pk])).content.decode()
    assert "at 23:30" in text  # 72 hours later the clocks have gone forward
