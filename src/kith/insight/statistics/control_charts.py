"""Whether a series of months or quarters shows a change, or only its ordinary up and down.

A chart has a centre (what is usual over all the periods shown) and limits, between which chance keeps nearly
every point of a series that does not change. A lone point beyond the limits is shown, and is left out of what
is usual: else one odd month would put all the others on the other side of the centre.

`signals` looks for what chance hardly ever does. Hardly ever is not never: of series that do not change,
about 1 in 30 show some sign in 12 months, 1 in 10 in 24, 1 in 6 in 36 (the tests play them). A sign is
a reason to ask, before it is news.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from math import inf, sqrt
from statistics import fmean
from typing import NamedTuple

from kith.insight.statistics.intervals.columns import refuse_impossible
from kith.insight.statistics.intervals.rates import PER
from kith.insight.statistics.signals import Point, Rule, Signal, Span, in_words, signals_in

FEWEST_POINTS = 8
_ERRORS = 3  # standard errors to each limit: Shewhart 1931, Economic Control of Quality
_ONE_IN = 10  # up to one point in ten, or one, may be left out of what is usual
_RANGE_OF_TWO = 1.128  # mean range of two values, in standard deviations: 2 / sqrt(pi)


@dataclass(frozen=True, slots=True)
class ControlChart:
    """A series with its centre, limits and signals; no centre and no limits where points are too few."""

    points: tuple[Point, ...]
    centre: float | None
    signals: tuple[Signal, ...]
    sentence: str


def share_chart(
    labels: Sequence[str],
    counts: Sequence[int | None],
    out_of: Sequence[int | None],
    span: Span = Span.MONTH,
) -> ControlChart:
    """A p' chart of shares in per cent, `counts` of `out_of` in each period, oldest first.

    The limits are three standard errors of each period's own size, times how much the series really varies
    from one period to the next (never less than once: so few points would narrow it by luck).
    Raises ImpossibleCount for a count that cannot be, ValueError where the three are not as long.
    Source: Laney 2002, Quality Engineering 14:531.
    """
    return _chart_of_counts(labels, counts, out_of, span, 100, lambda centre: centre * (1 - centre))


def rate_chart(
    labels: Sequence[str],
    counts: Sequence[int | None],
    population: Sequence[int | None],
    span: Span = Span.MONTH,
) -> ControlChart:
    """A u' chart of rates per 10,000 of `population` in each period, oldest first; else as `share_chart`.

    A month's rate is the month's own, not made up to a year's.
    """
    return _chart_of_counts(labels, counts, population, span, PER, lambda centre: centre)


def value_chart(
    labels: Sequence[str], values: Sequence[float | None], span: Span = Span.MONTH
) -> ControlChart:
    """An XmR chart of single values (medians, numbers of children), oldest first, in their unit.

    The limits lie three standard deviations from the mean, told from the differences between one period and
    the next. A series without negative values has no negative limit. Raises ValueError where labels and
    values are not as long.
    Source: Shewhart 1931; Wheeler & Chambers 1992, Understanding Statistical Process Control (2.66 ranges).
    """
    _refuse_uneven(labels, values)
    seen = [None if value is None else _Seen(value, 1) for value in values]
    has_negative = any(value is not None and value < 0 for value in values)
    return _chart(labels, seen, _lines_of_values, (-inf if has_negative else 0.0, inf), span)


def _chart_of_counts(
    labels: Sequence[str],
    counts: Sequence[int | None],
    out_of: Sequence[int | None],
    span: Span,
    scale: int,
    variance_of: Callable[[float], float],
) -> ControlChart:
    _refuse_uneven(labels, counts, out_of)
    seen = [_seen(count, size, scale) for count, size in zip(counts, out_of, strict=True)]
    highest = 100.0 if scale == 100 else inf
    return _chart(labels, seen, partial(_lines_of_counts, scale, variance_of), (0.0, highest), span)


class _Seen(NamedTuple):
    value: float
    size: float


class _Lines(NamedTuple):
    """The centre, and how far the limits of a period of some size lie from it."""

    centre: float
    reach: Callable[[float], float]


def _seen(count: int | None, size: int | None, scale: int) -> _Seen | None:
    """The figure of a period, or None for one that is missing or out of nothing."""
    if count is None or size is None:
        return None
    refuse_impossible(count, size, is_part=scale == 100)
    return _Seen(scale * count / size, size) if size else None


def _lines_of_values(seen: Sequence[_Seen | None]) -> _Lines | None:
    told, ranges = [each.value for each in seen if each], _ranges([each and each.value for each in seen])
    if len(told) < FEWEST_POINTS or not ranges:
        return None
    reach = _ERRORS * fmean(ranges) / _RANGE_OF_TWO
    return _Lines(fmean(told), lambda size: reach)


def _lines_of_counts(
    scale: int, variance_of: Callable[[float], float], seen: Sequence[_Seen | None]
) -> _Lines | None:
    told = [each for each in seen if each]
    if len(told) < FEWEST_POINTS:
        return None
    centre = sum(each.value * each.size for each in told) / sum(each.size for each in told)
    variance = max(variance_of(centre / scale), 0.0)

    def error(size: float) -> float:
        return scale * sqrt(variance / size)

    ranges = _ranges([each and ((each.value - centre) / (error(each.size) or 1.0)) for each in seen])
    if not ranges:
        return None
    varies = max(fmean(ranges) / _RANGE_OF_TWO, 1.0)
    return _Lines(centre, lambda size: _ERRORS * varies * error(size))


def _ranges(values: Sequence[float | None]) -> list[float]:
    """How far each value lies from the one before; none across a missing period."""
    return [
        abs(after - before) for before, after in pairwise(values) if before is not None and after is not None
    ]


def _chart(
    labels: Sequence[str],
    seen: Sequence[_Seen | None],
    lines_of: Callable[[Sequence[_Seen | None]], _Lines | None],
    ends: tuple[float, float],
    span: Span,
) -> ControlChart:
    lines = lines_of(seen)
    if lines is None:
        return _too_few(labels, seen, span)
    points = _points(labels, seen, lines, ends)
    lone = {signal.first for signal in signals_in(points, lines.centre) if signal.rule is Rule.BEYOND_LIMITS}
    if lone and len(lone) <= max(1, len(seen) // _ONE_IN):
        lines = lines_of([None if i in lone else each for i, each in enumerate(seen)]) or lines
        points = _points(labels, seen, lines, ends)
    found = signals_in(points, lines.centre)
    return ControlChart(points, lines.centre, found, in_words(found, points, span))


def _points(
    labels: Sequence[str], seen: Sequence[_Seen | None], lines: _Lines, ends: tuple[float, float]
) -> tuple[Point, ...]:
    lowest, highest = ends
    return tuple(
        Point(label, None, None, None)
        if each is None
        else Point(
            label,
            each.value,
            max(lines.centre - lines.reach(each.size), lowest),
            min(lines.centre + lines.reach(each.size), highest),
        )
        for label, each in zip(labels, seen, strict=True)
    )


def _too_few(labels: Sequence[str], seen: Sequence[_Seen | None], span: Span) -> ControlChart:
    told = sum(each is not None for each in seen)
    one, several = span.value
    has = f"There {'is' if told == 1 else 'are'} {told or 'no'} {one if told == 1 else several} to go by"
    needed = f"{FEWEST_POINTS} are needed, some of them one after the other"
    points = tuple(
        Point(label, each.value if each else None, None, None)
        for label, each in zip(labels, seen, strict=True)
    )
    return ControlChart(points, None, (), f"Too few to tell a change from chance. {has}; {needed}.")


def _refuse_uneven(*series: Sequence[object]) -> None:
    if len({len(each) for each in series}) > 1:
        raise ValueError(
            f"A chart needs one label and one figure for each period, and was given "
            f"{' and '.join(str(len(each)) for each in series)}. Give None for a period that is missing."
        )
