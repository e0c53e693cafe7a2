"""How many times as likely one group is as another: dots with whiskers by doublings, and a line at 1."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from kith.insight.charts.around import draw_key, draw_notes
from kith.insight.charts.figure import Beside, Figure, all_held, cell, reasons, spoken
from kith.insight.charts.gaps import draw_missing
from kith.insight.charts.marks import KeyLine, dot, key_shapes, line_of, lying_whisker, own_dot, whisker
from kith.insight.charts.picture import INK, SOFT_INK, WIDE, Frame, Picture
from kith.insight.charts.rows import PlacedRow, draw_beside, draw_foot, draw_grid, place_rows, row_of
from kith.insight.charts.scales import RatioScale
from kith.insight.charts.sentences import gaps_sentence, joined, sentence
from kith.insight.charts.table import NONE, Table, beside_at, check_lengths, everything, table_of
from kith.insight.figures_in_words import Measure, number_in_words

MEASURE = Measure("ratio", "")
FARTHEST = 5  # doublings either way: from 1/32 to 32


@dataclass(frozen=True)
class Ratios:
    """How many times as likely each group is as `reference`; `what` says to be what, "in care".

    `direction` as in a trend.
    """

    title: str
    place: str
    period: str
    what: str
    reference: str
    groups: tuple[str, ...]
    figures: tuple[Figure, ...]
    beside: tuple[Beside, ...] = ()
    direction: str = ""

    def __post_init__(self) -> None:
        check_lengths(self.groups, self.figures, self.beside)


def draw(chart: Ratios, prefix: str, frame: Frame = WIDE) -> str:
    """The ratios as SVG."""
    picture = Picture(frame, prefix, chart.title, words(chart))
    named = zip(chart.groups, chart.figures, strict=True)
    top = draw_key(picture, _key(chart)) + 6
    rows = place_rows(picture, [row_of(name, figure, MEASURE) for name, figure in named], top)
    doublings = _doublings(everything(chart.figures, chart.beside))
    scale = RatioScale(2.0**-doublings, 2.0**doublings, rows.left + 8, rows.right - 8)
    powers = sorted(range(-doublings, doublings + 1), key=abs)  # 1 first: its words are never left out
    ticks = [(scale.at(2.0**power), _tick(power)) for power in powers]
    draw_grid(picture, rows, [place for place, _ in ticks])
    draw_grid(picture, rows, [scale.at(1)], INK, 1.5)
    for position, placed in enumerate(rows.rows):
        marks = [scale.at(1), *(scale.at(value) for value in beside_at(chart.beside, position))]
        _draw_ratio(picture, scale, placed, chart.figures[position], marks)
    draw_beside(picture, rows, scale, chart.beside, MEASURE)
    bottom = draw_foot(picture, rows, ticks)
    picture.words(scale.at(1) - 10, bottom + 10, "← less likely", SOFT_INK, "end")
    picture.words(scale.at(1) + 10, bottom + 10, "more likely →", SOFT_INK)
    notes = [*reasons(chart.figures), *_edge_note(chart, scale)] if chart.groups else [NONE]
    return picture.svg(draw_notes(picture, notes, bottom + 16))


def words(chart: Ratios) -> str:
    """Each group's ratio with its range, then what stands beside it."""
    named = list(zip(chart.groups, chart.figures, strict=True))
    gaps = gaps_sentence(named)
    ratios = [f"{name} {spoken(each, MEASURE)}" for name, each in named if each.held is not None]
    if not ratios:
        return joined([gaps or NONE])
    first = (
        f"In {chart.place}, {chart.period}, how likely children were to be {chart.what}, "
        f"beside {_those(chart.reference)}: {'; '.join(ratios)}."
    )
    beside = [f"in {each.name}, {listed_cells(chart.groups, each)}" for each in chart.beside]
    return joined([first, sentence([*beside, chart.direction]), gaps])


def _those(reference: str) -> str:
    """The children of the group compared with: "White children", "children in the least deprived fifth"."""
    return f"children in the {reference.lower()}" if reference.endswith("fifth") else f"{reference} children"


def _shortly(reference: str) -> str:
    return f"the {reference.lower()}" if reference.endswith("fifth") else reference


def listed_cells(names: tuple[str, ...], beside: Beside) -> str:
    """The names with their ratios, "Black 1.90, Asian 0.60"."""
    pairs = zip(names, beside.figures, strict=True)
    return ", ".join(f"{name} {cell(figure, MEASURE)}" for name, figure in pairs)


def table(chart: Ratios) -> Table:
    """A row for each group: its ratio, its range, and what stands beside it."""
    caption = f"{chart.title}, {chart.place}, {chart.period} (times as likely as {_those(chart.reference)})"
    return table_of(caption, ("Group", chart.place), chart.groups, chart.figures, chart.beside, MEASURE)


def _key(chart: Ratios) -> list[KeyLine]:
    ranged = [KeyLine(lying_whisker, "95% range")] if any(figure.range for figure in chart.figures) else []
    beside = [KeyLine(sample, name) for sample, name in key_shapes([each.name for each in chart.beside])]
    one = KeyLine(line_of(INK, 1.5), f"1: as likely as {_shortly(chart.reference)}")
    return [KeyLine(own_dot, f"{chart.place}, {chart.period}"), *ranged, *beside, one]


def _doublings(figures: list[Figure]) -> int:
    """How many doublings either way cover every dot and whisker: at least one, and at most FARTHEST."""
    values = [*all_held(figures), *(end for figure in figures if figure.range for end in figure.range)]
    needed = [math.ceil(abs(math.log2(value)) - 1e-9) for value in values if 0 < value < math.inf]
    return min(FARTHEST, max([1, *needed]))


def _edge_note(chart: Ratios, scale: RatioScale) -> list[str]:
    beyond = any(value < scale.low or value > scale.high for value in all_held(chart.figures))
    return ["A dot at the edge of the drawing lies beyond it."] if beyond else []


def _tick(power: int) -> str:
    return number_in_words(2**power) if power >= 0 else f"1/{2**-power}"


def _draw_ratio(
    picture: Picture, scale: RatioScale, placed: PlacedRow, figure: Figure, marks: Sequence[float]
) -> None:
    if figure.held is None:
        draw_missing(picture, scale.start, scale.end, placed.middle, figure, marks)
        return
    if figure.range:
        low, high = figure.range
        whisker(picture, scale.at(low), scale.at(high), placed.middle, low < scale.low, high > scale.high)
    dot(picture, scale.at(figure.held), placed.middle, spoken(figure, MEASURE), radius=5)
