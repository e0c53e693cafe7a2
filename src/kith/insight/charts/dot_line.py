"""One figure on one axis with what stands about it: its neighbours' range, its region, England."""

from dataclasses import dataclass

from kith.insight.charts.around import draw_notes
from kith.insight.charts.figure import Figure, cell, range_cell, reasons, said
from kith.insight.charts.gaps import draw_missing
from kith.insight.charts.marks import SHAPES, dot, shape, styles, whisker
from kith.insight.charts.picture import ENGLAND, RULE, WIDE, Frame, Picture
from kith.insight.charts.rows import PlacedRow, Row, draw_foot, draw_grid, place_rows, row_of
from kith.insight.charts.scales import Scale, axis_around
from kith.insight.charts.sentences import beside_words, joined, sentence
from kith.insight.charts.table import Table
from kith.insight.figures_in_words import Measure


@dataclass(frozen=True)
class Neighbours:
    """The lowest and the highest figure among a place's neighbours; `name` says how many there are."""

    name: str
    low: float
    high: float


@dataclass(frozen=True)
class DotLine:
    """A place's figure in one period, and others' beside it as (name, figure). `direction` as in a trend."""

    title: str
    place: str
    period: str
    measure: Measure
    figure: Figure
    neighbours: Neighbours | None = None
    beside: tuple[tuple[str, Figure], ...] = ()
    direction: str = ""


def draw(chart: DotLine, prefix: str, frame: Frame = WIDE) -> str:
    """The dot line as SVG."""
    picture = Picture(frame, prefix, chart.title, words(chart))
    rows = place_rows(picture, _rows(chart), 0)
    values = _values(chart)
    axis = axis_around(min(values, default=0), max(values, default=0), chart.measure)
    scale = Scale(axis.low, axis.high, rows.left + 7, rows.right - 7)
    draw_grid(picture, rows, [scale.at(tick) for tick in axis.ticks])
    own, *rest = rows.rows
    _draw_own(picture, scale, own, chart)
    if chart.neighbours:
        _draw_neighbours(picture, scale, rest.pop(0), chart.neighbours)
    for style, (_, figure), placed in zip(
        styles([name for name, _ in chart.beside]), chart.beside, rest, strict=True
    ):
        if figure.held is None:
            draw_missing(picture, scale.start, scale.end, placed.middle, figure)
        else:
            shape(picture, SHAPES[style % len(SHAPES)], scale.at(figure.held), placed.middle, size=6)
    ticks = [(scale.at(tick), chart.measure.tick(tick, axis.step)) for tick in axis.ticks]
    bottom = draw_foot(picture, rows, ticks, chart.measure.axis())
    return picture.svg(draw_notes(picture, reasons(_figures(chart)), bottom))


def words(chart: DotLine) -> str:
    """The figure with its range, then the neighbours' range and what else stands beside it."""
    first = f"The figure for {chart.place} in {chart.period} {said(chart.figure, chart.measure)}."
    near = chart.neighbours
    among = f"among {near.name} it ran from {chart.measure.range(near.low, near.high)}" if near else ""
    return joined([first, sentence([among, beside_words(chart.beside, chart.measure), chart.direction])])


def table(chart: DotLine) -> Table:
    """A row for the place, the neighbours and each of the others."""
    caption = f"{chart.title}, {chart.period} ({chart.measure.axis()})"
    measure, near = chart.measure, chart.neighbours
    own = (chart.place, cell(chart.figure, measure), range_cell(chart.figure, measure))
    lowest = [(near.name, "", f"{measure.range(near.low, near.high)} (lowest to highest)")] if near else []
    others = [(name, cell(figure, measure), range_cell(figure, measure)) for name, figure in chart.beside]
    rows = (own, *lowest, *others)
    return Table(caption, ("Where", "Figure", "Range"), rows, reasons(_figures(chart)))


def _figures(chart: DotLine) -> list[Figure]:
    return [chart.figure, *(figure for _, figure in chart.beside)]


def _values(chart: DotLine) -> list[float]:
    figures = _figures(chart)
    ends = [end for figure in figures if figure.range for end in figure.range]
    near = [chart.neighbours.low, chart.neighbours.high] if chart.neighbours else []
    return [*(figure.held for figure in figures if figure.held is not None), *ends, *near]


def _rows(chart: DotLine) -> list[Row]:
    near = chart.neighbours
    own = row_of(chart.place, chart.figure, chart.measure)
    lowest = [Row(near.name, chart.measure.range(near.low, near.high), is_own=False)] if near else []
    others = [
        Row(name, row_of(name, each, chart.measure).figure, is_own=False) for name, each in chart.beside
    ]
    return [own, *lowest, *others]


def _draw_own(picture: Picture, scale: Scale, placed: PlacedRow, chart: DotLine) -> None:
    if chart.figure.held is None:
        draw_missing(picture, scale.start, scale.end, placed.middle, chart.figure)
        return
    if chart.figure.range:
        low, high = chart.figure.range
        whisker(picture, scale.at(low), scale.at(high), placed.middle)
    dot(picture, scale.at(chart.figure.held), placed.middle, radius=6)


def _draw_neighbours(picture: Picture, scale: Scale, placed: PlacedRow, near: Neighbours) -> None:
    start, end = scale.at(near.low), scale.at(near.high)
    picture.add(
        "rect",
        x=start,
        y=placed.middle - 5,
        width=max(end - start, 2),
        height=10,
        rx=5,
        fill=RULE,
        stroke=ENGLAND,
        stroke_width=1,
    )
