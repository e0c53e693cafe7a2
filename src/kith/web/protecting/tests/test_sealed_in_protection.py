"""A child sealed after an adoption order stands on no page of protection of a brother or sister."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kith.record.access.permissions import Level, level
from kith.record.audit.models import Entry
from kith.record.care import services as care
from kith.record.extract.queries import extract
from kith.record.people.models import Allocation, Role
from kith.record.protection import services
from kith.record.protection.models import (
    Conference,
    ConferenceOf,
    CoreGroupOf,
    EnquiryFinding,
    HarmSuspectedOf,
    Section47Enquiry,
    StrategyDiscussionOf,
)
from kith.record.protection.queries import conference_parts, invited_to
from kith.record.protection.services import Asked
from kith.web.addresses import every_address
from kith.web.protecting.tests.steps import BACKEND, arranged, go, start
from kith.web.tests.families import user

pytestmark = pytest.mark.django_db
CHI = re.compile(r"\bChi\b")
HELD = "held by a custodian"


@pytest.fixture
def conference(client, family, chair):
    """All three went through an enquiry and have plans from one conference; then Chi was adopted."""
    client.force_login(family.worker, backend=BACKEND)
    held = arranged(client, family)
    _decide(client, held, family, chair)
    client.force_login(family.worker, backend=BACKEND)
    go(
        client, "core_group", family.ada.pk, on=f"{family.today:%d/%m/%Y}", who_came="The nursery of Chi",
        what_changed="Chi sleeps well", **{f"each-{family.chi.pk}-decided": "A bed for Chi"},
    )  # fmt: skip
    adopt(family)
    return held


def _decide(client, held, family, chair):
    client.force_login(chair, backend=BACKEND)
    came = {f"came-{one.thread}": "there" for one in invited_to(held.thread)}
    go(client, "conference_came", held.thread, **came)
    answers = {
        "went_on_because": "Chi is small", "said": "Chi was spoken of most", "chair": str(chair.pk),
        "is_other_day": "on",
    }  # fmt: skip
    for child in (family.ada, family.ben, family.chi):
        answers |= {f"each-{child.pk}-decision": "plan", f"each-{child.pk}-because": f"Because {child.pk}",
                    f"each-{child.pk}-category": "PHY"}  # fmt: skip
    go(client, "chair_conference", held.thread, **answers)


def adopt(family):
    began = family.ago(20)
    care.start_care(
        child=family.chi, on=began, need="N1", legal_status="E1", placement_type="A3", provider="PR1",
        by=family.worker,
    )  # fmt: skip
    care.end_care(child=family.chi, on=family.ago(1), reason="E11", by=family.worker)
    assert level(family.worker, family.chi) is Level.NOTHING


def addresses_about(child, family, held):
    """Every address with this child's number, and those of the conference; other gaps hold a 1."""
    enquiry = Section47Enquiry.current.get(person=child)
    for address in every_address():
        route = str(address.pattern)
        if "<int:person_id>" not in route and not route.startswith(("conference/", "chairing/")):
            continue
        thread = enquiry.thread if "enquiry/" in route else held.thread
        route = route.replace("<int:person_id>", str(child.pk)).replace("<int:thread>", str(thread))
        route = route.replace("<int:invited>", str(invited_to(held.thread)[0].thread))
        yield "/" + re.sub(r"<int:\w+>", "1", re.sub(r"<str:\w+>", "word", route))


def test_no_page_about_a_sister_or_brother_names_the_sealed_child(client, family, conference):
    client.force_login(family.worker, backend=BACKEND)
    for child in (family.ada, family.ben):
        for address in [*addresses_about(child, family, conference), reverse("my_work")]:
            answer = client.get(address, follow=True)
            assert answer.status_code < 500, address
            text = b"".join(answer.streaming_content) if answer.streaming else answer.content
            found = CHI.search(text.decode(errors="replace"))
            assert not found, (address, text.decode(errors="replace")[found.start() - 90 : found.end() + 60])


def test_what_was_written_of_all_three_is_held_back_and_what_is_their_own_stays(client, family, conference):
    text = client.get(reverse("enquiry", args=[family.ada.pk])).content.decode()
    assert HELD in text and "Bruises on all three" not in text and "All seen today" not in text
    record = client.get(reverse("conference_record", args=[family.ada.pk, conference.thread]))
    assert f"Because {family.ada.pk}" in record.content.decode()
    assert HELD in record.content.decode() and "spoken of most" not in record.content.decode()
    plan = client.get(reverse("protection_plan", args=[family.ada.pk])).content.decode()
    assert HELD in plan and "nursery" not in plan and "Write the core group" in plan
    page = client.get(reverse("conference", args=[conference.thread])).content.decode()
    assert "kept from you" in page and "Because" not in page


def test_before_the_order_the_same_worker_reads_it_all(client, family, chair):
    client.force_login(family.worker, backend=BACKEND)
    held = arranged(client, family)
    _decide(client, held, family, chair)
    client.force_login(family.worker, backend=BACKEND)
    text = client.get(reverse("enquiry", args=[family.ada.pk])).content.decode()
    assert "Bruises on all three" in text and HELD not in text
    record = client.get(reverse("conference_record", args=[family.ada.pk, held.thread])).content.decode()
    assert "Chi was spoken of most" in record


def test_a_worker_of_one_alone_reads_the_shared_words_without_the_others_names(client, family):
    client.force_login(family.worker, backend=BACKEND)
    start(client, family, suspected_harm="Chi and Ben were hit, Ada saw it")
    hers = user("Olu Other", Role.SOCIAL_WORKER)
    Allocation.objects.create(person=family.ada, worker=hers, started_on=family.ago(3))
    client.force_login(hers, backend=BACKEND)
    text = client.get(reverse("enquiry", args=[family.ada.pk])).content.decode()
    assert "(name held back) and (name held back) were hit, Ada saw it" in text


def test_a_worker_of_one_alone_reads_who_was_asked_without_the_others_names(client, family, chair):
    client.force_login(family.worker, backend=BACKEND)
    held = arranged(client, family)
    for person in (
        Asked("Whoever leads on safeguarding at the school of Chi Okoro", "For Chi", "school"),
        Asked("Ben Okoro", relative=family.ben),
        Asked("Grandmother Okoro", relative=family.cousin),  # kept from all but the custodian
    ):
        services.ask_to_conference(conference=held, person=person, by=family.worker)
    _decide(client, held, family, chair)
    hers = user("Olu Other", Role.SOCIAL_WORKER)
    Allocation.objects.create(person=family.ada, worker=hers, started_on=family.ago(3))
    client.force_login(hers, backend=BACKEND)
    lead = next(one for one in invited_to(held.thread) if one.job == "For Chi")
    for name, gaps in (
        ("conference_record", [family.ada.pk, held.thread]),
        ("conference", [held.thread]),
        ("conference_person", [held.thread, lead.thread]),
        ("conference_invitation", [held.thread, lead.thread]),
    ):
        answer = client.get(reverse(name, args=gaps))
        text = answer.content.decode()
        assert answer.status_code == 200 and "at the school of (name held back) Okoro" in text, name
        assert not re.search(r"\b(Chi|Ben|Grandmother)\b", text), name
    assert Entry.objects.filter(act="name_shown", person_id=family.mother.pk, actor_id=hers.pk).exists()


def rows_of_chi(family):
    """How much of protection is written about the sealed child."""
    kinds = [Section47Enquiry, HarmSuspectedOf, StrategyDiscussionOf, EnquiryFinding, ConferenceOf]
    kinds.append(CoreGroupOf)
    return {kind.__name__: kind.objects.filter(person=family.chi).count() for kind in kinds}


def test_nothing_more_is_written_about_the_sealed_child(client, family, conference):
    before = rows_of_chi(family)
    chi, ada = str(family.chi.pk), str(family.ada.pk)
    page = start(client, family, children=[chi])
    assert page.status_code == 422
    go(
        client, "strategy_discussion", family.ada.pk, took_part=["police"], discussed="Again",
        decision="meet_again", about=[ada, chi],
    )  # fmt: skip
    go(
        client, "core_group", family.ada.pk, on=f"{family.today:%d/%m/%Y}", who_came="Mum",
        what_changed="Well", **{f"each-{chi}-decided": "More"},
    )  # fmt: skip
    page = client.get(reverse("arrange_review", args=[family.ada.pk]))
    go(client, "arrange_review", family.ada.pk, slot=page.context["form"].fields["slot"].choices[0][0])
    assert rows_of_chi(family) == before
    review = Conference.current.get(kind="review")
    assert {part.person_id for part in conference_parts(review.thread)} == {family.ada.pk, family.ben.pk}
    assert client.get(reverse("enquiry", args=[family.chi.pk])).status_code == 403


def test_the_export_of_a_brother_holds_no_word_of_the_sealed_child(client, family, conference):
    dataset = extract([family.ben.pk])
    told = {table: str(dataset[table].rows()) for table in dataset.filled()}
    assert not [table for table, rows in told.items() if CHI.search(rows) or str(family.chi.pk) in rows]


def test_a_review_after_the_order_is_chaired_without_the_sealed_child(client, family, conference, chair):
    page = client.get(reverse("arrange_review", args=[family.ada.pk]))
    go(client, "arrange_review", family.ada.pk, slot=page.context["form"].fields["slot"].choices[0][0])
    review = Conference.current.get(kind="review")
    client.force_login(chair, backend=BACKEND)
    text = client.get(reverse("chair_conference", args=[review.thread])).content.decode()
    assert "Ada Okoro" in text and not CHI.search(text)
    assert timezone.localdate() - timedelta(days=1) < review.planned_for.date()
