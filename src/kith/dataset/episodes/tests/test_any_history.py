"""Whatever the history, its episodes fold back to it; whatever the rows, fold has an answer."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from kith.dataset.episodes import (
    CareHistory,
    Episode,
    LegalStatus,
    PeriodOfCare,
    Placement,
    cut_to_year,
    fold,
    unfold,
)

FIRST_DAY = date(2018, 1, 1)
STATUSES = ("C1", "C2", "E1", "V2", "V3", "V4", None)
PLACES = ("U6", "K2", "A5", "P1", "T1", "T4", "Z11", None)
HOMES = ("HOME", "MOVED", None)
REASONS = ("CARPL", "PLACE", None)


def spells(draw: st.DrawFn, first: int, last: int) -> list[tuple[int, int]]:
    """Neighbouring spells from day `first` to day `last`; some start and end on one day."""
    cuts = sorted(draw(st.lists(st.integers(first, last), max_size=5)))
    edges = [first, *cuts, last]
    return list(pairwise(edges))


def on(day: int) -> date:
    return FIRST_DAY + timedelta(days=day)


@st.composite
def periods(draw: st.DrawFn, first: int, last: int, is_open: bool) -> PeriodOfCare:
    statuses = [
        LegalStatus(draw(st.sampled_from(STATUSES)), on(start), None if is_open and end == last else on(end))
        for start, end in spells(draw, first, last)
    ]
    placements = [
        Placement(
            placement_type=draw(st.sampled_from(PLACES)),
            carer=draw(st.sampled_from(["ANN", "BOB"])),
            start=on(start),
            end=None if is_open and end == last else on(end),
            provider=draw(st.sampled_from(["PR1", "PR4", None])),
            urn=draw(st.sampled_from(["SC1", "SC2", None])),
            postcode=draw(st.sampled_from(["N1", "E2", None])),
            home_postcode=draw(st.sampled_from(HOMES)),
            change_reason=draw(st.sampled_from(REASONS)),
        )
        for start, end in spells(draw, first, last)
    ]
    is_start_known = draw(st.booleans())
    return PeriodOfCare(
        start=on(first),
        end=None if is_open else on(last),
        end_reason=None if is_open else draw(st.sampled_from(["E4A", "E8", "X1"])),
        need=draw(st.sampled_from(["N1", "N5", None])),
        home_postcode=draw(st.sampled_from(HOMES)),
        is_start_known=is_start_known,
        first_reason=None if is_start_known else draw(st.sampled_from("LPTBU")),
        legal_statuses=tuple(statuses),
        placements=tuple(placements),
    )


@st.composite
def histories(draw: st.DrawFn) -> CareHistory:
    """Periods of care with at least a day between them; the last may be open."""
    found: list[PeriodOfCare] = []
    day = 0
    for _ in range(draw(st.integers(0, 3))):
        first = day + draw(st.integers(1, 30))
        day = first + draw(st.integers(0, 60))
        found.append(draw(periods(first, day, False)))
    if draw(st.booleans()):
        first = day + draw(st.integers(1, 30))
        found.append(draw(periods(first, first + draw(st.integers(0, 30)), True)))
    return CareHistory(tuple(found))


any_day = st.one_of(st.integers(0, 40).map(on), st.sampled_from([date.min, date.max]))
any_episode = st.builds(
    Episode,
    start=any_day,
    new_reason=st.sampled_from(["S", "L", "P", "T", "B", "U", "X", None]),
    legal_status=st.sampled_from(STATUSES),
    need=st.sampled_from(["N1", "N2", None]),
    placement_type=st.sampled_from(PLACES),
    provider=st.sampled_from(["PR1", None]),
    end=st.one_of(st.none(), any_day),
    end_reason=st.sampled_from(["X1", "E4A", "??", None]),
    change_reason=st.sampled_from(REASONS),
    home_postcode=st.sampled_from(HOMES),
    postcode=st.sampled_from(["N1", "E2", None]),
    urn=st.one_of(st.none(), st.text(max_size=80)),
    told_in=st.integers(2018, 2020),
)


@settings(max_examples=300, deadline=None)
@given(histories())
def test_what_a_history_unfolds_to_folds_back(history):
    episodes = unfold(history)
    assert unfold(fold(episodes)) == episodes


@settings(max_examples=300, deadline=None)
@given(st.lists(any_episode, max_size=12), st.randoms())
def test_whatever_the_rows_fold_answers_and_the_answer_is_sound(episodes, random):
    history = fold(episodes)
    again = unfold(history)
    for one, other in pairwise(again):
        assert one.end is not None and one.start < one.end <= other.start
    assert unfold(fold(again)) == again
    random.shuffle(episodes)
    assert fold(episodes) == history


@settings(max_examples=200, deadline=None)
@given(histories())
def test_a_row_that_ends_with_x1_inside_a_period_is_followed_on_the_same_day(history):
    for period in history.periods:
        episodes = unfold(CareHistory((period,)))
        for one, other in pairwise(episodes):
            assert (one.end, one.end_reason) == (other.start, "X1")
            assert other.new_reason in {"L", "P", "T", "B", "U"}


@settings(max_examples=200, deadline=None)
@given(histories(), st.integers(0, 200))
def test_years_put_side_by_side_fold_to_the_whole(history, cut):
    """An episode open at the end of one year comes again in the next, closed: one history."""
    episodes = unfold(history)
    first = [replaced(x, 2018) for x in cut_to_year(episodes, FIRST_DAY, on(cut))]
    second = [replaced(x, 2019) for x in cut_to_year(episodes, on(cut + 1), on(1000))]
    assert unfold(fold(first + second)) == episodes
    assert unfold(fold(second + first)) == episodes


def replaced(episode: Episode, year: int) -> Episode:
    values = {name: getattr(episode, name) for name in Episode.__slots__}
    return Episode(**values | {"told_in": year})
