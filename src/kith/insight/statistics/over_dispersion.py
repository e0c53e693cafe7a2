"""How much more authorities differ than chance alone would have them, and how much wider a funnel is for it.

Authorities differ for many reasons that no indicator holds. Where nearly all lie beyond a funnel's limits,
the limits are wrong, not the authorities. The scores (standard errors from the target) tell how much wider
to be; the most extreme tenth at either end is first brought in to the next, so that those whom the funnel is
to find do not widen it themselves.
Source: Spiegelhalter 2005, Statistics in Medicine 24:1185, section 3; and Quality and Safety in Health Care
14:347.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, sqrt

FEWEST_TO_JUDGE = 10
DRAWN_IN = 0.1


@dataclass(frozen=True, slots=True)
class Spread:
    """What lies between authorities beyond chance.

    `phi` is the mean square of the scores, 1 for chance alone. `between` is the standard deviation of true
    figures between authorities, in the figure's own unit; where it is given, limits are widened by it and
    `phi` is only told, not used.
    """

    phi: float = 1.0
    between: float | None = None

    def wider_by(self, error: float) -> float:
        """How many times as far from the target limits lie, for a figure with standard error `error`."""
        if self.between is not None:
            return sqrt(1 + (self.between / error) ** 2) if error else 1.0
        return sqrt(max(self.phi, 1.0))


CHANCE_ALONE = Spread()


def winsorised(scores: Sequence[float], drawn_in: float = DRAWN_IN) -> list[float]:
    """`scores` in order, the lowest and highest tenth (`drawn_in`, rounded down) set to the next ones."""
    ordered = sorted(scores)
    out = floor(len(ordered) * drawn_in)
    kept = ordered[out : len(ordered) - out]
    return [kept[0]] * out + kept + [kept[-1]] * out if kept else []


def spread_of(scores: Sequence[float]) -> Spread:
    """How much wider a funnel is to be for all sizes alike, from every authority's score.

    Chance alone where fewer than 10 are given, or where phi is no more than 1 + 2 sqrt(2 / number), which
    chance gives too.
    """
    if len(scores) < FEWEST_TO_JUDGE:
        return CHANCE_ALONE
    phi = _phi(scores)
    return Spread(phi) if phi > _most_by_chance(len(scores)) else CHANCE_ALONE


def spread_between(scores: Sequence[float], errors: Sequence[float]) -> Spread:
    """How much true figures differ between authorities, from each one's score and standard error.

    It widens a large authority's limits more than a small one's, as differences between places do, and is to
    be preferred where sizes differ much. Chance alone in the cases of `spread_of`.
    Source: as above, with the moments of DerSimonian & Laird 1986, Controlled Clinical Trials 7:177.
    """
    judged = [(score, error) for score, error in zip(scores, errors, strict=True) if error > 0]
    phi_spread = spread_of([score for score, _ in judged])
    if phi_spread is CHANCE_ALONE:
        return CHANCE_ALONE
    number, weights = len(judged), [1 / error**2 for _, error in judged]
    apart = sum(weights) - sum(weight**2 for weight in weights) / sum(weights)
    variance = max(number * phi_spread.phi - (number - 1), 0) / apart
    return Spread(phi_spread.phi, sqrt(variance))


def _phi(scores: Sequence[float]) -> float:
    return sum(score**2 for score in winsorised(scores)) / len(scores)


def _most_by_chance(number: int) -> float:
    return 1 + 2 * sqrt(2 / number)
