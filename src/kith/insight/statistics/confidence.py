"""How sure an interval is to be, and what an interval is."""

from enum import Enum
from functools import cached_property
from statistics import NormalDist
from typing import NamedTuple


class Confidence(Enum):
    """Of 100 intervals made like this one, how many hold the true figure.

    95 is the custom for one figure. 99.8 (three standard errors) is for many figures looked at together, as
    in a funnel: of 153 authorities that differ by chance alone, eight lie outside the first, none or one
    outside the second.
    """

    NINETY_FIVE = 95.0
    NINETY_NINE_POINT_EIGHT = 99.8

    @cached_property
    def tail(self) -> float:
        """The chance left on each side: 0.025 or 0.001."""
        return round((100 - self.value) / 200, 6)

    @cached_property
    def z(self) -> float:
        """How many standard errors of a normal distribution lie on each side: 1.96 or 3.09."""
        return NormalDist().inv_cdf(1 - self.tail)


USUAL = Confidence.NINETY_FIVE
WIDE = Confidence.NINETY_NINE_POINT_EIGHT


class Interval(NamedTuple):
    """A figure with the lowest and highest that chance leaves open, in the figure's own unit.

    None stands for what cannot be told: all three where there is nothing to count, low and high where there
    is a figure and too little to say how sure it is.
    """

    value: float | None
    low: float | None
    high: float | None

    @property
    def is_told(self) -> bool:
        """Whether there is a figure and both its limits."""
        return None not in self


NOTHING_TO_TELL = Interval(None, None, None)


def exactly(value: float) -> Interval:
    """`value` as a figure that chance has no part in, such as a target."""
    return Interval(value, value, value)
