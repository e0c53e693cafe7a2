"""No log tells an address that lets somebody in."""

import logging

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db
PAGES = ["how_it_felt", "my_place", "partner_answer", "write_report"]


@pytest.mark.parametrize("page", PAGES)
def test_what_is_said_of_a_refused_form_by_a_link_names_the_page_and_not_the_link(client, caplog, page):
    address = reverse(page, args=["a-live-link"])
    with caplog.at_level(logging.DEBUG):
        assert client.post(address, {}).status_code == 404
    assert f"the page {page}, by a link" in caplog.text and "a-live-link" not in caplog.text
    assert "a-live-link" not in repr([vars(record) for record in caplog.records])


def test_a_form_out_of_date_tells_no_link_either(caplog):
    client = Client(enforce_csrf_checks=True)
    with caplog.at_level(logging.DEBUG):
        assert client.post(reverse("partner_answer", args=["a-live-link"]), {}).status_code == 403
    assert "partner_answer" in caplog.text and "a-live-link" not in caplog.text


def test_other_addresses_are_told_as_they_are(client, caplog):
    client.get("/no-such-page/")
    assert "/no-such-page/" in caplog.text
