"""Bars by group: each from nothing, with its 95 % range as a whisker and England's figure as a mark."""

from collections.abc import Sequence
from dataclasses import dataclass

from kith.insight.charts.around import draw_key, draw_notes
from kith.insight.charts.figure import Beside, Figure, all_held, cell, listed, reasons, spoken
from kith.insight.charts.gaps import draw_missing
from kith.insight.charts.marks import KeyLine, bar, key_shapes, lying_whisker, own_bar, whisker
from kith.insight.charts.picture import WIDE, Frame, Picture
from kith.insight.charts.rows import PlacedRow, draw_beside, draw_foot, draw_grid, place_rows, row_of
from kith.insight.charts.scales import Scale, axis_from_zero
from kith.insight.charts.sentences import gaps_sentence, joined, sentence
from kith.insight.charts.table import NONE, Table, beside_at, check_lengths, everything, table_of
from kith.insight.figures_in_words import Measure

HEIGHT = 16
# A whisker may run to this many times the longest bar; a longer one ends in an arrow, and words say its end.
LONGEST_RANGE = 3


@dataclass(frozen=True)
class Bars:
    """The groups of a breakdown in their order; `grouped` names it, "age". `direction` as in a trend."""

    title: str
    place: str
    period: str
    grouped: str
    measure: Measure
    groups: tuple[str, ...]
    figures: tuple[Figure, ...]
    beside: tuple[Beside, ...] = ()
    direction: str = ""

    def __post_init__(self) -> None:
        check_lengths(self.groups, self.figures, self.beside)


def draw(chart: Bars, prefix: str, frame: Frame = WIDE) -> str:
    """The bars as SVG."""
    picture = Picture(frame, prefix, chart.title, words(chart))
    named = zip(chart.groups, chart.figures, strict=True)
    top = draw_key(picture, _key(chart)) + 6
    rows = place_rows(picture, [row_of(name, figure, chart.measure) for name, figure in named], top)
    axis = axis_from_zero(reach(everything(chart.figures, chart.beside)), chart.measure)
    scale = Scale(axis.low, axis.high, rows.left, rows.right)
    draw_grid(picture, rows, [scale.at(tick) for tick in axis.ticks])
    for position, placed in enumerate(rows.rows):
        marks = [scale.at(value) for value in beside_at(chart.beside, position)]
        _draw_bar(picture, scale, placed, chart.figures[position], chart.measure, marks)
    draw_beside(picture, rows, scale, chart.beside, chart.measure)
    ticks = [(scale.at(tick), chart.measure.tick(tick, axis.step)) for tick in axis.ticks]
    bottom = draw_foot(picture, rows, ticks, chart.measure.axis())
    notes = reasons(chart.figures) if chart.groups else [NONE]
    return picture.svg(draw_notes(picture, notes, bottom))


def words(chart: Bars) -> str:
    """The lowest and the highest group with their ranges, what stands beside, and what cannot be shown."""
    held = [(each.held, position) for position, each in enumerate(chart.figures) if each.held is not None]
    gaps = gaps_sentence(zip(chart.groups, chart.figures, strict=True))
    if not held:
        return joined([gaps or NONE])
    ends = list(dict.fromkeys([min(held)[1], max(held)[1]]))
    ranged = [f"{spoken(chart.figures[each], chart.measure)} for {chart.groups[each]}" for each in ends]
    runs = f"runs from {ranged[0]} to {ranged[1]}" if len(ends) > 1 else f"is {ranged[0]}"
    first = f"In {chart.place}, {chart.period}, by {chart.grouped}, the figure {runs}."
    return joined([first, _beside_words(chart, ends), gaps])


def table(chart: Bars) -> Table:
    """A row for each group: its figure, its range, and what stands beside it."""
    caption = f"{chart.title} by {chart.grouped}, {chart.place}, {chart.period} ({chart.measure.axis()})"
    heading = chart.grouped[:1].upper() + chart.grouped[1:]
    return table_of(caption, (heading, chart.place), chart.groups, chart.figures, chart.beside, chart.measure)


def reach(figures: Sequence[Figure]) -> float:
    """How far the axis has to run: to the longest range, but not far beyond the longest bar."""
    longest = max(all_held(figures), default=0)
    highs = [figure.range[1] for figure in figures if figure.range]
    return max([longest, *(min(high, longest * LONGEST_RANGE) for high in highs)]) or max(highs, default=0)


def _beside_words(chart: Bars, ends: Sequence[int]) -> str:
    names = listed(chart.groups[each] for each in ends)
    parts = [
        f"in {beside.name} it is {listed(cell(beside.figures[each], chart.measure) for each in ends)}"
        for beside in chart.beside
    ]
    return sentence([f"for {names}, {listed(parts)}" if parts else "", chart.direction])


def _key(chart: Bars) -> list[KeyLine]:
    ranged = [KeyLine(lying_whisker, "95% range")] if any(figure.range for figure in chart.figures) else []
    beside = [KeyLine(sample, name) for sample, name in key_shapes([each.name for each in chart.beside])]
    return [KeyLine(own_bar, f"{chart.place}, {chart.period}"), *ranged, *beside]


def _draw_bar(
    picture: Picture,
    scale: Scale,
    placed: PlacedRow,
    figure: Figure,
    measure: Measure,
    marks: Sequence[float],
) -> None:
    if figure.held is None:
        draw_missing(picture, scale.start + 6, scale.end, placed.middle, figure, marks)
        return
    long = scale.at(figure.held) - scale.start
    bar(picture, scale.start, placed.middle - HEIGHT / 2, long, HEIGHT, spoken(figure, measure))
    if figure.range:
        low, high = figure.range
        whisker(picture, scale.at(low), scale.at(high), placed.middle, cut_high=high > scale.high)
