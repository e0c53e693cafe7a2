"""A funnel: an authority among others by size, and the limits within which chance alone would keep them."""

from dataclasses import dataclass

from kith.insight.charts.around import draw_key, draw_notes
from kith.insight.charts.clipping import within
from kith.insight.charts.figure import Figure, all_held, cell, reasons, said
from kith.insight.charts.labels import Box, PlacedLabel, place_labels
from kith.insight.charts.letters import clean, shorten, width_of
from kith.insight.charts.marks import KeyLine, dot, line_of, other, others, own_dot, shape
from kith.insight.charts.picture import EDGE, ENGLAND, PAPER, SOFT_INK, TEAL, WIDE, Frame, Picture
from kith.insight.charts.plot import LABEL, Plot, frame_plot, starts_note
from kith.insight.charts.scales import Axis, Scale, axis_around, axis_from_zero
from kith.insight.charts.sentences import joined, sentence
from kith.insight.charts.table import NONE, Table
from kith.insight.figures_in_words import Measure, number_in_words

INNER, OUTER = "5 4", ""  # 95 % broken, 99.8 % whole


@dataclass(frozen=True)
class Place:
    """One authority: how many it is reckoned on, and its figure. Only its own and named ones are labelled."""

    name: str
    size: float
    figure: Figure
    is_own: bool = False
    is_named: bool = False


@dataclass(frozen=True)
class Limits:
    """Where chance alone would keep a place of this size about the centre, at 95 and at 99.8 %."""

    size: float
    low_95: float
    high_95: float
    low_998: float
    high_998: float


@dataclass(frozen=True)
class Funnel:
    """Places by size about a centre (`centre_name`'s figure); `sized` says what size counts.

    Limits come in the order of their sizes. `direction` as in a trend.
    """

    title: str
    period: str
    measure: Measure
    sized: str
    places: tuple[Place, ...]
    centre: float | None = None
    limits: tuple[Limits, ...] = ()
    centre_name: str = "England"
    direction: str = ""


def draw(chart: Funnel, prefix: str, frame: Frame = WIDE) -> str:
    """The funnel as SVG."""
    picture = Picture(frame, prefix, chart.title, words(chart))
    axis = _upright(chart)
    plot = frame_plot(picture, axis, chart.measure, draw_key(picture, _key(chart)), 10)
    along = axis_from_zero(
        max((place.size for place in chart.places), default=0), Measure("number"), 3 if frame.is_narrow else 5
    )
    across = Scale(along.low, along.high, plot.left, plot.right)
    _draw_limits(picture, plot, across, chart)
    for place in _shown(chart):
        if not _is_labelled(place):
            other(
                picture, across.at(place.size), plot.y(place.figure.held or 0.0), _says(place, chart.measure)
            )
    _draw_named(picture, plot, across, chart)
    bottom = _draw_sizes(picture, plot, along, across, chart.sized)
    notes = [*_left_out(chart), *starts_note(axis, chart.measure)] if chart.places else [NONE]
    return picture.svg(draw_notes(picture, notes, bottom) + 2)


def words(chart: Funnel) -> str:
    """The authority's figure with its range and the centre; inside or outside the limits only if told."""
    own = [place for place in chart.places if place.is_own]
    shown = _shown(chart)
    if not shown and not own:
        return joined([NONE])
    firsts = [
        f"the figure for {place.name} in {chart.period} {said(place.figure, chart.measure)}" for place in own
    ]
    centre = (
        f"the figure for {chart.centre_name} was {chart.measure.long(chart.centre)}"
        if chart.centre is not None
        else ""
    )
    among = f"{len(shown)} {'place is' if len(shown) == 1 else 'places are'} shown"
    left = len(chart.places) - len(shown)
    missing = f"{left} cannot be shown" if left else ""
    return joined([sentence(firsts), sentence([centre, among, missing, chart.direction])])


def table(chart: Funnel) -> Table:
    """A row for each place, its own first, then by name."""
    ordered = sorted(chart.places, key=lambda place: (not place.is_own, not place.is_named, place.name))
    rows = tuple(
        (place.name, number_in_words(place.size), cell(place.figure, chart.measure)) for place in ordered
    )
    caption = f"{chart.title}, {chart.period} ({chart.measure.axis()})"
    heading = chart.sized[:1].upper() + chart.sized[1:]
    return Table(caption, ("Place", heading, "Figure"), rows, reasons(place.figure for place in ordered))


def _shown(chart: Funnel) -> list[Place]:
    return [place for place in chart.places if place.figure.held is not None]


def _says(place: Place, measure: Measure) -> str:
    return f"{place.name}: {measure.long(place.figure.held or 0.0)}"


def _upright(chart: Funnel) -> Axis:
    """About the places, and about as much of the limits as the smallest place needs."""
    sizes = [place.size for place in _shown(chart)]
    values = all_held(place.figure for place in chart.places)
    needed = [limit for limit in chart.limits if sizes and limit.size >= min(sizes)]
    values += [end for limit in needed for end in (limit.low_95, limit.high_95)]
    values += [chart.centre] if chart.centre is not None else []
    return axis_around(max(0.0, min(values, default=0)), max(values, default=0), chart.measure)


def _key(chart: Funnel) -> list[KeyLine]:
    own = [KeyLine(own_dot, place.name) for place in chart.places if place.is_own]
    lines = [
        *own,
        *([KeyLine(others, "others")] if any(not _is_labelled(place) for place in _shown(chart)) else []),
    ]
    if chart.centre is not None:
        lines.append(
            KeyLine(
                line_of(ENGLAND, 2, "9 3 2 3"), f"{chart.centre_name} {chart.measure.short(chart.centre)}"
            )
        )
    if chart.limits:
        lines += [
            KeyLine(line_of(ENGLAND, 1.25, INNER), "95% limits"),
            KeyLine(line_of(ENGLAND, 1.25, OUTER), "99.8% limits"),
        ]
    return lines


def _left_out(chart: Funnel) -> list[str]:
    count = len(chart.places) - len(_shown(chart))
    return [f"{count} not drawn: too few to show, or not held."] if count else []


def _draw_limits(picture: Picture, plot: Plot, across: Scale, chart: Funnel) -> None:
    if chart.centre is not None:
        y = plot.y(chart.centre)
        picture.line(plot.left, y, plot.right, y, ENGLAND, 2, "9 3 2 3")
    for values, dash in (
        ([(each.size, each.low_95) for each in chart.limits], INNER),
        ([(each.size, each.high_95) for each in chart.limits], INNER),
        ([(each.size, each.low_998) for each in chart.limits], OUTER),
        ([(each.size, each.high_998) for each in chart.limits], OUTER),
    ):
        for piece in within(values, across, plot.axis):
            picture.way([(across.at(size), plot.y(value)) for size, value in piece], ENGLAND, 1.25, dash)


def _draw_named(picture: Picture, plot: Plot, across: Scale, chart: Funnel) -> None:
    """The own and the named places, each with its name where there is room for it."""
    size = picture.frame.text
    spots = [(place, across.at(place.size), plot.y(place.figure.held or 0.0)) for place in _shown(chart)]
    named = sorted((spot for spot in spots if _is_labelled(spot[0])), key=lambda spot: not spot[0].is_own)
    longest = (plot.right - plot.left) * 0.45
    points = [
        (x, y, shorten(clean(place.name), longest, size, bold=True), place.is_own) for place, x, y in named
    ]
    taken = [_around(x, y, 8 if _is_labelled(place) else 4) for place, x, y in spots]
    lines = [_around(x, y, 2) for x, y in _along_limits(plot, across, chart)]
    room = Box(plot.left, plot.top - 6, plot.right + 8, plot.bottom - 2)
    labels = place_labels(points, taken, lines, room, size)
    for (place, x, y), label in zip(named, labels, strict=True):
        if label:
            _draw_label(picture, x, y, label, place)
    for place, x, y in reversed(named):
        if place.is_own:
            dot(picture, x, y, _says(place, chart.measure), radius=6)
        else:
            shape(picture, "square", x, y, _says(place, chart.measure), 4.5)


def _is_labelled(place: Place) -> bool:
    return place.is_own or place.is_named


def _draw_label(picture: Picture, x: float, y: float, label: PlacedLabel, place: Place) -> None:
    """A name on paper of its own, and a thin line to its point where it stands far from it."""
    box = label.box
    if label.far:
        near = box.left if label.x > x else box.right
        picture.line(x, y, near, (box.top + box.bottom) / 2, EDGE, 1)
    picture.add(
        "rect", x=box.left, y=box.top, width=box.right - box.left, height=box.bottom - box.top, fill=PAPER
    )
    fill = TEAL if place.is_own else SOFT_INK
    picture.words(label.x, label.y, label.words, fill, bold=place.is_own, says=place.name)


def _along_limits(plot: Plot, across: Scale, chart: Funnel) -> list[tuple[float, float]]:
    """Places along the limits and the centre, near enough together to keep names off them."""
    steps = range(int(plot.left), int(plot.right) + 1, 3)
    along = [(float(x), plot.y(chart.centre)) for x in steps] if chart.centre is not None else []
    for limit in chart.limits:
        if across.low <= limit.size <= across.high:
            ends = (limit.low_95, limit.high_95, limit.low_998, limit.high_998)
            along += [(across.at(limit.size), plot.y(end)) for end in ends]
    return along


def _around(x: float, y: float, by: float) -> Box:
    return Box(x - by, y - by, x + by, y + by)


def _draw_sizes(picture: Picture, plot: Plot, along: Axis, across: Scale, sized: str) -> float:
    """Mark the sizes along the foot and say what they count; where it ends."""
    size, width = picture.frame.text, picture.frame.width
    for tick in along.ticks:
        x = across.at(tick)
        words = number_in_words(tick)
        half = width_of(words, size) / 2
        picture.line(x, plot.bottom, x, plot.bottom + 4, EDGE, 1)
        picture.words(min(max(x, half), width - half), plot.bottom + LABEL + 2, words, SOFT_INK, "middle")
    picture.words(plot.left, plot.bottom + LABEL * 2 + 2, sized, SOFT_INK, room=width - plot.left)
    return plot.bottom + LABEL * 2 + 8
