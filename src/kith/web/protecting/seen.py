"""When children were seen in their enquiry, as it is on record already, so that nobody types it again."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from kith.record.people.queries import merged_under
from kith.record.protection.models import EnquiryFinding, Section47Enquiry
from kith.record.protection.queries import findings_of
from kith.record.visits.queries import met_since
from kith.standards.clocks import Moment
from kith.standards.working_days import legal_day
from kith.web.task_pages.per_child import name_in_form

SAID = ("seen_on", "is_seen_alone")  # why not is the child's own, and this page is a sibling's too
IN_FORM: dict[Any, Any] = {True: "yes", False: "no"}


def seen_before(rows: str, enquiries: Mapping[int, Section47Enquiry]) -> dict[str, Any]:
    """What stands filled in of each child's row `rows`: what was found before, else a visit of the enquiry.

    `enquiries` are those going on, by kept id.
    """
    under = merged_under(enquiries)
    found = findings_of(pk for ids in under.values() for pk in ids)
    since = {pk: _began(enquiries[kept]) for kept, ids in under.items() for pk in ids}
    visits = met_since(since)
    stands: dict[str, Any] = {}
    for kept, enquiry in enquiries.items():
        met = max((visits[pk] for pk in under[kept] if pk in visits), default=None)
        for name, value in _said(found.get(enquiry.thread), met).items():
            stands[name_in_form(rows, kept, name)] = IN_FORM.get(value, value)
    return stands


def _began(enquiry: Section47Enquiry) -> Moment:
    """The moment an enquiry began: a visit of that day before it is none of the enquiry."""
    at = enquiry.started_at
    return at if at and legal_day(at) == enquiry.started_on else enquiry.started_on


def _said(finding: EnquiryFinding | None, met: date | None) -> dict[str, Any]:
    """What a worker said before; of a visit its day alone, for whether alone is never chosen beforehand."""
    if finding is not None and finding.seen_on:
        return {name: getattr(finding, name) for name in SAID}
    return {"seen_on": met} if met else {}
