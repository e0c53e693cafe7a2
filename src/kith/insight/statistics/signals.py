"""What chance hardly ever does to a series that does not change, and that in plain words.

A missing period ends a run, so that "the last 8 months" are eight that were seen. A value on the centre line
lies on neither side.
"""

from collections.abc import Callable, Sequence
from enum import Enum, IntEnum
from itertools import pairwise
from math import isclose
from typing import NamedTuple

ON_ONE_SIDE = 8
STEADILY = 6


class Point(NamedTuple):
    """One period: its figure, None where missing or out of nothing, and its limits, None without a chart."""

    label: str
    value: float | None
    low: float | None
    high: float | None


class Rule(IntEnum):
    """What counts as a sign of change; the higher says more of what lasts."""

    BEYOND_LIMITS = 1
    """One point beyond the limits. Source: Shewhart 1931, Economic Control of Quality."""
    STEADY = 2
    """6 points in a row, each above (or each below) the one before. Source: Nelson 1984, Journal of Quality
    Technology 16:237, test 3."""
    ONE_SIDE = 3
    """8 points in a row on one side of the centre. Source: Western Electric 1956, Statistical Quality Control
    Handbook."""


class Span(Enum):
    """How long each period of a series is: its word for one and for several."""

    MONTH = ("month", "months")
    QUARTER = ("quarter", "quarters")
    YEAR = ("year", "years")


class Signal(NamedTuple):
    """A sign of change: by which rule, up or down, from which point to which (counted from 0, both in)."""

    rule: Rule
    is_upwards: bool
    first: int
    last: int


def signals_in(points: Sequence[Point], centre: float) -> tuple[Signal, ...]:
    """Every sign of change in `points` around `centre`, by their last point; each run told once, whole."""
    values = [point.value for point in points]
    found = [Signal(Rule.BEYOND_LIMITS, up, i, i) for up in (True, False) for i in _beyond(points, up)]
    for up in (True, False):
        sides = [value is not None and _is_past(value, centre, up) for value in values]
        found += [Signal(Rule.ONE_SIDE, up, *run) for run in _runs(sides, ON_ONE_SIDE)]
        steps = [
            before is not None and after is not None and _is_past(after, before, up)
            for before, after in pairwise(values)
        ]
        found += [Signal(Rule.STEADY, up, first, last + 1) for first, last in _runs(steps, STEADILY - 1)]
    return tuple(sorted(found, key=lambda signal: (signal.last, signal.rule)))


def in_words(signals: Sequence[Signal], points: Sequence[Point], span: Span) -> str:
    """One sentence on the latest sign of change, or that there is none.

    Of signs that end together, it tells the one that says more of what lasts.
    """
    one, several = span.value
    if not signals:
        return f"No more than the ordinary up and down from {one} to {one}."
    signal = max(signals, key=lambda each: (each.last, each.rule))
    return f"A change: {_TOLD[signal.rule](signal, points, several)}."


def _beyond(points: Sequence[Point], up: bool) -> list[int]:
    limits = [point.high if up else point.low for point in points]
    return [
        i
        for i, (point, limit) in enumerate(zip(points, limits, strict=True))
        if point.value is not None and limit is not None and _is_past(point.value, limit, up)
    ]


def _is_past(value: float, mark: float, up: bool) -> bool:
    """Whether `value` lies above `mark` (or below it), and not on it but for the rounding of fractions."""
    return (value > mark if up else value < mark) and not isclose(value, mark, rel_tol=1e-9, abs_tol=1e-12)


def _runs(flags: Sequence[bool], at_least: int) -> list[tuple[int, int]]:
    """First and last place of each stretch of `at_least` or more true `flags`."""
    runs, first = [], 0
    for place, flag in enumerate([*flags, False]):
        if flag:
            continue
        if place - first >= at_least:
            runs.append((first, place - 1))
        first = place + 1
    return runs


def _one_side(signal: Signal, points: Sequence[Point], several: str) -> str:
    side = "above" if signal.is_upwards else "below"
    return f"{_which(signal, points, several)} were all {side} the usual level"


def _steady(signal: Signal, points: Sequence[Point], several: str) -> str:
    way = "up" if signal.is_upwards else "down"
    return f"{_which(signal, points, several)} went {way} every time"


def _past_limits(signal: Signal, points: Sequence[Point], several: str) -> str:
    side = "higher" if signal.is_upwards else "lower"
    return f"{points[signal.last].label} was {side} than the ordinary up and down would give"


def _which(signal: Signal, points: Sequence[Point], several: str) -> str:
    number = signal.last - signal.first + 1
    if signal.last == len(points) - 1:
        return f"the last {number} {several}"
    return f"the {number} {several} from {points[signal.first].label} to {points[signal.last].label}"


_TOLD: dict[Rule, Callable[[Signal, Sequence[Point], str], str]] = {
    Rule.ONE_SIDE: _one_side,
    Rule.STEADY: _steady,
    Rule.BEYOND_LIMITS: _past_limits,
}
