"""Where a child sleeps tonight, and where brothers and sisters are: from what the record holds now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from kith.record.care import queries as care
from kith.record.care.models import MissingEpisode, PeriodOfCare, Placement
from kith.record.chronology.words import run_by, words_for
from kith.record.facts import Fact
from kith.record.people.models import Address
from kith.record.people.queries import Shown, homes_of
from kith.standards.dates import long_date

ADOPTED = frozenset({"E11", "E12"})  # code list `reason_episode_ceased`
AWAY = {
    "M": "Missing: where they are is not known",
    "A": "Away without permission: where they are is known",
}  # code list `missing_type`
PREPOSITIONS = {"P": "at", "T": "on"}  # by the first letter of the code list `placement_type`
GONE = {"M": "has been missing", "A": "has been away without permission"}  # of the same list, for a sentence
SHARED = "This authority shares parental responsibility, under "
RESPONSIBLE = {
    "C1": f"{SHARED}an interim care order.",
    "C2": f"{SHARED}a full care order.",
    "E1": f"{SHARED}a placement order.",
    "L2": "Whoever got the emergency protection order shares parental responsibility while it lasts.",
    "L1": "Police protection gives nobody parental responsibility: neither the police nor this authority.",
    "V2": "This authority has none: the child is looked after by agreement (section 20).",
}  # code list `legal_status`; Children Act 1989 s33, s44, s46, s20, and Adoption and Children Act 2002 s25


@dataclass(frozen=True)
class Tonight:
    """Where somebody sleeps: in words, the place, since when, and the fact behind it.

    `away` comes first of all: they are missing. `is_hidden` is an address nobody may be shown here. For a
    sentence: `placed` is where in care they live, and `gone` that they are not there.
    """

    words: str
    place: str = ""
    since: date | None = None
    url: str = ""
    away: str = ""
    away_url: str = ""
    is_hidden: bool = False
    is_adopted: bool = False
    placed: str = ""
    gone: str = ""


def tonight(child: Shown, ids: Sequence[int], on: date) -> Tonight | None:
    """Where the child whose records are `ids` sleeps on `on`; None for somebody not born, or dead.

    The home on the record of an adopted child is that of the family of birth: it is never given as theirs.
    """
    if (
        child.date_of_death
        or child.pregnancy_ended_on
        or (child.date_of_birth is None and child.expected_date_of_birth)
    ):
        return None
    left = care.last_left(ids, on).values()
    if any(period.end_reason in ADOPTED for period in left):
        return Tonight(
            "With their adoptive family. This record is from before the adoption: it does not say where.",
            is_adopted=True,
        )
    placement = next(iter(care.placements_on(ids, on).values()), None)
    home = next(iter(homes_of(ids, on)), None)
    if home and any(_is_from_before_care(home, period) for period in left):
        home = None
    missing = next(iter(care.missing_on(ids, on).values()), None)
    away = f"{AWAY.get(missing.kind, AWAY['M'])}, since {long_date(missing.started_on)}." if missing else ""
    return _slept(child.person_id, placement, home, away, missing)


def _is_from_before_care(home: Address, period: PeriodOfCare) -> bool:
    """Whether somebody who left care for a home of their own has only the address from before it."""
    lives_alone = period.end_reason in {"E5", "E6"}  # code list `reason_episode_ceased`
    return lives_alone and (home.started_on is None or home.started_on <= period.started_on)


def _slept(
    person_id: int,
    placement: Placement | None,
    home: Address | None,
    away: str,
    missing: MissingEpisode | None,
) -> Tonight:
    is_hidden = home is not None and home.is_confidential
    away_url = _source(person_id, missing)
    gone = f"{GONE.get(missing.kind, GONE['M'])} since {long_date(missing.started_on)}" if missing else ""
    if placement:
        words = _placed(placement)
        place = "" if is_hidden else placement.postcode
        url = _source(person_id, placement)
        placed = _lives(placement)
        return Tonight(
            words, place, placement.started_on, url, away, away_url, is_hidden, placed=placed, gone=gone
        )
    if home is None:
        return Tonight("Not on record.", away=away, away_url=away_url, gone=gone)
    url = "" if is_hidden else _source(person_id, home)  # the source holds the address
    place = "" if is_hidden else ", ".join(filter(None, (home.lines, home.postcode)))
    words = (
        f"At the home address, as told by {home.said_by}" if home.said_by else "At the home address on record"
    )
    return Tonight(words, place, home.started_on, url, away, away_url, is_hidden, gone=gone)


def _placed(placement: Placement) -> str:
    words = words_for("placement_type", placement.placement_type)
    provided = run_by(placement.placement_type, placement.provider)
    return f"{words[:1].upper()}{words[1:]}{', ' if provided else ''}{provided}"


def _source(person_id: int, fact: Fact | None) -> str:
    return reverse("fact_source", args=[person_id, fact._meta.label_lower, fact.thread]) if fact else ""


def who_else_is_responsible(ids: Sequence[int], on: date) -> str:
    """What the legal status in force on `on` gives the authority, in words; "" for a child not looked after.

    Whom to ask for consent at night turns on it, so that a status nobody has put in words says nothing.
    """
    status = next(iter(care.statuses_on(ids, on).values()), None)
    return RESPONSIBLE.get(status.code, "") if status else ""


def where_each_is(under: Mapping[int, Iterable[int]], on: date) -> dict[int, str]:
    """For each kept person, in a few words, where they are now: placed, adopted, missing; "" where at home.

    `under` holds the ids of all their records. Only for people whose record the reader may open.
    """
    root = {pk: kept for kept, ids in under.items() for pk in ids}
    if not root:
        return {}
    said = dict.fromkeys(under, "")
    for pk, code in care.last_leaving_codes(root, on).items():
        said[root[pk]] = "adopted" if code in ADOPTED else ""
    for pk, placement in care.placements_on(root, on).items():
        place = _lives(placement)
        said[root[pk]] = f"looked after, {place}" if not place.startswith("placed") else place
    for pk in care.missing_on(root, on):
        said[root[pk]] = ", ".join(filter(None, (said[root[pk]], "missing or away now")))
    return said


def _lives(placement: Placement) -> str:
    """Where somebody placed lives, as a sentence goes on: "in foster care", "at home, with a parent"."""
    words = words_for("placement_type", placement.placement_type)
    if words.startswith(("placed", "living")):
        return words
    return f"{PREPOSITIONS.get(placement.placement_type[:1], 'in')} {words}"


def where_each_lives(
    people: Mapping[int, Shown], under: Mapping[int, Iterable[int]], on: date
) -> dict[int, str]:
    """For each kept person who does not live at the home on record, where they live, in words for a list.

    A district is told only where that of their home is: a hidden one stays hidden. Only for people whose
    record the reader may open.
    """
    root = {pk: kept for kept, ids in under.items() for pk in ids}
    placed = {root[pk]: each for pk, each in care.placements_on(root, on).items()}
    return {
        pk: _elsewhere(words, placed.get(pk), people[pk].district)
        for pk, words in where_each_is(under, on).items()
        if words and pk in people
    }


def _elsewhere(words: str, placement: Placement | None, home: str) -> str:
    if placement is None or not home:
        return words
    district = placement.postcode.strip().rpartition(" ")[0]
    place = f"{words} in {district}" if district else words
    return place if placement.placement_type == "P1" else f"{place}; family home in {home}"
