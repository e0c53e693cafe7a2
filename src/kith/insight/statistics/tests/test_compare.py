"""Two figures side by side: a direction is said only where chance alone would not give it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.insight.statistics.compare import (
    Direction,
    change_in_words,
    compare,
    direction_of,
)
from kith.insight.statistics.intervals import Interval, count_interval, exactly, rate_interval, share_interval

FIGURE = st.one_of(
    st.just(Interval(None, None, None)),
    st.builds(lambda value: Interval(value, None, None), st.floats(0, 100)),
    st.tuples(st.integers(0, 60), st.integers(60, 90)).map(lambda part: share_interval(*part)),
)


@pytest.mark.parametrize("figure, other, direction", [
    (share_interval(30, 100), share_interval(28, 100), Direction.NOT_CLEAR),
    (share_interval(45, 100), share_interval(28, 100), Direction.HIGHER),
    (share_interval(280, 1000), share_interval(450, 1000), Direction.LOWER),
    (share_interval(4, 5), share_interval(1, 5), Direction.NOT_CLEAR),  # 80 and 20 per cent, of five
    (rate_interval(480, 60_000), exactly(67), Direction.HIGHER),  # 80 beside a published 67
    (rate_interval(20, 2_500), exactly(67), Direction.NOT_CLEAR),  # the same 80, of few
    (count_interval(120), count_interval(100), Direction.NOT_CLEAR),
    (count_interval(1200), count_interval(1000), Direction.HIGHER),
    (Interval(5, None, None), exactly(4), Direction.CANNOT_TELL),
    (share_interval(0, 0), exactly(4), Direction.CANNOT_TELL),
])  # fmt: skip
def test_direction(figure, other, direction):
    assert compare(figure, other).direction is direction


@pytest.mark.parametrize("low, high, direction", [
    (0, 4, Direction.NOT_CLEAR), (-4, 0, Direction.NOT_CLEAR), (0, 0, Direction.NOT_CLEAR),
    (0.1, 4, Direction.HIGHER), (-4, -0.1, Direction.LOWER), (None, 4, Direction.CANNOT_TELL),
])  # fmt: skip
def test_an_interval_that_touches_no_difference_gives_no_direction(low, high, direction):
    assert direction_of(Interval(1, low, high)) is direction


@pytest.mark.parametrize("figure, change", [
    (share_interval(45, 100), "higher than in 2018-19"),
    (share_interval(15, 100), "lower than in 2018-19"),
    (share_interval(30, 100), "no clear change since 2018-19"),
    (share_interval(0, 0), "too little is known to say whether it has changed since 2018-19"),
])  # fmt: skip
def test_the_words(figure, change):
    assert change_in_words(compare(figure, exactly(28)), "2018-19") == change


@given(FIGURE, FIGURE)
def test_the_other_way_round_the_direction_turns(one, other):
    turned = {Direction.HIGHER: Direction.LOWER, Direction.LOWER: Direction.HIGHER}
    direction = compare(one, other).direction
    assert compare(other, one).direction is turned.get(direction, direction)
