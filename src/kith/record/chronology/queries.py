"""Reading a person's story: its lines, its turning points, and its picture as bands and marks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from django.db.models import F, QuerySet

from kith.record.chronology.kinds import TURNING_POINT, kind, kinds
from kith.record.chronology.models import Line
from kith.record.people.models import Person
from kith.record.people.queries import same_person_ids
from kith.standards.dates import day_in_words

FEWEST, MOST = 8, 15
OFTEN = 3  # so many times missing turn a story together, however little each of them weighs


@dataclass(frozen=True)
class Source:
    """The fact that a line tells: its table (`care.placement`) and its thread."""

    table: str
    thread: int


@dataclass(frozen=True)
class TurningPoint:
    """One line of the five-minute story; several events alike in a row are told as one.

    `on` is the first day, None where the source gives none; `until` the last of several, or None.
    """

    on: date | None
    until: date | None
    kind: str
    words: str
    text: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Band:
    """One stretch on the timeline's picture.

    `band` is its lane: help, family_help, plan, outside, protection, care, legal_status, placement, school,
    worker. `ended_on` is None while it goes on.
    """

    band: str
    text: str
    started_on: date
    ended_on: date | None
    source: Source


@dataclass(frozen=True)
class Mark:
    """One event on the timeline's picture."""

    on: date
    kind: str  # review, missing, conference, section_47, assessment, court, death
    text: str
    source: Source


@dataclass(frozen=True)
class Picture:
    """A person's life as bands and marks, each oldest first."""

    bands: tuple[Band, ...]
    marks: tuple[Mark, ...]


def lines_for(person: Person, *, struck: bool = False) -> QuerySet[Line]:
    """A person's lines, oldest first, those without a day before all; the struck ones only when asked.

    Lines written under a record since merged into this one are among them.
    """
    lines = Line.objects.filter(person__in=same_person_ids(person))
    if not struck:
        lines = lines.filter(struck_at=None)
    return lines.order_by(F("on").asc(nulls_first=True), "id")


def story(person: Person, on: date) -> list[TurningPoint]:
    """The 8 to 15 turning points of a person's life on record up to `on`, oldest first.

    Fewer than 8 only where the record holds fewer. Routine lines fill a short story, the weightiest
    first; a long one tells runs of the same kind as one line, then drops the least.
    """
    return story_of(list(lines_for(person)), on)


def story_of(lines: Sequence[Line], on: date) -> list[TurningPoint]:
    """The turning points among these lines, which are oldest first."""
    told = set(_told_in_a_story())
    happened = [line for line in lines if line.kind in told and (line.on is None or line.on <= on)]
    missing = [_point(line) for line in happened if line.kind == "missing_started"]
    if len(missing) < OFTEN:
        return shorten([_point(line) for line in _weighty(happened)])
    others = [line for line in happened if line.kind != "missing_started"]
    points = shorten([_point(line) for line in _weighty(others)], most=MOST - 1)
    return sorted([*points, _as_one(missing)], key=lambda point: point.on or date.min)


def _told_in_a_story() -> list[str]:
    """Kinds that may stand in a story: all but the least routine work, which never turns one."""
    return [name for name, row in kinds().items() if row.weight > 1]


def _weighty(lines: Sequence[Line]) -> list[Line]:
    """The turning points among the lines; where they are few, the next weightiest too; in their order."""
    chosen = [line for line in lines if kind(line.kind).weight >= TURNING_POINT]
    if len(chosen) >= FEWEST:
        return chosen
    rest = sorted(
        (line for line in lines if kind(line.kind).weight < TURNING_POINT),
        key=lambda line: (-kind(line.kind).weight, line.on is None, -(line.on or date.min).toordinal()),
    )
    kept = {line.pk for line in [*chosen, *rest[: FEWEST - len(chosen)]]}
    return [line for line in lines if line.pk in kept]


def _point(line: Line) -> TurningPoint:
    return TurningPoint(line.on, None, line.kind, kind(line.kind).words, line.text, (_source(line),))


def shorten(points: Sequence[TurningPoint], most: int = MOST) -> list[TurningPoint]:
    """At most so many points: runs of a kind become one, then the fullest kinds, then the least fall."""
    shorter = list(points)
    if len(shorter) > most:
        shorter = [_as_one(list(run)) for _, run in groupby(shorter, key=lambda point: point.kind)]
    while len(shorter) > most and (crowded := _most_crowded(shorter)):
        shorter = _gather(shorter, crowded)
    while len(shorter) > most:
        shorter.remove(min(shorter[1:], key=lambda point: kind(point.kind).weight))
    return shorter


def _most_crowded(points: Sequence[TurningPoint]) -> str | None:
    """The least weighty kind that stands more than once and can be told as many; None where none is left."""
    many = {p.kind for p in points if kind(p.kind).many and sum(q.kind == p.kind for q in points) > 1}
    return min(many, key=lambda name: (kind(name).weight, name), default=None)


def _gather(points: Sequence[TurningPoint], name: str) -> list[TurningPoint]:
    """The points with all of one kind told as one, where the first of them stood."""
    together = _as_one([point for point in points if point.kind == name])
    first = next(index for index, point in enumerate(points) if point.kind == name)
    others_before = [p for p in points[:first] if p.kind != name]
    return [*others_before, together, *[p for p in points[first:] if p.kind != name]]


def _as_one(run: Sequence[TurningPoint]) -> TurningPoint:
    """Several points of one kind as one: how many, from when to when, with all their sources."""
    many = kind(run[0].kind).many
    if len(run) == 1 or not many:
        return run[0]
    sources = tuple(source for point in run for source in point.sources)
    days = sorted(day for point in run for day in (point.on, point.until) if day)
    text = many.format(count=len(sources)) + _between(days)
    return TurningPoint(
        days[0] if days else None,
        days[-1] if len(days) > 1 else None,
        run[0].kind,
        run[0].words,
        text,
        sources,
    )


def _between(days: Sequence[date]) -> str:
    if not days or days[0] == days[-1]:
        return f", on {day_in_words(days[0])}" if days else ""
    return f", from {day_in_words(days[0])} to {day_in_words(days[-1])}"


def picture(person: Person, on: date) -> Picture:
    """The timeline of a person up to `on`: one query, whatever the length of the story."""
    return picture_of(list(lines_for(person)), on)


def picture_of(lines: Sequence[Line], on: date | None = None) -> Picture:
    """Bands and marks from lines oldest first, up to `on`. Lines without a day are not drawn."""
    drawn = {name for name, row in kinds().items() if row.mark or row.band}
    dated = [line for line in lines if line.on and line.kind in drawn and (on is None or line.on <= on)]
    bands: list[Band] = []
    for line in dated:
        _draw(bands, line)
    marks = [
        Mark(line.on, kind(line.kind).mark, line.text, _source(line))
        for line in dated
        if line.on is not None and kind(line.kind).mark
    ]
    return Picture(tuple(bands), tuple(marks))


FOLLOWING = ("legal_status", "placement")  # each begins as the one before ends, and all end with care


def _draw(bands: list[Band], line: Line) -> None:
    """Begin or end a band with one line."""
    told = kind(line.kind)
    if told.edge == "start" and line.on is not None:
        if told.band in FOLLOWING:
            _end(bands, line.on, lambda band: band.band == told.band)
        bands.append(Band(told.band, line.text, line.on, None, _source(line)))
    elif told.edge == "end" and line.on is not None:
        _end(bands, line.on, lambda band: band.source == _source(line))
        if told.band == "care":
            _end(bands, line.on, lambda band: band.band in FOLLOWING)


def _end(bands: list[Band], on: date, is_meant: Callable[[Band], bool]) -> None:
    for index, band in enumerate(bands):
        if band.ended_on is None and band.started_on <= on and is_meant(band):
            bands[index] = replace(band, ended_on=on)


def _source(line: Line) -> Source:
    return Source(line.fact_table, line.fact_thread)
