"""Printing a paper: who it is for is asked, what may hurt is left out, and an unsafe way needs a reason."""

from copy import deepcopy

import pytest
from django.urls import reverse
from django.utils import timezone

from kith.record.audit.models import Entry
from kith.record.documents.queries import documents_of
from kith.record.people import services as people
from kith.record.people.models import Role
from kith.record.visits import services
from kith.record.visits.services import Saw
from kith.web.letters import views
from kith.web.pdf import can_make_pdf
from kith.web.tests.families import the_okoros, user

pytestmark = pytest.mark.django_db
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
def as_page(monkeypatch):
    """The paper as the page it is set from, so that its words can be read."""
    monkeypatch.setattr(views, "can_make_pdf", lambda: False)


def visit(okoros, **more):
    return services.write_visit(
        saw=[
            Saw(okoros.ada, "alone", own_words="Adaword", private_line="Adaline"),
            Saw(okoros.ben, "alone", own_words="Benword"),
        ],
        at=timezone.now(),
        how="in_person",
        what_happened="Ben and Ada drew. Neighbourword.",
        by=okoros.worker,
        **more,
    )


def made(client, okoros, matter, **changes):
    said = {"to": str(okoros.mother.pk), "way": "in_person", "has_looked": "on"} | changes
    return client.post(reverse("letter", args=[okoros.ada.pk, "visit", matter.thread]), said)


def test_a_copy_for_the_record_holds_this_child_whole_and_no_other(client, okoros, as_page):
    text = made(client, okoros, visit(okoros), to="record", way="").content.decode()
    assert "Adaword" in text and "Adaline" in text and "Neighbourword" in text
    assert "Ben" not in text.replace("Benword", "Ben") and "(name held back) and Ada drew" in text


def test_a_copy_for_the_family_leaves_out_what_nobody_let_through(client, okoros, as_page):
    text = made(client, okoros, visit(okoros)).content.decode()
    assert "Adaword" not in text and "Adaline" not in text
    assert "Neighbourword" in text


def test_words_that_the_family_may_read_are_in_it(client, okoros, as_page):
    matter = services.write_visit(
        saw=[Saw(okoros.ada, "alone", own_words="Adaword", may_family_read="yes")],
        at=timezone.now(),
        how="in_person",
        what_happened="Met.",
        by=okoros.worker,
    )
    assert "Adaword" in made(client, okoros, matter).content.decode()


@pytest.mark.parametrize("may_read", ["not_yet", "no", ""])
def test_anything_but_yes_is_no(client, okoros, as_page, may_read):
    matter = services.write_visit(
        saw=[Saw(okoros.ada, "alone", own_words="Adaword", may_family_read=may_read)],
        at=timezone.now(),
        how="in_person",
        what_happened="Met.",
        by=okoros.worker,
    )
    assert "Adaword" not in made(client, okoros, matter).content.decode()


def test_what_a_third_party_told_is_in_no_copy_for_the_family(client, okoros, as_page):
    matter = visit(okoros, is_from_third_party=True, what_next="Nextword")
    text = made(client, okoros, matter).content.decode()
    assert "Neighbourword" not in text and "Nextword" not in text


def test_what_is_left_out_and_how_each_may_be_reached_stand_before_the_button(client, okoros):
    address = reverse("letter", args=[okoros.ada.pk, "visit", visit(okoros).thread])
    text = client.get(address).content.decode()
    assert "nobody has said that the family may read them" in text
    assert "The names and parts of the other children." in text
    assert "Nobody has said how it is safe to be in touch" in text
    assert " checked" not in text  # for whom and how is nobody's to guess


def test_a_way_that_nobody_called_safe_needs_a_reason_that_is_kept(client, okoros, as_page):
    matter = visit(okoros)
    answer = made(client, okoros, matter, way="letter")
    assert answer.status_code == 422
    assert "Nobody has said whether a letter is safe" in answer.content.decode()
    assert not Entry.objects.filter(act="letter_made").exists()
    assert made(client, okoros, matter, way="letter", because="The court asked for it").status_code == 200
    assert Entry.objects.get(act="letter_made").about["why"] == "The court asked for it"


def test_a_way_that_is_never_to_be_used_is_refused(client, okoros, as_page):
    people.record_safe_contact(
        okoros.mother,
        by=okoros.worker,
        way="letter",
        is_safe=False,
        said_by="Grace",
        who_must_not_know="Emeka",
        started_on=TODAY,
    )
    answer = made(client, okoros, visit(okoros), way="letter")
    assert "must not be reached by letter" in answer.content.decode()


@pytest.mark.parametrize(
    ("left_out", "asks"),
    [("to", "Choose for whom it is"), ("way", "Choose how it reaches them"), ("has_looked", "Read it first")],
)
def test_what_is_not_said_is_asked(client, okoros, left_out, asks):
    answer = made(client, okoros, visit(okoros), **{left_out: ""})
    assert answer.status_code == 422
    assert asks in answer.content.decode()


def test_who_made_it_for_whom_is_written_down(client, okoros, as_page):
    matter = visit(okoros)
    made(client, okoros, matter)
    entry = Entry.objects.get(act="letter_made")
    assert (entry.actor_id, entry.person_id) == (okoros.worker.pk, okoros.ada.pk)
    assert (entry.about["for"], entry.about["way"]) == (okoros.mother.pk, "in_person")


def test_a_hidden_relative_is_not_offered(client, okoros):
    address = reverse("letter", args=[okoros.ada.pk, "visit", visit(okoros).thread])
    assert "Dele" not in client.get(address).content.decode()


def test_what_there_is_not_is_not_found(client, okoros):
    matter = visit(okoros)
    for args in ([okoros.chi.pk, "visit", matter.thread], [okoros.ada.pk, "poem", matter.thread]):
        assert client.get(reverse("letter", args=args)).status_code == 404


def test_a_stranger_prints_nothing(client, okoros):
    stranger = user("Sam Stranger", Role.SOCIAL_WORKER)
    client.force_login(stranger, backend="django.contrib.auth.backends.ModelBackend")
    assert made(client, okoros, visit(okoros)).status_code == 403


def test_the_pdf_is_set_kept_by_no_browser_and_named_after_nobody(client, okoros):
    answer = made(client, okoros, visit(okoros), is_kept="on")
    if not can_make_pdf():
        assert answer["Cache-Control"] == "private, no-store"
        return
    assert answer.content.startswith(b"%PDF-")
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Disposition"] == f'attachment; filename="visit-{TODAY:%Y-%m-%d}.pdf"'
    assert documents_of([okoros.ada.pk])[0].document.what.startswith("Visit on ")
    assert documents_of([okoros.ben.pk]) == []
