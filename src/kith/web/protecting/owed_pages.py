"""Where what protection leaves owed is done."""

from collections.abc import Iterable

from django.urls import reverse

from kith.record.owed.models import Owed
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


PAGES = {
    "finding_agreed": _of_finding("agree_finding"),
    "finding_again": _of_finding("finding_again"),
    "previous_plans": _of_child("previous_plans"),
    "plan_in_full": _of_child("core_group"),
    "family_help": _of_child("help_begin_for"),
    "child_seen": _of_finding("child_seen"),
}
