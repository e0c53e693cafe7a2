"""Which returns told of a person, and what such files cannot tell."""

from dataclasses import dataclass
from datetime import date

from kith.record.importer.models import SourceRow
from kith.record.people.models import Person
from kith.record.people.queries import same_person_ids
from kith.standards.years import year_bounds, year_label

CALLED = {
    "903": "SSDA903 returns",
    "cin": "CIN census returns",
    "ssd": "a Standard Safeguarding Dataset extract",
}

# What each return leaves out (docs: returns, parts 1 and 2).
CANNOT_TELL = {
    "903": {"names", "relatives", "addresses", "referrals", "assessments", "protection plans", "visits"},
    "cin": {"names", "relatives", "addresses", "placements", "legal statuses", "visits"},
    "ssd": set[str](),
}


@dataclass(frozen=True)
class ToldBy:
    """Sentences for a person's page; both are empty for a person whom no file told of.

    `until` is the last day of the newest return's year; None without a file.
    """

    sources: str
    silent_on: str
    until: date | None = None


def told_by(person: Person) -> ToldBy:
    """Which files this person's facts came from, by return and years, and what such files never hold."""
    told = (
        SourceRow.objects.filter(person__in=same_person_ids(person), is_undone=False)
        .values_list("return_kind", "year")
        .distinct()
    )
    years: dict[str, list[int]] = {}
    for kind, year in sorted(told):
        years.setdefault(kind, []).append(year)
    if not years:
        return ToldBy("", "")
    parts = [f"{CALLED.get(kind, kind)} for {_years(found)}" for kind, found in years.items()]
    missing = set.intersection(*(CANNOT_TELL.get(kind, set()) for kind in years))
    silent = f"Such files hold no {_listed(sorted(missing))}." if missing else ""
    newest = max(year for found in years.values() for year in found)
    return ToldBy(f"This page rests on {_listed(parts)}.", silent, year_bounds(newest)[1])


def _years(found: list[int]) -> str:
    first, last = year_label(found[0]), year_label(found[-1])
    return first if first == last else f"{first} to {last}"


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
