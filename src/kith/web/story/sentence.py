"""The first line of a child's page, in a sentence: who they are, and where they stand now."""

from collections.abc import Iterable, Sequence
from datetime import date

from kith.record.chronology.queries import Band
from kith.standards.dates import age_on, long_date

# The furthest along the path first, with the words for standing there.
STANDING = {
    "care": "is looked after",
    "protection": "has a child protection plan",
    "plan": "has a child in need plan",
    "help": "is open to children's social care",
}


def open_bands(bands: Iterable[Band], on: date) -> dict[str, Band]:
    """The newest band of each lane that is open on a day."""
    newest = sorted(bands, key=lambda band: band.started_on)
    return {band.band: band for band in newest if band.ended_on is None or band.ended_on > on}


def sentence(
    name: str, *, born: date | None, expected: date | None, died: date | None, bands: Sequence[Band], on: date
) -> str:
    """One plain sentence. A birth date or a standing that is not known is left out, never guessed."""
    if died:
        return f"{name} died on {long_date(died)}{_aged(born, died)}."
    return f"{name}{_age(born, expected, on)} {_stands(bands, on)}."


def _aged(born: date | None, died: date) -> str:
    return f", aged {age_on(born, died)}" if born else ""


def _age(born: date | None, expected: date | None, on: date) -> str:
    if born and born <= on:
        return f", {age_on(born, on)},"
    if expected:
        return f", expected on {long_date(expected)},"
    return ", whose age is not known,"


def _stands(bands: Sequence[Band], on: date) -> str:
    now = open_bands(bands, on)
    for lane, words in STANDING.items():
        if lane in now:
            return f"{words}, since {long_date(now[lane].started_on)}"
    ended = [band for band in bands if band.band == "care" and band.ended_on]
    if ended:
        return f"left care on {long_date(max(band.ended_on for band in ended if band.ended_on))}"
    return "is not open to children's social care now" if bands else "is known to the authority"
