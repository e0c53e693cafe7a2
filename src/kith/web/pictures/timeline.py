"""The timeline of a life as a picture: lanes of bands (help, plan, care, placement) and marks along them.

Marks differ by shape, and each kind has a lane with its words, so that no colour has to be told apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kith.standards.dates import short_date

WIDTH = 960  # units of the drawing, which scales to the page
LABELS = 120  # the left side, where each lane says its name
LANE = 30
BAND = 20
AXIS = 26
EDGE = 8  # room at the right for half a mark
LETTER = 6.6  # a letter's width at the labels' size, near enough to decide whether words fit
SHORTEST = 3  # a band of one day can still be seen
# A mark's shape by its kind, as an SVG path about its middle; a filled dot for any other.
SHAPES = {
    "review": "M0,-6 A6,6 0 1 1 0,6 A6,6 0 1 1 0,-6 Z",
    "assessment": "M0,-6 A6,6 0 1 1 0,6 A6,6 0 1 1 0,-6 Z M0,-3 A3,3 0 1 0 0,3 A3,3 0 1 0 0,-3 Z",
    "conference": "M-6,-6 H6 V6 H-6 Z",
    "section_47": "M0,-8 L8,0 L0,8 L-8,0 Z",
    "missing": "M0,-7.5 L8,6.5 H-8 Z",
    "court": "M-2.5,-7.5 H2.5 V-2.5 H7.5 V2.5 H2.5 V7.5 H-2.5 V2.5 H-7.5 V-2.5 H-2.5 Z",
    "death": "M-7,-5 L-5,-7 L0,-2 L5,-7 L7,-5 L2,0 L7,5 L5,7 L0,2 L-5,7 L-7,5 L-2,0 Z",
}


@dataclass(frozen=True)
class Band:
    """Something that lasted: from a day, to a day, or still going on (`end` None)."""

    lane: str
    label: str
    start: date
    end: date | None = None
    link: str = ""


@dataclass(frozen=True)
class Mark:
    """Something that happened on a day; `kind` gives its shape."""

    lane: str
    label: str
    on: date
    link: str = ""
    kind: str = "review"


@dataclass(frozen=True)
class DrawnBand:
    x: float
    y: float
    width: float
    label: str  # empty where it does not fit: the title and the words below the picture say it
    title: str
    link: str
    is_open: bool
    tone: int


@dataclass(frozen=True)
class DrawnMark:
    x: float
    y: float
    shape: str  # an SVG path about (x, y)
    kind: str
    title: str
    link: str


@dataclass(frozen=True)
class DrawnLane:
    """A lane's words; `shape` is that of its marks, "" for a lane of bands."""

    name: str
    y: float
    text_y: float
    middle: float
    shape: str
    kind: str


@dataclass(frozen=True)
class Tick:
    x: float
    label: str


@dataclass(frozen=True)
class Timeline:
    """A drawing `width` by `height` units; empty `lanes` when there is nothing to draw."""

    width: int
    labels: int  # how much of the width holds the lanes' words
    height: int
    lanes: tuple[DrawnLane, ...]
    bands: tuple[DrawnBand, ...]
    marks: tuple[DrawnMark, ...]
    ticks: tuple[Tick, ...]
    today_x: float | None


def _fits(label: str, width: float) -> str:
    """The label, cut to the width with an ellipsis, or nothing where under four letters fit."""
    room = int((width - 8) / LETTER)
    if len(label) <= room:
        return label
    return f"{label[: room - 1].rstrip()}…" if room > 4 else ""


def _said(start: date, end: date | None) -> str:
    return f"since {short_date(start)}" if end is None else f"{short_date(start)} to {short_date(end)}"


class _Scale:
    """Days to places across the drawing."""

    def __init__(self, first: date, last: date) -> None:
        self.first = first
        self.days = max((last - first).days, 1)

    def x(self, day: date) -> float:
        share = (day - self.first).days / self.days
        return round(LABELS + min(max(share, 0), 1) * (WIDTH - LABELS - EDGE), 1)


def _ticks(scale: _Scale, first: date, last: date) -> tuple[Tick, ...]:
    """A tick each January, thinned so that labels do not touch; each quarter when under two years."""
    if (last - first).days < 730:
        months = [
            date(year, month, 1) for year in range(first.year, last.year + 1) for month in (1, 4, 7, 10)
        ]
        return tuple(Tick(scale.x(day), f"{day:%b %Y}") for day in months if first <= day <= last)
    years = [date(year, 1, 1) for year in range(first.year + 1, last.year + 1)]
    step = max(1, -(-len(years) // 14))
    return tuple(Tick(scale.x(day), str(day.year)) for day in years[::step])


def draw_timeline(bands: Sequence[Band], marks: Sequence[Mark], today: date) -> Timeline:
    """The drawing of `bands` and `marks`, from the first of them to the later of today and the last.

    Lanes keep the order in which they are first met, bands before marks.
    """
    names = list(dict.fromkeys([band.lane for band in bands] + [mark.lane for mark in marks]))
    if not names:
        return Timeline(WIDTH, LABELS, 0, (), (), (), (), None)
    days = [band.start for band in bands] + [mark.on for mark in marks]
    ends = [band.end for band in bands if band.end] + [mark.on for mark in marks]
    first, last = min(days) - timedelta(days=14), max([today, *ends])
    scale = _Scale(first, last)
    top = {name: AXIS + number * LANE for number, name in enumerate(names)}
    kinds = {mark.lane: mark.kind for mark in marks}
    return Timeline(
        width=WIDTH,
        labels=LABELS,
        height=AXIS + len(names) * LANE + 6,
        lanes=tuple(_draw_lane(name, y, kinds.get(name)) for name, y in top.items()),
        bands=tuple(_draw_bands(bands, scale, top, today)),
        marks=tuple(
            DrawnMark(
                x=scale.x(mark.on),
                y=top[mark.lane] + BAND / 2,
                shape=_shape(mark.kind),
                kind=mark.kind,
                title=f"{mark.label}: {short_date(mark.on)}",
                link=mark.link,
            )
            for mark in marks
        ),
        ticks=_ticks(scale, first, last),
        today_x=scale.x(today),
    )


def _draw_lane(name: str, y: float, kind: str | None) -> DrawnLane:
    shape = "" if kind is None else _shape(kind)
    return DrawnLane(name, y, y + BAND - 5, y + BAND / 2, shape, kind or "")


def _shape(kind: str) -> str:
    return SHAPES.get(kind, SHAPES["review"])


def _draw_bands(bands: Sequence[Band], scale: _Scale, top: dict[str, int], today: date) -> list[DrawnBand]:
    """Bands in their lanes; neighbours take turns between two tones so that a change can be seen."""
    drawn: list[DrawnBand] = []
    turn: dict[str, int] = {}
    for band in sorted(bands, key=lambda each: (each.lane, each.start)):
        start, end = scale.x(band.start), scale.x(band.end or today)
        width = max(end - start, SHORTEST)
        tone = turn[band.lane] = 1 - turn.get(band.lane, 1)
        drawn.append(
            DrawnBand(
                x=start,
                y=top[band.lane],
                width=round(width, 1),
                label=_fits(band.label, width),
                title=f"{band.label}: {_said(band.start, band.end)}",
                link=band.link,
                is_open=band.end is None,
                tone=tone,
            )
        )
    return drawn
