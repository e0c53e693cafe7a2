"""How it is safe to reach a family stands wherever something goes to it."""

import pytest
from django.utils import timezone

from kith.record.help import services
from kith.record.help.models import HelpRequest
from kith.record.pathway.services import allocate_worker
from kith.record.people.queries import name_of
from kith.record.people.services import record_safe_contact
from kith.web.help.tests.pages import read

pytestmark = pytest.mark.django_db


def test_how_it_is_safe_is_seen_wherever_something_goes_to_the_family(
    client, okoros, helper, family, agreed, never_by_letter
):
    services.lead_named(help=family, worker=helper, on=timezone.localdate(), by=okoros.manager)
    for name, thread in (
        ("help_family", family.thread), ("help_meeting", family.thread), ("help_felt", family.thread),
        ("plan", agreed.thread),
    ):  # fmt: skip
        page = read(client, okoros.worker, name, thread).content.decode()
        assert "Never" in page and "1 Secret Street" in page, name  # he works with her
        assert "1 Secret Street" not in read(client, helper, name, thread).content.decode(), name
        assert "Text after 6 (told us asking for help on" in page, name


def test_what_was_said_asking_for_help_stands_wherever_it_is_told_how_to_reach_them(
    client, okoros, helper, family
):
    services.lead_named(help=family, worker=helper, on=timezone.localdate(), by=okoros.manager)
    allocate_worker(child=okoros.mother, on=timezone.localdate(), worker=okoros.worker, by=okoros.manager)
    pages = {
        "help_family": family.thread, "help_meeting": family.thread, "story": okoros.ada.pk,
        "handover": okoros.ada.pk, "safe_contact": okoros.ada.pk,
    }  # fmt: skip
    for name, about in pages.items():
        page = read(client, okoros.worker, name, about).content.decode()
        assert "Text after 6 (told us asking for help on" in page, name
        assert "Nobody has said how it is safe" not in page, name
        assert "How it is safe to reach the family" not in page, name
    assert "Text after 6" in read(client, okoros.worker, "story", okoros.mother.pk).content.decode()
    record_safe_contact(
        okoros.mother, way="text", is_safe=True, said_by="Grace", by=okoros.manager,
        started_on=timezone.localdate(),
    )  # fmt: skip
    HelpRequest.objects.filter(thread=family.request_thread).update(name=name_of(okoros.mother))
    assert (
        "told us asking for help" not in read(client, okoros.worker, "story", okoros.ada.pk).content.decode()
    )


def test_where_nobody_said_a_page_from_which_something_goes_out_says_so(client, okoros, helper):
    begun = services.begin_help(
        people=[okoros.ada], basis="voluntary", agreed_by="Grace", agreed_how="phone", by=helper
    )
    page = read(client, okoros.worker, "help_meeting", begun.thread).content.decode()
    assert "Nobody has said how it is safe" in page
