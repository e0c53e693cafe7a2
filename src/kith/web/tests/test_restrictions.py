"""Who may not see a record, through the client: who is kept out, why, who keeps it, until when."""

from copy import deepcopy
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kith.record.access import permissions, services
from kith.record.access.models import KeptApart, RestrictedMatch, Restriction
from kith.record.audit.models import Entry
from kith.record.care import services as care
from kith.record.people.models import Role
from kith.web.tests.families import the_khans, user

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
NEXT_MONTH = TODAY + timedelta(days=30)


@pytest.fixture(scope="module")
def khans_once(module_db):
    return the_khans(TODAY)


@pytest.fixture
def khans(khans_once, db):
    return deepcopy(khans_once)


@pytest.fixture
def as_user(client):
    def become(somebody):
        client.force_login(somebody, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return become


def words(answer):
    return answer.content.decode()


def said(day):
    return f"{day.day}/{day.month}/{day.year}"


def sent(khans, **changes):
    return {
        "kind": "police", "reason": "An operation", "custodian": khans.custodian.pk,
        "allowed": [khans.worker.pk], "ends_on": said(NEXT_MONTH), **changes,
    }  # fmt: skip


def test_a_manager_restricts_a_record_until_a_day_and_is_kept_out_too(as_user, khans):
    client, address = as_user(khans.manager), reverse("restrictions", args=[khans.amira.pk])
    page = words(client.get(address))
    assert "None: whoever works with this child may open the record." in page
    assert "Zainab Osei" in page and "checked" not in page  # who works with her is offered, nobody is ticked
    assert client.post(address, sent(khans)).status_code == 302
    placed = Restriction.objects.get(person=khans.amira)
    assert (placed.kind, placed.ends_on, placed.custodian) == ("police", NEXT_MONTH, khans.custodian)
    assert permissions.can_open(khans.worker, khans.amira)
    assert not permissions.can_open(khans.manager, khans.amira)
    assert client.get(address).status_code == 403
    assert RestrictedMatch.objects.filter(restriction=placed, searcher=khans.manager).exists()
    assert Entry.objects.filter(act="restriction_placed", person_id=khans.amira.pk).count() == 1


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"kind": ""}, "Choose why it is kept from others"),
        ({"reason": ""}, "Write why"),
        ({"custodian": ""}, "Choose a custodian"),
        ({"ends_on": said(TODAY)}, "not still to come"),
        ({"kind": "sealed_adoption"}, "stays sealed"),
    ],
)
def test_a_restriction_that_cannot_be_is_refused_in_words(as_user, khans, changes, refusal):
    answer = as_user(khans.manager).post(
        reverse("restrictions", args=[khans.amira.pk]), sent(khans, **changes)
    )
    assert answer.status_code == 422 and refusal in words(answer)
    assert not Restriction.objects.filter(person=khans.amira).exists()


@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.ANALYST, Role.ADMINISTRATOR, Role.DATA_PROTECTION])
def test_others_may_neither_read_nor_place_restrictions(as_user, khans, role):
    client = as_user(user("Ola Other", role))
    for address in (
        reverse("restrictions", args=[khans.amira.pk]),
        reverse("keep_apart", args=[khans.amira.pk]),
    ):
        assert client.get(address).status_code == 403
        assert client.post(address, sent(khans)).status_code == 403
    assert client.get(reverse("kept_records")).status_code == 403
    assert not Restriction.objects.filter(person=khans.amira).exists()


def test_the_name_on_the_page_is_written_down(as_user, khans):
    as_user(khans.manager).get(reverse("restrictions", args=[khans.amira.pk]))
    entry = Entry.objects.filter(act="name_shown", person_id=khans.amira.pk).latest("id")
    assert (entry.actor_id, entry.about["why"]) == (khans.manager.pk, "restrictions")


def test_a_worker_is_kept_from_a_record_and_let_back(as_user, khans):
    client = as_user(khans.manager)
    told = {"user": khans.worker.pk, "because": "Her sister’s child", "ends_on": said(NEXT_MONTH)}
    assert client.post(reverse("keep_apart", args=[khans.amira.pk]), told).status_code == 302
    apart = KeptApart.objects.get()
    page = words(client.get(reverse("restrictions", args=[khans.amira.pk])))
    assert "Her sister’s child" in page and "until" in page
    assert not permissions.can_open(khans.worker, khans.amira)
    client.post(reverse("end_keep_apart", args=[apart.pk]), {"because": "It was another child"})
    assert permissions.can_open(khans.worker, khans.amira)
    assert Entry.objects.filter(act="kept_apart_ended", person_id=khans.amira.pk).exists()


def test_nobody_ends_what_keeps_themselves_from_a_record(as_user, khans):
    apart = services.keep_apart(khans.manager, khans.amira, by=khans.custodian, because="His niece")
    answer = as_user(khans.manager).post(reverse("end_keep_apart", args=[apart.pk]), {"because": "No"})
    assert answer.status_code == 403
    assert KeptApart.objects.get().ended_at is None


def test_a_custodian_sees_what_they_keep_allows_somebody_and_lifts_it(as_user, khans):
    services.place_restriction(
        khans.amira, by=khans.manager, kind="police", reason="An operation", custodian=khans.custodian
    )
    held = Restriction.objects.get(person=khans.amira)
    client, address = as_user(khans.custodian), reverse("restriction", args=[held.pk])
    assert "Amira Khan" in words(client.get(reverse("kept_records")))
    client.post(address, {"act": "allow", "user": khans.worker.pk})
    assert permissions.can_open(khans.worker, khans.amira)
    client.post(address, {"act": "no_longer", "user": khans.worker.pk})
    assert not permissions.can_open(khans.worker, khans.amira)
    assert client.post(address, {"act": "lift", "because": ""}).status_code == 422
    assert client.post(address, {"act": "lift", "because": "It is over"}).status_code == 302
    assert permissions.can_open(khans.worker, khans.amira)
    assert "lifted" in words(as_user(khans.manager).get(reverse("restrictions", args=[khans.amira.pk])))


def test_another_custodian_neither_sees_nor_changes_what_they_do_not_keep(as_user, khans):
    services.place_restriction(
        khans.amira, by=khans.manager, kind="police", reason="An operation", custodian=khans.custodian
    )
    client = as_user(user("Una Other", Role.CUSTODIAN))
    assert "Amira" not in words(client.get(reverse("kept_records")))
    held = Restriction.objects.get(person=khans.amira)
    answer = client.post(reverse("restriction", args=[held.pk]), {"act": "lift", "because": "x"})
    assert answer.status_code == 404


def test_a_file_sealed_by_an_adoption_is_kept_by_every_custodian_and_stays_sealed(as_user, khans):
    care.end_care(child=khans.amira, on=khans.ago(2), reason="E12", by=khans.manager)
    client = as_user(user("Una Other", Role.CUSTODIAN))
    page = words(client.get(reverse("kept_records")))
    assert "Amira Khan" in page and "kept by every custodian" in page
    held = Restriction.objects.get(person=khans.amira)
    answer = client.post(reverse("restriction", args=[held.pk]), {"act": "lift", "because": "Curious"})
    assert answer.status_code == 422 and "adoption order ended this child" in words(answer)
    client.post(reverse("restriction", args=[held.pk]), {"act": "allow", "user": khans.worker.pk})
    assert permissions.can_open(khans.worker, khans.amira)
