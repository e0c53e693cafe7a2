"""A spark: a trend so small that it stands beside a sentence, without an axis or words of its own."""

from kith.insight.charts.figure import Figure, all_held
from kith.insight.charts.gaps import runs
from kith.insight.charts.letters import width_of
from kith.insight.charts.marks import dot
from kith.insight.charts.picture import EDGE, ENGLAND, SOFT_INK, TEAL, Frame, Picture
from kith.insight.charts.plot import Plot
from kith.insight.charts.scales import Axis
from kith.insight.charts.table import Table, everything
from kith.insight.charts.trend import Trend, draw_line, draw_range
from kith.insight.charts.trend import table as trend_table
from kith.insight.charts.trend import words as trend_words
from kith.insight.figures_in_words import SUPPRESSED_SIGN, state_in_words

SMALL = Frame("small", 160)
HEIGHT = 48
DASH = "5 3"
BAND = "#a9cdc9"  # darker than a large band, as so little of it is seen


def draw(chart: Trend, prefix: str, frame: Frame = SMALL, level: float | None = None) -> str:
    """The trend as a small SVG: its line from nothing upwards, its range, the first to stand beside it; where
    there is none, a `level` to compare with, which the caller names in words.
    """
    picture = Picture(frame, prefix, chart.title, words(chart))
    figures = everything(chart.figures, chart.beside[:1])
    highs = [figure.range[1] for figure in chart.figures if figure.range]
    level = None if chart.beside else level
    top = max([*all_held(figures), *highs, level or 0.0]) or 1.0
    plot = Plot(2, frame.width - 4, 6, HEIGHT - 6, Axis(0.0, top, top))
    picture.line(0, plot.bottom, frame.width, plot.bottom, EDGE, 1)
    draw_range(picture, plot, chart, BAND)
    for beside in chart.beside[:1]:
        draw_line(picture, plot, beside.figures, chart, ENGLAND, 1.75, DASH)
    if level is not None:
        y = plot.y(level)
        picture.line(plot.left, y, plot.right, y, ENGLAND, 1.75, DASH)
    draw_line(picture, plot, chart.figures, chart, TEAL, 2.25)
    _draw_end(picture, plot, chart)
    return picture.svg(HEIGHT)


def words(chart: Trend) -> str:
    """As the trend says it."""
    return trend_words(chart)


def table(chart: Trend) -> Table:
    """As the trend shows it."""
    return trend_table(chart)


def _draw_end(picture: Picture, plot: Plot, chart: Trend) -> None:
    """A dot at the last figure and at any that stands alone; a word at the last where it is not there."""
    count = len(chart.figures)
    for run in runs(chart.figures, [each.position for each in chart.breaks]):
        if len(run) == 1 or run[-1] == count - 1:
            value = chart.figures[run[-1]].held
            dot(picture, plot.x(run[-1], count), plot.y(value or 0.0), radius=4)
    last = chart.figures[-1] if chart.figures else Figure(state="not_held")
    if last.held is None:
        _draw_missing(picture, plot, chart, last)


def _draw_missing(picture: Picture, plot: Plot, chart: Trend, last: Figure) -> None:
    kept_back = last.state == "suppressed"
    word = SUPPRESSED_SIGN if kept_back else state_in_words(last.state) if chart.figures else "no figures"
    shown = width_of(word, picture.frame.text, kept_back)
    end = picture.frame.width - 2
    room = picture.frame.width - 4
    x = max(end - shown, 1)
    picture.words(x, plot.bottom - 6, word, TEAL if kept_back else SOFT_INK, bold=kept_back, room=room)
