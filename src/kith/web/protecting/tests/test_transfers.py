"""A plan that moves in from another area, or out to one."""

import pytest
from django.urls import reverse
from django.utils import timezone

from kith.record.protection.models import ProtectionPlan, TransferIn, TransferOut
from kith.standards.dates import long_date
from kith.standards.working_days import add_working_days
from kith.web.protecting.tests.steps import go, merged, start, text_of_plan, three

pytestmark = pytest.mark.django_db


def test_a_plan_from_another_area_is_seen_from_their_letter_on(as_worker, family):
    given = {"children": three(family), "from_authority": "Leeds"}
    go(as_worker, "transfer_in", family.ada.pk, notified_on=f"{timezone.localdate():%d/%m/%Y}", **given)
    assert TransferIn.current.count() == 3
    for name in ("story", "protection_plan"):
        assert "Plan from Leeds" in as_worker.get(reverse(name, args=[family.ben.pk])).content.decode()


def test_a_plan_from_another_area_and_an_enquiry_are_seen_on_the_record_a_childs_was_merged_into(
    as_worker, family
):
    given = {"children": three(family), "from_authority": "Leeds"}
    go(as_worker, "transfer_in", family.ada.pk, notified_on=f"{timezone.localdate():%d/%m/%Y}", **given)
    start(as_worker, family)
    kept = merged(family)
    for name in ("story", "protection_plan"):
        assert "Plan from Leeds" in as_worker.get(reverse(name, args=[kept.pk])).content.decode()
    assert "Section 47 enquiry since" in as_worker.get(reverse("story", args=[kept.pk])).content.decode()
    transfer = TransferIn.current.get(person=family.ada)
    assert as_worker.get(reverse("end_transfer_in", args=[kept.pk, transfer.thread])).status_code == 200


def test_a_plan_kept_for_another_area_ends_when_the_family_goes_on(as_worker, family):
    day = f"{family.ago(3):%d/%m/%Y}"
    go(
        as_worker,
        "transfer_in",
        family.ada.pk,
        notified_on=day,
        children=three(family),
        from_authority="Leeds",
    )
    kept = TransferIn.current.get(person=family.ada)
    leave = reverse("end_transfer_in", args=[family.ada.pk, kept.thread])
    assert leave in text_of_plan(as_worker, family.ada)
    assert go(as_worker, "end_transfer_in", family.ada.pk, kept.thread, on=day).status_code == 422
    go(as_worker, "end_transfer_in", family.ada.pk, kept.thread, on=day, because="They went to York")
    assert TransferIn.current.get(person=family.ada).ended_on == family.ago(3)
    assert TransferIn.current.get(person=family.ben).ended_on is None
    assert as_worker.get(leave).status_code == 404  # sent twice, it is over once
    assert "Plan from Leeds" not in text_of_plan(as_worker, family.ada)


def test_a_plan_of_a_child_who_moved_stays_ours_until_their_conference(as_worker, family):
    ProtectionPlan.objects.create(person=family.ada, started_on=family.ago(40), initial_category="NEG")
    told = family.ago(2)
    go(
        as_worker, "transfer_out", family.ada.pk, children=[str(family.ada.pk)], to_authority="York",
        on=f"{told:%d/%m/%Y}",
    )  # fmt: skip
    text = text_of_plan(as_worker, family.ada)
    assert f"due by {long_date(add_working_days(told, 15))}" in text
    moving = TransferOut.current.get()
    go(as_worker, "their_conference", family.ada.pk, moving.thread, on=f"{family.ago(1):%d/%m/%Y}")
    plan = ProtectionPlan.current.get()
    assert (plan.ended_on, plan.end_reason) == (family.ago(1), "moved")
