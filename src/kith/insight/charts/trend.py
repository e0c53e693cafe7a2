"""A trend: one line over periods with its 95 % range, and England or a region beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from string import ascii_uppercase

from kith.insight.charts.around import draw_key, draw_notes
from kith.insight.charts.figure import Beside, Figure, all_held, reasons, said, spoken
from kith.insight.charts.gaps import draw_gaps, runs
from kith.insight.charts.letters import width_of
from kith.insight.charts.marks import (
    DASHES,
    KeyLine,
    Sample,
    band,
    dot,
    key_lines,
    own_line,
    standing_whisker,
    styles,
    upright_whisker,
)
from kith.insight.charts.picture import EDGE, ENGLAND, PALE_TEAL, SOFT_INK, TEAL, WIDE, Frame, Picture
from kith.insight.charts.plot import Plot, draw_periods, frame_plot, part
from kith.insight.charts.scales import axis_from_zero
from kith.insight.charts.sentences import beside_words, gaps_sentence, joined, sentence
from kith.insight.charts.table import NONE, Table, check_lengths, everything, table_of
from kith.insight.figures_in_words import Measure

MOST_DOTS = 40  # more periods than this, and the line goes without its dots


@dataclass(frozen=True)
class Break:
    """From the period at `position` on, figures cannot be set against those before; `words` say why."""

    position: int
    words: str


@dataclass(frozen=True)
class Trend:
    """A place's figure in each period. `direction` is said only where the caller has tested it:

    a clause such as "this is higher than in 2010-11 by more than chance would give".
    """

    title: str
    place: str
    measure: Measure
    periods: tuple[str, ...]
    figures: tuple[Figure, ...]
    beside: tuple[Beside, ...] = ()
    breaks: tuple[Break, ...] = ()
    direction: str = ""

    def __post_init__(self) -> None:
        check_lengths(self.periods, self.figures, self.beside)


def draw(chart: Trend, prefix: str, frame: Frame = WIDE) -> str:
    """The trend as SVG."""
    picture = Picture(frame, prefix, chart.title, words(chart))
    top = draw_key(picture, _key(chart))
    ends = _ends(chart)
    room = max((width_of(end, frame.text, True) for _, end, _ in ends), default=0) + 10
    plot = frame_plot(picture, axis_from_zero(_top(chart), chart.measure), chart.measure, top, room)
    lines = [figure for beside in chart.beside for figure in beside.figures]
    draw_gaps(picture, plot, chart.figures, lines[: len(chart.periods)])
    _draw_breaks(picture, plot, chart)
    draw_range(picture, plot, chart)
    for style, beside in zip(styles([each.name for each in chart.beside]), chart.beside, strict=True):
        draw_line(picture, plot, beside.figures, chart, ENGLAND, 2, DASHES[style % len(DASHES)])
    draw_line(picture, plot, chart.figures, chart, TEAL, 2.5)
    _draw_dots(picture, plot, chart)
    places = part([plot.y(value) for value, _, _ in ends], plot.top, plot.bottom)
    for (_, end, fill), y in zip(ends, places, strict=True):
        picture.words(plot.right + 6, y + frame.text * 0.35, end, fill, bold=fill == TEAL)
    bottom = draw_periods(picture, plot, chart.periods)
    return picture.svg(draw_notes(picture, _notes(chart), bottom) + 2)


def words(chart: Trend) -> str:
    """What the trend shows: the last figure with its range and the first, then what stands beside it."""
    if not chart.figures:
        return NONE
    last = (
        f"The figure for {chart.place} in {_when(chart.periods[-1])} {said(chart.figures[-1], chart.measure)}"
    )
    if len(chart.figures) > 1:
        last += f"; in {chart.periods[0]} it {said(chart.figures[0], chart.measure)}"
    pairs = [_newest(chart, beside) for beside in chart.beside]
    between = list(zip(chart.periods[1:-1], chart.figures[1:-1], strict=True))
    breaks = [f"From {chart.periods[each.position]} on, {each.words.rstrip('.')}." for each in chart.breaks]
    second = sentence([beside_words(pairs, chart.measure), chart.direction])
    return joined([f"{last}.", second, gaps_sentence(between), *breaks])


def _when(period: str) -> str:
    return f"the {period}" if period.startswith("12 months") else period


def _newest(chart: Trend, beside: Beside) -> tuple[str, Figure]:
    """The figure that stands beside the last one, or the newest before it with its period."""
    for period, figure in reversed(list(zip(chart.periods, beside.figures, strict=True))):
        if figure.held is not None:
            return (
                beside.name if period == chart.periods[-1] else f"{beside.name} in {_when(period)}"
            ), figure
    return beside.name, beside.figures[-1]


def table(chart: Trend) -> Table:
    """A row for each period: the figure, its range, and what stands beside it."""
    made = table_of(
        f"{chart.title} ({chart.measure.axis()})",
        ("Period", chart.place),
        chart.periods,
        chart.figures,
        chart.beside,
        chart.measure,
    )
    breaks = tuple(f"From {chart.periods[each.position]}: {each.words}" for each in chart.breaks)
    return replace(made, notes=(*made.notes, *breaks))


def _top(chart: Trend) -> float:
    highs = [figure.range[1] for figure in chart.figures if figure.range]
    return max([*all_held(everything(chart.figures, chart.beside)), *highs], default=0)


def _key(chart: Trend) -> list[KeyLine]:
    ranged = [KeyLine(_range_sample(chart), "95% range")] if any(f.range for f in chart.figures) else []
    beside = [KeyLine(sample, name) for sample, name in key_lines([each.name for each in chart.beside])]
    return [KeyLine(own_line, chart.place), *ranged, *beside]


def _range_sample(chart: Trend) -> Sample:
    """A band, or a whisker where no two periods are joined by one."""
    joined = _range_runs(chart)
    return band if any(len(run) > 1 for run in joined) else standing_whisker


def _range_runs(chart: Trend) -> list[list[int]]:
    ranged = [figure if figure.range else Figure(state="not_held") for figure in chart.figures]
    return runs(ranged, [each.position for each in chart.breaks])


def _ends(chart: Trend) -> list[tuple[float, str, str]]:
    """The last figure of each line that reaches the end, with its words and colour."""
    lines = [(chart.figures, TEAL), *((beside.figures, SOFT_INK) for beside in chart.beside)]
    last = [(figures[-1].held, fill) for figures, fill in lines if figures]
    return [(value, chart.measure.short(value), fill) for value, fill in last if value is not None]


def _notes(chart: Trend) -> list[str]:
    lettered = zip(ascii_uppercase, sorted(chart.breaks, key=lambda each: each.position), strict=False)
    breaks = [f"{letter}: from {chart.periods[each.position]} on, {each.words}" for letter, each in lettered]
    return [*breaks, *reasons(chart.figures), *([] if chart.figures else [NONE])]


def _draw_breaks(picture: Picture, plot: Plot, chart: Trend) -> None:
    """A dotted line with a letter before each period from which figures are counted differently."""
    for letter, each in zip(
        ascii_uppercase, sorted(chart.breaks, key=lambda each: each.position), strict=False
    ):
        x = plot.x(each.position, len(chart.periods)) - plot.column(len(chart.periods)) / 2
        picture.line(x, plot.top - 2, x, plot.bottom, EDGE, 1.5, "2 3")
        picture.words(x, plot.top - 6, letter, anchor="middle", bold=True)


def _points(
    plot: Plot, run: Sequence[int], values: Sequence[float | None], count: int
) -> list[tuple[float, float]]:
    return [(plot.x(each, count), plot.y(value)) for each in run if (value := values[each]) is not None]


def draw_line(
    picture: Picture,
    plot: Plot,
    figures: Sequence[Figure],
    chart: Trend,
    stroke: str,
    width: float,
    dash: str = "",
) -> None:
    values = [figure.held for figure in figures]
    for run in runs(figures, [each.position for each in chart.breaks]):
        points = _points(plot, run, values, len(figures))
        if len(points) == 1:  # a line of one period is a short stroke
            points = (
                [(points[0][0] - 20, points[0][1]), (points[0][0] + 20, points[0][1])]
                if stroke != TEAL
                else points
            )
        picture.way(points, stroke, width, dash)


def draw_range(picture: Picture, plot: Plot, chart: Trend, fill: str = PALE_TEAL) -> None:
    """The 95 % range as a band under the line; as a whisker where one period stands alone."""
    figures, count = chart.figures, len(chart.figures)
    for run in _range_runs(chart):
        lows = _points(plot, run, [figure.low for figure in figures], count)
        highs = _points(plot, run, [figure.high for figure in figures], count)
        if len(run) == 1:
            upright_whisker(picture, lows[0][0], lows[0][1], highs[0][1])
        else:
            picture.area([*highs, *reversed(lows)], fill)


def _draw_dots(picture: Picture, plot: Plot, chart: Trend) -> None:
    count = len(chart.figures)
    for position, figure in enumerate(chart.figures):
        if figure.held is not None and (count <= MOST_DOTS or position == count - 1):
            says = f"{chart.periods[position]}: {spoken(figure, chart.measure)}"
            dot(picture, plot.x(position, count), plot.y(figure.held), says)
