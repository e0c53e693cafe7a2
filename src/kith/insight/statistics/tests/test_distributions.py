"""The chances are those that come of adding up, one count at a time, in whole fractions."""

from fractions import Fraction
from math import comb, exp, factorial, isclose

import pytest

from kith.insight.statistics.distributions import (
    _incomplete_beta,
    binomial_at_most,
    binomial_quantile,
    poisson_at_most,
    poisson_limits,
    poisson_quantile,
    student_t_quantile,
)

TAILS = [0.001, 0.025, 0.5, 0.975, 0.999]


def added_up_binomial(most: int, out_of: int, chance: Fraction) -> float:
    return float(sum(comb(out_of, k) * chance**k * (1 - chance) ** (out_of - k) for k in range(most + 1)))


def added_up_poisson(most: int, expected: Fraction) -> float:
    return exp(-expected) * float(sum(expected**k / factorial(k) for k in range(most + 1)))


@pytest.mark.parametrize("chance", [Fraction(1, 1000), Fraction(3, 10), Fraction(1, 2), Fraction(99, 100)])
@pytest.mark.parametrize("out_of", [1, 2, 7, 40, 300])
def test_binomial_chances_are_the_sum_of_their_terms(out_of, chance):
    for most in {0, out_of // 4, out_of // 2, out_of - 1, out_of}:
        summed = added_up_binomial(most, out_of, chance)
        assert binomial_at_most(most, out_of, float(chance)) == pytest.approx(summed, abs=1e-12)


@pytest.mark.parametrize("expected", [Fraction(1, 100), Fraction(1), Fraction(19, 2), Fraction(60)])
def test_poisson_chances_are_the_sum_of_their_terms(expected):
    for most in [0, 1, 5, 12, 60, 80]:
        summed = added_up_poisson(most, expected)
        assert poisson_at_most(most, float(expected)) == pytest.approx(summed, abs=1e-12)


@pytest.mark.parametrize("most, chance", [(-1, 0.0), (5, 1.0), (6, 1.0)])
def test_below_none_and_up_to_all_are_certain(most, chance):
    assert binomial_at_most(most, 5, 0.4) == chance


@pytest.mark.parametrize("share", TAILS)
@pytest.mark.parametrize("out_of, chance", [(1, 0.5), (10, 0.01), (50, 0.3), (400, 0.97), (90_000, 0.002)])
def test_a_binomial_quantile_is_the_first_count_that_reaches_its_share(out_of, chance, share):
    count = binomial_quantile(share, out_of, chance)
    assert binomial_at_most(count, out_of, chance) >= share - 1e-9
    assert count == 0 or binomial_at_most(count - 1, out_of, chance) < share + 1e-9


@pytest.mark.parametrize("share", TAILS)
@pytest.mark.parametrize("expected", [0, 0.01, 0.7, 8, 300, 1_000_000])
def test_a_poisson_quantile_is_the_first_count_that_reaches_its_share(expected, share):
    count = poisson_quantile(share, expected)
    assert poisson_at_most(count, expected) >= share - 1e-8
    assert count == 0 or poisson_at_most(count - 1, expected) < share + 1e-8


@pytest.mark.parametrize("count, low, high", [
    (0, 0, 3.6889),  # the printed tables of a Poisson count's 95 % limits
    (1, 0.0253, 5.5716),
    (5, 1.6235, 11.6683),
    (10, 4.7954, 18.3904),
])  # fmt: skip
def test_exact_limits_of_a_count(count, low, high):
    assert poisson_limits(count, 0.025) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@pytest.mark.parametrize("tail, degrees, t", [
    (0.025, 1, 12.706), (0.025, 2, 4.303), (0.025, 9, 2.262), (0.025, 30, 2.042), (0.025, 100_000_000, 1.960),
    (0.001, 1, 318.309), (0.001, 10, 4.144), (0.001, 30, 3.385),
])  # fmt: skip
def test_t_is_that_of_the_printed_tables(tail, degrees, t):
    assert isclose(student_t_quantile(tail, degrees), t, abs_tol=5e-4)


@pytest.mark.parametrize("degrees", [200, 1_000, 100_000])
@pytest.mark.parametrize("tail", [0.025, 0.001])
def test_t_of_many_degrees_has_the_tail_that_was_asked(tail: float, degrees: int) -> None:
    t = student_t_quantile(tail, degrees)
    assert isclose(_incomplete_beta(degrees / 2, 0.5, degrees / (degrees + t * t)) / 2, tail, rel_tol=1e-8)
