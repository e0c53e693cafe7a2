"""Figures to places on a drawing, and the round figures an axis marks."""

import math
from dataclasses import dataclass

from kith.insight.figures_in_words import Measure


@dataclass(frozen=True)
class Axis:
    """An axis from `low` to `high` with a mark every `step`; all marks are round."""

    low: float
    high: float
    step: float

    @property
    def ticks(self) -> tuple[float, ...]:
        count = round((self.high - self.low) / self.step)
        return tuple(_clean(self.low + number * self.step) for number in range(count + 1))


@dataclass(frozen=True)
class Scale:
    """Places from `start` to `end` for figures from `low` to `high`; those beyond stand at the edge."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return self.start + min(max(share, 0.0), 1.0) * (self.end - self.start)


@dataclass(frozen=True)
class RatioScale:
    """As Scale, by doublings: 0.5 stands as far from 1 as 2 does. Nothing stands at the low edge."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        scale = Scale(math.log(self.low), math.log(self.high), self.start, self.end)
        return scale.at(math.log(value)) if value > 0 else self.start


def step_for(span: float, parts: int, whole: bool = False) -> float:
    """A step of 1, 2 or 5 by tens, or 25 and its tens, that covers `span` in at most `parts` of them.

    At least 1 if `whole`.
    """
    rough = span / parts
    ten = 10.0 ** math.floor(math.log10(rough))
    parts_of_ten = (1, 2, 2.5, 5, 10) if ten >= 10 else (1, 2, 5, 10)
    step = next(ten * times for times in parts_of_ten if ten * times >= rough * (1 - 1e-9))
    return max(1.0, step) if whole else _clean(step)


def axis_from_zero(top: float, measure: Measure, parts: int = 4) -> Axis:
    """An axis from nothing to a round figure at or over `top`; to 1, or 100 %, where `top` is nothing."""
    if top <= 0:
        top = 100.0 if measure.name == "share" else 1.0
    step = step_for(top, parts, measure.is_whole or top == 1.0)
    return Axis(0.0, _clean(step * math.ceil(top / step - 1e-9)), step)


def axis_around(low: float, high: float, measure: Measure, parts: int = 5) -> Axis:
    """An axis about `low` to `high` with a little room, from nothing where `low` is under half of `high`.

    An axis of per cent ends at 100 at most.
    """
    if low < high / 2 or high <= 0:
        return axis_from_zero(high, measure, parts)
    room = (high - low) * 0.04
    most = 100.0 if measure.name == "share" and high <= 100 else math.inf
    low, high = low - room, min(high + room, most)
    whole = measure.is_whole
    step = step_for((high - low) or high / 4, parts, whole)
    start, end = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    if start == end:
        start, end = max(0, start - 1), end + (end * step < most)
    return Axis(_clean(step * start), _clean(step * end), step)


def _clean(value: float) -> float:
    return float(f"{value:.12g}")
