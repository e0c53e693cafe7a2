"""How far chance alone takes a figure from a target, for any number of children: the limits of a funnel.

A small authority's figure goes up and down more than a large one's. The limits say how far from the target
(England's figure, say) a figure out of so many would lie by chance alone, if its true figure were the target.

The limits are the exact binomial's (shares) and Poisson's (rates), with a straight line between one count and
the next, so that they run smoothly. Source: Spiegelhalter 2005, Statistics in Medicine 24:1185, appendix A;
but with the high limit made as the low one is, seen from the other end. One formula for both would put the
high one a count nearer: where half an event is expected, it would call two "higher", which chance alone gives
one time in eleven.
"""

from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from math import sqrt
from typing import NamedTuple

import polars as pl

from kith.insight.statistics.confidence import USUAL, WIDE, Confidence
from kith.insight.statistics.distributions import (
    binomial_at_most,
    binomial_exactly,
    binomial_quantile,
    poisson_at_most,
    poisson_exactly,
    poisson_quantile,
)
from kith.insight.statistics.intervals.columns import (
    ImpossibleCount,
    refuse_impossible,
)
from kith.insight.statistics.intervals.rates import PER
from kith.insight.statistics.over_dispersion import CHANCE_ALONE, Spread


class Measure(StrEnum):
    """What a funnel is drawn for: a share in per cent, or a rate per 10,000."""

    SHARE = "share"
    RATE = "rate"

    @property
    def scale(self) -> int:
        """What a figure is for one: 100 or 10,000."""
        return 100 if self is Measure.SHARE else PER


class Beyond(StrEnum):
    """Where a figure lies in a funnel. It says what chance can do, and nothing of good or bad."""

    WITHIN = "within what chance alone would give"
    LOWER = "lower than chance alone would usually give"
    FAR_LOWER = "far lower than chance alone would give"
    HIGHER = "higher than chance alone would usually give"
    FAR_HIGHER = "far higher than chance alone would give"
    CANNOT_TELL = "nothing to count, so chance cannot be judged"


class Limits(NamedTuple):
    """The lowest and highest figure that chance alone gives, in per cent or per 10,000."""

    low: float
    high: float


def limits(
    measure: Measure,
    target: float,
    denominator: int,
    confidence: Confidence = USUAL,
    spread: Spread = CHANCE_ALONE,
) -> Limits:
    """The limits around `target` (in per cent or per 10,000) for a figure out of `denominator`, 1 or more.

    `spread` widens them where authorities differ by more than chance. They stay between 0 and, for a share,
    100. Raises ImpossibleCount for a target or denominator that cannot be.
    """
    _refuse_impossible_target(measure, target)
    if denominator < 1:
        raise ImpossibleCount(
            f"A funnel has no limits where {denominator} are counted out of: leave those out."
        )
    low, high = _exact(measure, target / measure.scale, denominator, confidence.tail)
    wider = spread.wider_by(standard_error(measure, denominator, target))
    highest = 100.0 if measure is Measure.SHARE else float("inf")
    return Limits(
        max(target + wider * (low * measure.scale - target), 0.0),
        min(target + wider * (high * measure.scale - target), highest),
    )


def funnel(
    measure: Measure, target: float, denominators: Iterable[int], spread: Spread = CHANCE_ALONE
) -> pl.DataFrame:
    """The lines of a funnel: denominator, and its limits low, high (95 %), far_low, far_high (99.8 %).

    One row for each different denominator of 1 or more, in order.
    """
    sizes = sorted({size for size in denominators if size >= 1})
    near = [limits(measure, target, size, USUAL, spread) for size in sizes]
    far = [limits(measure, target, size, WIDE, spread) for size in sizes]
    return pl.DataFrame(
        {
            "denominator": sizes,
            "low": [limit.low for limit in near],
            "high": [limit.high for limit in near],
            "far_low": [limit.low for limit in far],
            "far_high": [limit.high for limit in far],
        },
        schema={"denominator": pl.Int64} | dict.fromkeys(["low", "high", "far_low", "far_high"], pl.Float64),
    )


def sizes_between(smallest: int, largest: int, how_many: int = 100) -> list[int]:
    """Denominators to draw a funnel's lines through: closer where the lines bend, both ends among them."""
    first, last = sqrt(max(smallest, 1)), sqrt(max(largest, smallest, 1))
    steps = max(how_many - 1, 1)
    sizes = {round((first + (last - first) * step / steps) ** 2) for step in range(how_many)}
    return sorted(sizes | {max(smallest, 1), max(largest, smallest, 1)})


def beyond(
    measure: Measure,
    count: int | None,
    denominator: int | None,
    target: float | None,
    spread: Spread = CHANCE_ALONE,
) -> Beyond:
    """Whether `count` out of `denominator` lies beyond the limits around `target`, and how far.

    A figure on a limit is within it. Nothing counted out of, or a figure or target that is not known,
    cannot be told. Raises ImpossibleCount for a count that cannot be.
    """
    if count is None or denominator is None or target is None:
        return Beyond.CANNOT_TELL
    refuse_impossible(count, denominator, is_part=measure is Measure.SHARE)
    if denominator == 0:
        return Beyond.CANNOT_TELL
    value = count / denominator * measure.scale
    usual, wide = (limits(measure, target, denominator, confidence, spread) for confidence in (USUAL, WIDE))
    if value < usual.low:
        return Beyond.FAR_LOWER if value < wide.low else Beyond.LOWER
    if value > usual.high:
        return Beyond.FAR_HIGHER if value > wide.high else Beyond.HIGHER
    return Beyond.WITHIN


def standard_score(measure: Measure, count: int, denominator: int, target: float) -> float:
    """How many standard errors the figure lies from `target`, what `over_dispersion.spread_of` is given.

    0 where the target leaves nothing to chance (0, or 100 per cent).
    """
    error = standard_error(measure, denominator, target)
    return (count / denominator * measure.scale - target) / error if error else 0.0


def standard_error(measure: Measure, denominator: int, target: float) -> float:
    """The standard error of a figure out of `denominator` whose true figure is `target`, in its unit."""
    chance = target / measure.scale
    variance = chance * (1 - chance) if measure is Measure.SHARE else chance
    return measure.scale * sqrt(variance / denominator)


@lru_cache(maxsize=100_000)
def _exact(measure: Measure, chance: float, denominator: int, tail: float) -> tuple[float, float]:
    """The limits as shares of one.

    Low: where the line through each count's chance of that many or fewer meets `tail`. High: where the line
    through each count's chance of that many or more does; this is one above where fewer meets 1 - `tail`.
    """
    low, high = (_between_counts(measure, chance, denominator, share) for share in (tail, 1 - tail))
    return low / denominator, (high + 1) / denominator


def _between_counts(measure: Measure, chance: float, denominator: int, share: float) -> float:
    if measure is Measure.SHARE:
        count = binomial_quantile(share, denominator, chance)
        at_most = binomial_at_most(count, denominator, chance)
        exactly = binomial_exactly(count, denominator, chance)
    else:
        count = poisson_quantile(share, denominator * chance)
        at_most = poisson_at_most(count, denominator * chance)
        exactly = poisson_exactly(count, denominator * chance)
    return count - (at_most - share) / exactly if exactly else float(count)


def _refuse_impossible_target(measure: Measure, target: float) -> None:
    highest = 100 if measure is Measure.SHARE else float("inf")
    if not 0 <= target <= highest or target == float("inf"):
        raise ImpossibleCount(
            f"A {measure} of {target:g} cannot be a target: give it in its own unit, from 0 up."
        )
