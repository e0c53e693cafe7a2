"""Pages of documents: added, listed, taken away as a file, and never opened by the browser itself."""

import os
from copy import deepcopy

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kith.record.access.services import place_restriction
from kith.record.audit.models import Entry
from kith.record.documents import queries, services
from kith.record.documents.models import Document
from kith.record.people.models import Role
from kith.web.serve import keep_house
from kith.web.tests.families import the_okoros, user

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF\n"
TODAY = timezone.localdate()


@pytest.fixture(scope="module")
def okoros_once(module_db):
    return the_okoros(TODAY)


@pytest.fixture
def okoros(okoros_once, db):
    return deepcopy(okoros_once)


@pytest.fixture
def client(client, okoros):
    client.force_login(okoros.worker, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def report(okoros):
    return services.add_document(
        about=[okoros.ada, okoros.ben],
        content=[PDF],
        name='rep"ort\r\n.pdf',
        what="School report",
        by=okoros.worker,
    )


def send(client, okoros, content=PDF, **changes):
    said = {
        "file": SimpleUploadedFile("report.exe", content, content_type="image/png"),
        "what": "School report",
        "children": [okoros.ada.pk],
    } | changes
    return client.post(reverse("add_document", args=[okoros.ada.pk]), said)


def test_a_file_is_added_for_the_children_ticked_whatever_the_browser_calls_it(client, okoros):
    answer = send(client, okoros, children=[okoros.ada.pk, okoros.ben.pk])
    assert answer["Location"] == reverse("documents", args=[okoros.ada.pk])
    kept = Document.current.get()
    assert (kept.format, kept.file_name, kept.content_type) == ("pdf", "report.pdf", "application/pdf")
    text = client.get(reverse("documents", args=[okoros.ben.pk])).content.decode()
    assert "School report" in text


def test_this_child_alone_is_ticked(client, okoros):
    form = client.get(reverse("add_document", args=[okoros.ada.pk])).context["form"]
    assert form["children"].value() == [okoros.ada.pk]


def test_what_is_refused_says_why_and_keeps_what_was_typed(client, okoros):
    answer = send(client, okoros, content=b"MZ\x90\x00\x03", what="My long title")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "not a kind of file that is kept" in text and "My long title" in text
    assert Document.objects.count() == 0


def test_nothing_chosen_is_said(client, okoros):
    answer = client.post(reverse("add_document", args=[okoros.ada.pk]), {"what": "x"})
    text = answer.content.decode()
    assert "Choose the file" in text and "Choose whom it is about" in text


def test_a_document_is_taken_away_as_a_file_and_kept_by_no_browser(client, okoros, report):
    answer = client.get(reverse("document", args=[okoros.ada.pk, report.thread]))
    assert answer.content == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="rep ort.pdf"'
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert Entry.objects.filter(act="document_taken", person_id=okoros.ada.pk).count() == 1


def test_it_is_not_on_the_file_of_a_child_it_is_not_about(client, okoros, report):
    assert client.get(reverse("document", args=[okoros.chi.pk, report.thread])).status_code == 404
    assert "School report" not in client.get(reverse("documents", args=[okoros.chi.pk])).content.decode()


def test_where_another_it_is_about_is_hidden_it_is_held_back(client, okoros, report):
    place_restriction(
        okoros.ben, by=okoros.manager, kind="hidden_address", reason="Hidden", custodian=okoros.custodian
    )
    assert client.get(reverse("document", args=[okoros.ada.pk, report.thread])).status_code == 403
    text = client.get(reverse("documents", args=[okoros.ada.pk])).content.decode()
    assert "Held back" in text and "School report" not in text


def test_a_stranger_gets_none_of_it(client, okoros, report):
    stranger = user("Sam Stranger", Role.SOCIAL_WORKER)
    client.force_login(stranger, backend="django.contrib.auth.backends.ModelBackend")
    for name, args in (
        ("documents", []),
        ("add_document", []),
        ("document", [report.thread]),
        ("take_document_off", [report.thread]),
    ):
        assert client.get(reverse(name, args=[okoros.ada.pk, *args])).status_code == 403


def test_it_is_taken_off_one_file_and_stays_on_the_other(client, okoros, report):
    address = reverse("take_document_off", args=[okoros.ada.pk, report.thread])
    assert client.post(address, {"because": ""}).status_code == 422
    assert client.post(address, {"because": "It is Ben's"}).status_code == 302
    assert queries.documents_of([okoros.ada.pk]) == []
    assert len(queries.documents_of([okoros.ben.pk])) == 1


def test_the_childs_page_leads_to_them(client, okoros, report):
    text = client.get(reverse("story", args=[okoros.ada.pk])).content.decode()
    assert reverse("documents", args=[okoros.ada.pk]) in text


def test_a_page_asks_as_often_for_many_documents_as_for_one(client, okoros, report):
    page = reverse("documents", args=[okoros.ada.pk])
    client.get(page)
    with CaptureQueriesContext(connection) as once:
        assert client.get(page).context["lines"][0]["may_read"]
    for number in range(5):
        services.add_document(
            about=[okoros.ada, okoros.ben], content=[PDF], name="a.pdf", what=str(number), by=okoros.worker
        )
    with CaptureQueriesContext(connection) as often:
        assert len(client.get(page).context["lines"]) == 6
    assert len(often) == len(once)


def test_kith_sweeps_while_it_keeps_house(okoros, monkeypatch, settings, tmp_path):
    settings.HOME = tmp_path
    monkeypatch.setattr(services, "enter_matter", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        services.add_document(about=[okoros.ada], content=[PDF], name="a", what="Lost", by=okoros.worker)
    lost = [path for path in (settings.HOME / "documents").glob("??/*") if path.read_bytes() == PDF]
    [mark] = (settings.HOME / "documents" / "unnamed").iterdir()
    os.utime(mark, (0, 0))
    keep_house()
    assert lost and not any(path.exists() for path in lost)
