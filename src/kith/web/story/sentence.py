"""The first line of a child's page, in a sentence: who they are, and where they stand now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kith.record.chronology.queries import Band
from kith.standards.dates import age_on, long_date

# The furthest along the path first, with the words for standing there: now, and when last told of.
STANDING = {
    "care": ("is looked after", "was looked after"),
    "protection": ("has a child protection plan", "had a child protection plan"),
    "plan": ("has a child in need plan", "had a child in need plan"),
    "outside": ("has a plan about harm outside the home", "had a plan about harm outside the home"),
    "family_help": ("has family help", "had family help"),
    "help": ("is open to children's social care", "was open to children's social care"),
}


@dataclass(frozen=True)
class Enquired:
    """A section 47 enquiry that goes on: since when, and whether somebody said that tonight is not safe."""

    since: date
    is_danger_tonight: bool = False


def open_bands(bands: Iterable[Band], on: date) -> dict[str, Band]:
    """The newest band of each lane that is open on a day."""
    newest = sorted(bands, key=lambda band: band.started_on)
    return {
        band.band: band
        for band in newest
        if band.started_on <= on and (band.ended_on is None or band.ended_on > on)
    }


def sentence(
    name: str,
    *,
    born: date | None,
    expected: date | None,
    died: date | None,
    bands: Sequence[Band],
    on: date,
    told_until: date | None = None,
    pregnancy_ended_on: date | None = None,
    enquired: Enquired | None = None,
    gone: str = "",
    placed: str = "",
) -> str:
    """One plain sentence. A birth date or a standing that is not known is left out, never guessed.

    That they are `gone` comes before all; an enquiry that goes on before any plan, danger tonight first in
    it. `placed` is where a child in care lives.
    `told_until` is the last day that any source tells of, when that is before `on`: what stood then is
    told as having stood then.
    """
    if died:
        return f"{name} died on {long_date(died)}{_aged(born, died)}."
    if pregnancy_ended_on:
        return f"{name} is not expected any more: the pregnancy ended on {long_date(pregnancy_ended_on)}."
    missing = [gone] if gone and not told_until else []
    stands = [*missing, *_enquired(enquired, told_until), _stands(bands, on, told_until, placed)]
    return f"{name}{_age(born, expected, on)} {', and '.join(stands)}."


def _enquired(one: Enquired | None, told_until: date | None) -> list[str]:
    if one is None:
        return []
    since = long_date(one.since)
    if told_until:
        return [f"was in a section 47 enquiry (since {since})"]
    danger = "is not safe tonight, is" if one.is_danger_tonight else "is"
    return [f"{danger} in a section 47 enquiry, since {since}"]


def _aged(born: date | None, died: date) -> str:
    age = age_on(born, died) if born else None
    return f", aged {age}" if age is not None else ""


def _age(born: date | None, expected: date | None, on: date) -> str:
    if born and born <= on:
        return f", {age_on(born, on)},"
    if expected:
        return f", expected on {long_date(expected)}{' and not on record as born' if expected < on else ''},"
    return ", whose age is not known,"


def _stands(bands: Sequence[Band], on: date, told_until: date | None, placed: str = "") -> str:
    now = open_bands(bands, told_until or on)
    for lane, (stands, stood) in STANDING.items():
        if lane in now:
            since = long_date(now[lane].started_on)
            if told_until:
                return (
                    f"{stood} on {long_date(told_until)}, as far as the newest source tells (since {since})"
                )
            where = f", {placed}" if placed and lane == "care" else ""
            return f"{stands}, since {since}{where}"
    left = [band.ended_on for band in bands if band.band == "care" and band.ended_on]
    if left:
        return f"left care on {long_date(max(left))}"
    if not bands:
        return "is known to the authority"
    if told_until:
        return f"was not open to children's social care on {long_date(told_until)}, when last told of"
    return "is not open to children's social care now"
