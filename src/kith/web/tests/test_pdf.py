"""A child's page as a PDF, made on this machine from Kith's own files alone, or else a page to print."""

import logging

import pytest

from kith.record.audit.models import Entry
from kith.web import pdf
from kith.web.tests.test_story import khans, khans_once

pytestmark = pytest.mark.django_db
__all__ = ["khans", "khans_once"]

needs_libraries = pytest.mark.skipif(
    not pdf.can_make_pdf(), reason="WeasyPrint's libraries are not on this machine"
)


def address(khans) -> str:
    return f"/child/{khans.amira.pk}/story.pdf"


@needs_libraries
def test_the_story_as_a_pdf_is_a_document_and_the_look_is_on_record(client, khans):
    client.force_login(khans.worker)
    answer = client.get(address(khans))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert answer["Cache-Control"] == "no-store"
    assert Entry.objects.filter(
        act="record_opened", actor_id=khans.worker.pk, about__why="story pdf"
    ).exists()


@needs_libraries
def test_nothing_is_fetched_from_outside(client, khans, caplog):
    client.force_login(khans.worker)
    with caplog.at_level(logging.ERROR, logger="weasyprint"):
        client.get(address(khans))
    assert "Failed to load" not in caplog.text
    with pytest.raises(ValueError, match="not one of Kith's own files"):
        pdf._only_ours("https://example.test/tracker.png")
    with pytest.raises(ValueError, match="not one of Kith's own files"):
        pdf._only_ours("file:///etc/passwd")


def test_a_machine_without_the_libraries_gives_the_page_to_print(client, khans, monkeypatch):
    monkeypatch.setattr("kith.web.story.views.can_make_pdf", lambda: False)
    client.force_login(khans.worker)
    answer = client.get(address(khans))
    assert answer["Content-Type"].startswith("text/html")
    assert "Print this page instead" in answer.content.decode()


def test_words_at_the_foot_cannot_leave_their_place():
    assert pdf._quoted('a"} @import "x\\\n') == '"a\\"} @import \\"x\\\\ "'
