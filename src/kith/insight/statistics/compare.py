"""Whether two figures differ by more than chance, in the careful words of pages.

A direction is said only where the interval of the difference leaves out no difference at all. Otherwise there
is "no clear change": not "no change", for there may be one that so few children cannot show.
"""

from enum import StrEnum
from typing import NamedTuple

from kith.insight.statistics.confidence import Interval
from kith.insight.statistics.intervals.differences import difference_interval


class Direction(StrEnum):
    """Which way a figure differs from another, where that is more than chance."""

    HIGHER = "higher"
    LOWER = "lower"
    NOT_CLEAR = "not clear"
    CANNOT_TELL = "cannot tell"


class Comparison(NamedTuple):
    """The figure less the other, in their unit, with its interval, and what may be said of it."""

    difference: Interval
    direction: Direction


def compare(figure: Interval, other: Interval) -> Comparison:
    """`figure` beside `other`: England's, an earlier year's, another group's.

    Cannot tell where a figure or a limit is missing: of too few, or of a source that does not hold it. Put a
    figure that has no limits of its own, such as a published one, in with `exactly`.
    """
    difference = difference_interval(figure, other)
    return Comparison(difference, direction_of(difference))


def direction_of(difference: Interval) -> Direction:
    """Higher or lower where the interval of `difference` leaves out zero; a limit of zero does not."""
    if difference.low is None or difference.high is None:
        return Direction.CANNOT_TELL
    if difference.low > 0:
        return Direction.HIGHER
    return Direction.LOWER if difference.high < 0 else Direction.NOT_CLEAR


def change_in_words(comparison: Comparison, since: str) -> str:
    """Whether a figure has changed `since` a period ("2018-19"), as the end of a sentence or on its own.

    "higher than in 2018-19", "no clear change since 2018-19".
    """
    return {
        Direction.HIGHER: f"higher than in {since}",
        Direction.LOWER: f"lower than in {since}",
        Direction.NOT_CLEAR: f"no clear change since {since}",
        Direction.CANNOT_TELL: f"too little is known to say whether it has changed since {since}",
    }[comparison.direction]
