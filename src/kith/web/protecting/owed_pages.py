"""Where what protection leaves owed is done."""

from collections.abc import Iterable

from django.urls import reverse

from kith.record.owed.models import Owed
from kith.record.pathway.full_plan import is_met_about
from kith.record.people.models import Person
from kith.record.people.queries import survivor
from kith.record.planning.models import PlanKind
from kith.record.planning.queries import open_plan
from kith.record.protection.models import EnquiryFinding


def _of_finding(name: str):  # type: ignore[no-untyped-def]
    """The page `name` of the finding that something is owed of."""

    def page(owed: Owed, person_ids: Iterable[int]) -> str:
        finding = EnquiryFinding.current.filter(thread=owed.fact_thread).first()
        return reverse(name, args=[finding.person_id, finding.enquiry_thread]) if finding else ""

    return page


def _of_child(name: str):  # type: ignore[no-untyped-def]
    def page(owed: Owed, person_ids: Iterable[int]) -> str:
        first = next(iter(person_ids), None)
        return reverse(name, args=[first]) if first else ""

    return page


def _plan_in_full(owed: Owed, person_ids: Iterable[int]) -> str:
    """The core group; once it met, the plan, in which nothing is written yet."""
    child = Person.objects.filter(pk__in=[*person_ids]).first()
    if child is None:
        return ""
    if not is_met_about(owed.fact_thread, child):
        return reverse("core_group", args=[child.pk])
    plan = open_plan(survivor(child).pk, PlanKind.PROTECTION)
    return reverse("plan", args=[plan.thread]) if plan else reverse("protection_plan", args=[child.pk])


PAGES = {
    "finding_agreed": _of_finding("agree_finding"),
    "finding_again": _of_finding("finding_again"),
    "previous_plans": _of_child("previous_plans"),
    "plan_in_full": _plan_in_full,
    "what_follows": _of_child("protection_plan"),
    "family_help": _of_child("help_begin_for"),
    "child_seen": _of_finding("child_seen"),
}
