"""A family meeting: offered, answered, held, and its plan looked at again."""

import pytest
from django.urls import reverse
from django.utils import timezone

from kith.record.audit.models import Entry
from kith.record.help import queries, services
from kith.web.help.tests.pages import read, sent

pytestmark = pytest.mark.django_db


def test_an_offer_goes_to_no_way_that_is_never_safe_without_a_reason(
    client, okoros, helper, family, never_by_letter
):
    offer = {"kind": "network", "is_offered": "yes", "offered_to": "Grace", "how": "letter",
             "on": f"{timezone.localdate():%d/%m/%Y}"}  # fmt: skip
    refused = sent(client, helper, "help_meeting", family.thread, **offer)
    said = refused.content.decode()
    assert refused.status_code == 422 and "must never be reached by letter" in said
    assert "1 Secret Street" not in said
    assert sent(client, helper, "help_meeting", family.thread, **{**offer, "how": "visit"}).status_code == 302
    sent(client, helper, "help_meeting", family.thread, **offer, although="She asked for it in writing")
    kept = Entry.objects.filter(act="offer_meeting").latest("id")
    assert kept.about["although_not_safe"] == "She asked for it in writing"


def test_a_meeting_is_offered_answered_held_and_its_plan_looked_at_again(client, helper, family, agreed):
    today = f"{timezone.localdate():%d/%m/%Y}"
    services.offer_meeting(
        help=family,
        kind="decision_making",
        offered_to="Grace",
        on=timezone.localdate(),
        how="visit",
        by=helper,
    )
    (meeting,) = queries.written_of(family, []).meetings
    held, reply = (
        reverse(name, args=[meeting.thread]) for name in ("help_meeting_held", "help_meeting_reply")
    )
    sent(client, helper, "help_meeting_reply", meeting.thread, reply="later", on=today)
    page = read(client, helper, "help_family", family.thread).content.decode()
    assert "They say something else now" in page and reply in page and held not in page
    early = sent(client, helper, "help_meeting_review", meeting.thread, on=today, how_it_goes="Well")
    assert early.status_code == 422 and "not held yet" in early.content.decode()
    sent(client, helper, "help_meeting_reply", meeting.thread, reply="yes", on=today, prepared_by="Ivy")
    assert held in read(client, helper, "help_family", family.thread).content.decode()
    sent(
        client, helper, "help_meeting_held", meeting.thread, on=today, familys_plan="Nan has them on Fridays",
        agreed="Taxis to Nan", who_came="Grace, Nan and Ada", had_private_time="yes",
    )  # fmt: skip
    page = read(client, helper, "help_family", family.thread).content.decode()
    into_plan = f"{reverse('plan_add_action', args=[agreed.thread])}?meeting={meeting.thread}"
    assert into_plan in page and "Taxis to Nan" in client.get(into_plan).content.decode()
    for on in ("1/1/1900", "1/1/2090"):
        assert (
            sent(client, helper, "help_meeting_review", meeting.thread, on=on, how_it_goes="Well").status_code
            == 422
        )
    sent(client, helper, "help_meeting_review", meeting.thread, on=today, how_it_goes="They love it")
    assert "They love it" in read(client, helper, "help_family", family.thread).content.decode()
