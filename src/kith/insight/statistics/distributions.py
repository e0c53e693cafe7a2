"""How likely a count is by chance: binomial, Poisson and Student's t, exact in plain Python.

Each is an incomplete beta or gamma function, worked out by its continued fraction or series. Chances are
right to eight places or more for counts up to a million (the tests add them up one by one, in fractions).
"""

from collections.abc import Callable, Iterator
from functools import cache
from itertools import count as counting
from math import exp, lgamma, log, sqrt
from statistics import NormalDist

_TINY = 1e-300
_CLOSE_ENOUGH = 1e-15
_MANY_DEGREES = 200


def binomial_at_most(most: int, out_of: int, chance: float) -> float:
    """The chance that at most `most` of `out_of` come up, each with `chance` (0 to 1).

    Source: DLMF 8.17.5, the binomial sum as an incomplete beta function.
    """
    if most < 0:
        return 0.0
    if most >= out_of or chance <= 0:
        return 1.0
    return 0.0 if chance >= 1 else _incomplete_beta(out_of - most, most + 1, 1 - chance)


def binomial_exactly(number: int, out_of: int, chance: float) -> float:
    """The chance that exactly `number` of `out_of` come up, each with `chance` (0 to 1)."""
    if not 0 <= number <= out_of:
        return 0.0
    if chance <= 0 or chance >= 1:
        return float(number == (0 if chance <= 0 else out_of))
    ways = lgamma(out_of + 1) - lgamma(number + 1) - lgamma(out_of - number + 1)
    return exp(ways + number * log(chance) + (out_of - number) * log(1 - chance))


def poisson_at_most(most: int, expected: float) -> float:
    """The chance that at most `most` happen where `expected` (0 or more) happen on average.

    Source: DLMF 8.4.10, the Poisson sum as an incomplete gamma function.
    """
    if most < 0:
        return 0.0
    return 1.0 if expected <= 0 else _incomplete_gamma_above(most + 1, expected)


def poisson_exactly(number: int, expected: float) -> float:
    """The chance that exactly `number` happen where `expected` (0 or more) happen on average."""
    if number < 0 or expected <= 0:
        return float(number == 0)
    return exp(number * log(expected) - expected - lgamma(number + 1))


def binomial_quantile(share: float, out_of: int, chance: float) -> int:
    """The smallest number of `out_of` that with probability `share` or more is not exceeded."""
    near = NormalDist().inv_cdf(share) * sqrt(max(out_of * chance * (1 - chance), 0)) + out_of * chance
    return _quantile(
        share,
        min(max(round(near), 0), out_of),
        lambda number: binomial_at_most(number, out_of, chance),
        lambda number: binomial_exactly(number, out_of, chance),
    )


def poisson_quantile(share: float, expected: float) -> int:
    """The smallest number that with probability `share` or more is not exceeded."""
    near = NormalDist().inv_cdf(share) * sqrt(expected) + expected
    return _quantile(
        share,
        max(round(near), 0),
        lambda number: poisson_at_most(number, expected),
        lambda number: poisson_exactly(number, expected),
    )


@cache
def poisson_limits(number: int, tail: float) -> tuple[float, float]:
    """The lowest and highest average with which `number`, or what lies beyond it, still has chance `tail`.

    Source: Garwood 1936 (the exact limits of a count, also written with chi-square).
    """
    widest = number + 10 + 10 * sqrt(number + 1)
    low = _where_it_falls_to(1 - tail, lambda mean: poisson_at_most(number - 1, mean), widest)
    return (low if number else 0.0), _where_it_falls_to(
        tail, lambda mean: poisson_at_most(number, mean), widest
    )


@cache
def student_t_quantile(tail: float, degrees: int) -> float:
    """The t that is exceeded with chance `tail` (below a half), for 1 or more `degrees` of freedom.

    Source: DLMF 8.17 and Student 1908, the tail of t as half an incomplete beta function of
    degrees / (degrees + t squared); that share is found by halving. Of 200 degrees and more by Fisher's
    expansion (Abramowitz and Stegun 26.7.5), which there is the same to nine figures.
    """
    if degrees >= _MANY_DEGREES:
        return _student_t_of_many(NormalDist().inv_cdf(1 - tail), degrees)
    share = _where_it_rises_to(2 * tail, lambda x: _incomplete_beta(degrees / 2, 0.5, x))
    return sqrt(degrees * (1 - share) / share)


def _student_t_of_many(z: float, degrees: int) -> float:
    """The t whose tail is that of the normal's `z`, by four terms beyond it."""
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return float(z + sum(term / degrees**power for power, term in enumerate(terms, start=1)))


def _quantile(
    share: float, near: int, at_most: Callable[[int], float], exactly: Callable[[int], float]
) -> int:
    """Step from `near`, adding or taking away one count's chance at a time."""
    number, reached = near, at_most(near)
    while reached < share:
        number += 1
        chance = exactly(number)
        if chance == 0:  # so far out that nothing more can be added
            return number
        reached += chance
    while number > 0 and reached - (chance := exactly(number)) >= share:
        reached -= chance
        number -= 1
    return number


def _where_it_falls_to(level: float, falling: Callable[[float], float], highest: float) -> float:
    return _halve(lambda x: falling(x) > level, highest)


def _where_it_rises_to(level: float, rising: Callable[[float], float]) -> float:
    return _halve(lambda x: rising(x) < level, 1.0)


def _halve(is_too_low: Callable[[float], bool], highest: float) -> float:
    """Where `is_too_low` stops holding, between 0 and `highest`, as close as numbers go."""
    low, high = 0.0, highest
    while low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if is_too_low(middle) else (low, middle)
    return middle


def _incomplete_beta(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function, from the end that is near. Source: DLMF 8.17.22."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    size = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x))
    if x < (a + 1) / (a + b + 2):
        return size / a / _continued_fraction(1.0, _beta_terms(a, b, x))
    return 1 - size / b / _continued_fraction(1.0, _beta_terms(b, a, 1 - x))


def _beta_terms(a: float, b: float, x: float) -> Iterator[tuple[float, float]]:
    for m in counting(0):
        if m:
            yield m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), 1.0
        yield -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)), 1.0


def _incomplete_gamma_above(a: float, x: float) -> float:
    """The regularised incomplete gamma function from x up, x > 0. Source: DLMF 8.11.4 and 8.9.2."""
    size = exp(a * log(x) - x - lgamma(a))
    if x < a + 1:
        term = total = 1 / a
        for step in counting(1):
            term *= x / (a + step)
            total += term
            if term < total * _CLOSE_ENOUGH:
                return 1 - size * total
    return size / _continued_fraction(x + 1 - a, _gamma_terms(a, x))


def _gamma_terms(a: float, x: float) -> Iterator[tuple[float, float]]:
    for m in counting(1):
        yield m * (a - m), x + 2 * m + 1 - a


def _continued_fraction(first: float, terms: Iterator[tuple[float, float]]) -> float:
    """`first` + n1/(d1 + n2/(d2 + ...)). Source: Lentz 1976, as mended by Thompson and Barnett 1986."""
    value = ratio = first or _TINY
    inverse = 0.0
    for numerator, denominator in terms:
        inverse = 1 / (denominator + numerator * inverse or _TINY)
        ratio = denominator + numerator / ratio or _TINY
        value *= inverse * ratio
        if abs(inverse * ratio - 1) < _CLOSE_ENOUGH:
            break
    return value
