"""What is known of a child before a day: help first, and no word against what was given."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kith.record.frontdoor import services as frontdoor
from kith.record.help import services as help
from kith.record.pathway.known import known_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.mark.parametrize(("was_helped", "told"), [(False, "No help was offered."), (True, "")])
def test_that_no_help_was_offered_is_said_only_where_none_is_known(amira, manager, was_helped, told):
    frontdoor.receive_contact(
        children=[amira], on=TODAY - timedelta(days=9), source="2A", outcome="NFA_FLAG", by=manager
    )
    if was_helped:
        help.begin_help(people=[amira], basis="voluntary", agreed_by="Mum", agreed_how="phone", by=manager)
    known = known_of([amira.pk], TODAY)[amira.pk]
    assert known.told_before.startswith("Someone has told us about this child once since")
    assert known.told_before.endswith(told or ".") and ("No help" in known.told_before) is not was_helped
    assert any("Family help now" in said for said in known.help) is was_helped
