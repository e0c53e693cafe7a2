"""On My work: what an enquiry found that waits for a manager, and the conferences this person chairs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kith.record.access.looking import show_names
from kith.record.owed.queries import OwedLine, owed_by
from kith.record.people.permissions import can
from kith.record.people.queries import covers_for, kept_ids
from kith.record.protection import permissions
from kith.record.protection.models import EnquiryFinding
from kith.web.protecting.agreeing import MY_WORK, Waiting
from kith.web.protecting.to_chair import to_chair
from kith.web.sections import Section
from kith.web.working.together import once_for_family


def _to_agree(page: Any) -> dict[str, Any] | None:
    """What enquiries found that this manager is to agree, the latest owed first; each with its buttons."""
    if not can("agree_enquiry_outcome", page.user):
        return None
    owing = [page.user, *(cover.for_user for cover in covers_for(page.user))]
    lines = [line for one in owing for line in owed_by(one, page.now) if line.owed.what == "finding_agreed"]
    found = {
        one.thread: one
        for one in EnquiryFinding.current.filter(thread__in=[line.owed.fact_thread for line in lines])
        if not one.sent_back_because
    }
    kept = kept_ids(one.person_id for one in found.values())
    names = show_names(page.user, set(kept.values()), where="my work") if kept else {}
    waiting = [
        (line, _waiting(page.user, found[line.owed.fact_thread], names, kept))
        for line in lines
        if line.owed.fact_thread in found and kept[found[line.owed.fact_thread].person_id] in names
    ]
    groups = once_for_family(
        waiting,
        lambda one: one[1].person_id,
        lambda one: (one[1].finding.found_on, one[1].finding.recorded_by_id),
    )
    return {"waiting": [_of_family(group) for group in groups]} if groups else None


@dataclass(frozen=True)
class FamilyWaits:
    """What one worker found on one day about the children of a family: the first leads on to the next.

    `said` are the names of whom the same was found about, with the finding.
    """

    line: OwedLine
    first: Waiting
    names: str
    said: tuple[tuple[str, EnquiryFinding], ...]


def _of_family(group: Sequence[tuple[OwedLine, Waiting]]) -> FamilyWaits:
    alike: dict[tuple[str, str], list[Waiting]] = {}
    for _, one in group:
        alike.setdefault((one.finding.finding, one.finding.why), []).append(one)
    said = tuple((", ".join(one.name for one in each), each[0].finding) for each in alike.values())
    mine = next((one for _, one in group if one.may_agree), group[0][1])
    return FamilyWaits(group[0][0], mine, ", ".join(one.name for _, one in group), said)


def _waiting(user: Any, one: EnquiryFinding, names: Any, kept: Any) -> Waiting:
    pk = kept[one.person_id]
    return Waiting(one, names[pk].name, pk, permissions.can_agree_finding(user, one), came_from=MY_WORK)


def _chaired(page: Any) -> dict[str, Any] | None:
    """Those still to be held, the next one first; nothing for somebody who chairs none."""
    if not can("chair_conferences", page.user):
        return None
    planned = to_chair(page.user, where="my work")
    return {"planned": planned} if planned else None


SECTIONS = [
    Section("kith/protecting/to_agree.html", _to_agree, 5),
    Section("kith/protecting/chaired.html", _chaired, 6),
]
