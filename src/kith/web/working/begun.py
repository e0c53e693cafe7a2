"""At the top of a manager's My work: a section 47 enquiry whose strategy discussion is still to be held."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from kith.record.access.looking import show_names
from kith.record.clocks.queries import DueLine, due_for_people
from kith.record.owed.queries import OwedLine, owed_for
from kith.record.people.family import eldest_first
from kith.record.people.queries import kept_ids
from kith.record.protection.models import HarmSuspected, HarmSuspectedOf
from kith.record.versions import current_matters
from kith.web.my_work import DISCUSSIONS, Work, of_line
from kith.web.working.owed import url_of

AGREEMENT = "managers_agreement"


@dataclass(frozen=True)
class Agreement:
    """That a manager has to agree what was begun: who, and where, for whoever owes it."""

    who: str
    url: str


@dataclass(frozen=True)
class Begun:
    """One enquiry, of brothers and sisters together: since when, by whom, and what is still to be done."""

    at: datetime
    by: str
    names: str
    is_danger_now: bool
    is_added: bool  # told while an enquiry was going on already
    discussion: DueLine
    discussion_url: str
    agreement: Agreement | None
    late_url: str  # where it is said why it is late
    aside_url: str  # where a manager says that nobody has to do it


def begun(work: Work) -> dict[str, Any] | None:
    """Those of this manager's teams, and those that they have to agree, danger first; None without any."""
    to_agree = [line for line in work.owes if line.owed.what == AGREEMENT]
    if not (work.team or to_agree):
        return None
    of_teams = list(work.team.discussions) if work.team else []
    known = {line.child_id for line in of_teams}
    elsewhere = {pk for line in to_agree for pk in line.person_ids} - known
    lines = of_teams + _discussions(due_for_people(sorted(elsewhere), work.now) if elsewhere else [])
    found = _by_harm(work, lines, {line.owed.pk for line in to_agree}) if lines else []
    found.sort(key=lambda one: (not one.is_danger_now, one.at))
    return {"begun": found} if found else None


def _discussions(lines: Iterable[DueLine]) -> list[DueLine]:
    return [line for line in lines if line.clock in DISCUSSIONS]


def _by_harm(work: Work, lines: list[DueLine], mine: set[int]) -> list[Begun]:
    line_of = {line.fact_thread: line for line in lines}
    parts: dict[int, list[HarmSuspectedOf]] = {}
    for part in HarmSuspectedOf.current.filter(thread__in=line_of):
        parts.setdefault(part.matter_thread, []).append(part)
    harms = current_matters(HarmSuspected, parts)
    agreements = [one for one in owed_for([*_ids(parts)], work.now) if one.owed.what == AGREEMENT]
    told = (
        _begun(work, harms[thread], own, line_of[own[0].thread], agreements, mine)
        for thread, own in parts.items()
        if thread in harms
    )
    return [one for one in told if one]


def _ids(parts: dict[int, list[HarmSuspectedOf]]) -> set[int]:
    return {part.person_id for own in parts.values() for part in own}


def _begun(
    work: Work,
    harm: HarmSuspected,
    parts: list[HarmSuspectedOf],
    line: DueLine,
    agreements: Iterable[OwedLine],
    mine: set[int],
) -> Begun | None:
    """None where the name of no child may be shown."""
    ids = {part.person_id for part in parts}
    kept = kept_ids(ids)
    shown = show_names(work.user, set(kept.values()), where="my team's work")
    if not shown:
        return None
    first, *_ = order = eldest_first(shown)
    may_aside = work.may("decide_on_work") and not line.is_late
    owed = next((one for one in agreements if ids & {*one.person_ids}), None)
    return Begun(
        at=harm.suspected_at,
        by=str(harm.recorded_by or ""),
        names=", ".join(shown[pk].name for pk in order),
        is_danger_now=bool(harm.is_danger_now),
        is_added=all(part.is_added for part in parts),
        discussion=line,
        discussion_url=reverse("strategy_discussion", args=[first]) if work.may("enquire") else "",
        agreement=Agreement(owed.who, url_of(owed, first) if owed.owed.pk in mine else "") if owed else None,
        late_url=of_line("say_why_late", kept[line.child_id], line) if line.is_late else "",
        aside_url=of_line("put_aside", kept[line.child_id], line) if may_aside else "",
    )
