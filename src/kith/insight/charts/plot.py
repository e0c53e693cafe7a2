"""The frame of a chart with an upright axis, and periods or sizes along the foot."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kith.insight.charts.letters import clean, shorten, width_of
from kith.insight.charts.picture import EDGE, RULE, SOFT_INK, Picture
from kith.insight.charts.scales import Axis, Scale
from kith.insight.figures_in_words import Measure

LABEL = 16  # room for words above or below the plot
APART = 15  # between the lines on which two labels stand


@dataclass(frozen=True)
class Plot:
    """Where a chart's figures are drawn, and its upright scale."""

    left: float
    right: float
    top: float
    bottom: float
    axis: Axis

    def y(self, value: float) -> float:
        return Scale(self.axis.low, self.axis.high, self.bottom, self.top).at(value)

    def column(self, count: int) -> float:
        """How wide each of `count` columns is."""
        return (self.right - self.left) / max(count, 1)

    def x(self, position: int, count: int) -> float:
        """The middle of the column at `position` of `count`."""
        return self.left + (position + 0.5) * self.column(count)


def frame_plot(picture: Picture, axis: Axis, measure: Measure, top: float, right_room: float) -> Plot:
    """Draw the upright axis and its lines across under `top`; the plot they frame."""
    ticks = [measure.tick(value, axis.step) for value in axis.ticks]
    size = picture.frame.text
    left = max(width_of(tick, size) for tick in ticks) + 8
    height = 190 if picture.frame.is_narrow else 230
    picture.words(0, top + size, measure.axis(), fill=SOFT_INK, room=picture.frame.width)
    plot = Plot(left, picture.frame.width - right_room, top + LABEL + 18, top + LABEL + 18 + height, axis)
    for value, tick in zip(axis.ticks, ticks, strict=True):
        y = plot.y(value)
        if value == axis.low:
            picture.line(plot.left, y, plot.right, y, EDGE, 1)
        else:
            picture.line(plot.left, y, plot.right, y, RULE, 1)
        picture.words(left - 7, y + size * 0.35, tick, fill=SOFT_INK, anchor="end")
    return plot


def draw_periods(picture: Picture, plot: Plot, periods: Sequence[str]) -> float:
    """Write the periods below the plot, as many as have room and always the last; where they end."""
    size = picture.frame.text
    count = len(periods)
    widest = max((width_of(clean(period), size) for period in periods), default=0)
    every = max(1, -int(-(widest + 10) // plot.column(count)))
    y = plot.bottom + LABEL + 2
    taken = picture.frame.width + 10.0
    for position in range(count - 1, -1, -every):
        x = plot.x(position, count)
        picture.line(x, plot.bottom, x, plot.bottom + 4, EDGE, 1)
        words = shorten(clean(periods[position]), picture.frame.width - 2, size)
        half = width_of(words, size) / 2
        middle = min(max(x, half), picture.frame.width - half)
        if middle + half + 6 <= taken:
            picture.words(middle, y, words, fill=SOFT_INK, anchor="middle")
            taken = middle - half
    return y + 6


def starts_note(axis: Axis, measure: Measure) -> list[str]:
    """Says so where the upright axis does not begin at nothing."""
    return [f"The axis starts at {measure.tick(axis.low, axis.step)}, not at zero."] if axis.low > 0 else []


def part(places: Sequence[float], top: float, bottom: float) -> list[float]:
    """The places, pushed apart so that words on them do not touch, between `top` and `bottom`."""
    order = sorted(range(len(places)), key=lambda each: places[each])
    parted = list(places)
    for before, after in pairwise(order):
        parted[after] = max(parted[after], parted[before] + APART)
    if order and parted[order[-1]] > bottom:
        parted[order[-1]] = bottom
        for after, before in pairwise(order[::-1]):
            parted[before] = min(parted[before], parted[after] - APART)
    return parted
