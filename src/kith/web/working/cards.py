"""What a child's card says beside their name: when seen, the next visit, a worry, a good thing."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kith.record.assessment.models import ChildsPart, FamilyAssessment
from kith.record.clocks.queries import DueLine
from kith.record.pathway.seen import last_seen, last_seen_alone
from kith.record.pathway.visit_clocks import NEED_VISIT, PROTECTION_VISIT
from kith.record.versions import current_facts, current_matters

VISITS = {PROTECTION_VISIT, NEED_VISIT}  # the next visit of a protection plan, and of a child in need plan
LONGEST = 160  # letters of a worry on a card; the rest is on the child's page


@dataclass(frozen=True)
class AtAGlance:
    """Of one child: days seen, and what the newest assessment says of the family ("" where nothing does)."""

    seen_on: date | None = None
    seen_alone_on: date | None = None
    worry: str = ""
    good: str = ""


def at_a_glance(under: Mapping[int, Iterable[int]]) -> dict[int, AtAGlance]:
    """What is known of each kept person; `under` has all their records' ids."""
    root = {pk: kept for kept, ids in under.items() for pk in ids}
    seen, alone = _latest(last_seen(root), root), _latest(last_seen_alone(root), root)
    words = _words(root)
    return {kept: AtAGlance(seen.get(kept), alone.get(kept), *words.get(kept, ("", ""))) for kept in under}


def next_visit(lines: Iterable[DueLine]) -> DueLine | None:
    """The visit that is due next among these lines."""
    return next((line for line in lines if line.clock in VISITS), None)


def _latest(days: Mapping[int, date], root: Mapping[int, int]) -> dict[int, date]:
    found: dict[int, date] = {}
    for pk, day in days.items():
        found[root[pk]] = max(day, found.get(root[pk], day))
    return found


def _words(root: Mapping[int, int]) -> dict[int, tuple[str, str]]:
    """(worry, good thing) from the newest assessment of each child's family.

    Its words are of all its children, so they stand here only where all of them are this reader's.
    """
    parts = sorted(current_facts(ChildsPart, root), key=lambda part: part.pk)
    families = current_matters(FamilyAssessment, {part.matter_thread for part in parts})
    ours = _all_ours({part.matter_thread for part in parts}, root.keys())
    return {
        root[part.person_id]: (_short(said.words, "worries"), _short(said.words, "going_well"))
        for part in parts
        if (said := families.get(part.matter_thread)) and part.matter_thread in ours
    }


def _all_ours(threads: set[int], ids: Collection[int]) -> set[int]:
    about = ChildsPart.current.filter(matter_thread__in=threads).exclude(person_id__in=ids)
    return threads - set(about.values_list("matter_thread", flat=True)) if threads else set()


def _short(words: Mapping[str, str], section: str) -> str:
    first = " ".join(str(words.get(section, "")).split())
    return first if len(first) <= LONGEST else f"{first[: LONGEST - 1].rsplit(' ', 1)[0]} …"
