"""The part of a line that lies on a drawing."""

from collections.abc import Sequence
from itertools import pairwise

from kith.insight.charts.scales import Axis, Scale


def within(line: Sequence[tuple[float, float]], across: Scale, axis: Axis) -> list[list[tuple[float, float]]]:
    """The pieces of a line, (size, value) by size, that lie on the drawing, cut where they leave it."""
    pieces: list[list[tuple[float, float]]] = []
    for start, end in pairwise(line):
        cut = _cut(start, end, (across.low, across.high), (axis.low, axis.high))
        if not cut:
            continue
        if pieces and pieces[-1][-1] == cut[0]:
            pieces[-1].append(cut[1])
        else:
            pieces.append(list(cut))
    return pieces


def _cut(
    start: tuple[float, float],
    end: tuple[float, float],
    sizes: tuple[float, float],
    values: tuple[float, float],
) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """The part of a straight piece within both bounds (after Liang and Barsky), None where there is none."""
    first, last = 0.0, 1.0
    for at, (low, high) in enumerate((sizes, values)):
        length = end[at] - start[at]
        if length == 0:
            if not low <= start[at] <= high:
                return None
            continue
        enters, leaves = sorted(((low - start[at]) / length, (high - start[at]) / length))
        first, last = max(first, enters), min(last, leaves)
    if first >= last:
        return None
    along = [
        (start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1]))
        for share in (first, last)
    ]
    return (start if first == 0 else along[0]), (end if last == 1 else along[1])
