"""Building episodes: the rules of the SSDA903 as tables, there and back again."""

from dataclasses import replace
from datetime import date

import pytest

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


def day(number: int) -> date:
    """A day of March 2020."""
    return date(2020, 3, number)


def status(code: str, start: int, end: int | None = None) -> LegalStatus:
    return LegalStatus(code, day(start), day(end) if end else None)


def placed(carer: str, start: int, end: int | None = None, kind: str = "U6", **facts: str) -> Placement:
    facts = {"provider": "PR1", "urn": "SC1", "postcode": carer} | facts
    return Placement(kind, carer, day(start), day(end) if end else None, **facts)


def care(
    statuses: list[LegalStatus], placements: list[Placement], end: int | None = None, **facts: object
) -> CareHistory:
    facts = {"need": "N1", "home_postcode": "HOME", "end_reason": "E4A" if end else None} | facts
    period = PeriodOfCare(
        start=placements[0].start,
        end=day(end) if end else None,
        legal_statuses=tuple(statuses),
        placements=tuple(placements),
        **facts,
    )
    return CareHistory((period,))


def rows(history: CareHistory, *fields: str) -> list[tuple[object, ...]]:
    return [tuple(getattr(episode, name) for name in fields) for episode in unfold(history)]


C1_C2 = [status("C1", 1, 9), status("C2", 9)]
ONLY_C2 = [status("C2", 1)]
ANN, BOB = placed("ANN", 1, 9), placed("BOB", 9)
ANN_MOVED = placed("ANN", 9, postcode="NEW HOUSE")


def test_what_begins_on_the_day_care_ends_makes_no_episode():
    history = care(ONLY_C2, [placed("ANN", 1, 20), placed("BOB", 20)], end=20)
    assert rows(history, "start", "end", "end_reason") == [(day(1), day(20), "E4A")]


@pytest.mark.parametrize(
    "statuses, placements, reason",
    [
        (C1_C2, [placed("ANN", 1)], "L"),
        (ONLY_C2, [ANN, BOB], "P"),
        (ONLY_C2, [ANN, ANN_MOVED], "T"),
        (ONLY_C2, [ANN, placed("ANN", 9, kind="U4")], "T"),  # a long-term match with the same carer
        (ONLY_C2, [ANN, placed("ANN", 9, provider="PR3")], "T"),  # the carer's service changes
        (ONLY_C2, [ANN, placed("ANN", 9, urn="SC2")], "T"),
        (ONLY_C2, [ANN, placed("ANN", 9, kind="A5")], "T"),  # placed for adoption with current carers
        (C1_C2, [ANN, BOB], "B"),
        (C1_C2, [ANN, ANN_MOVED], "U"),
    ],
)
def test_reason_for_a_new_episode(statuses, placements, reason):
    history = care(statuses, placements)
    assert rows(history, "start", "new_reason") == [(day(1), "S"), (day(9), reason)]


def test_every_episode_but_the_last_ends_with_x1_on_the_day_the_next_starts():
    history = care([status("C1", 1, 5), status("C2", 5, 20)], [placed("ANN", 1, 9), placed("BOB", 9, 20)], 20)
    assert rows(history, "start", "end", "end_reason") == [
        (day(1), day(5), "X1"),
        (day(5), day(9), "X1"),
        (day(9), day(20), "E4A"),
    ]


def test_an_open_episode_has_neither_end_nor_reason():
    assert rows(care(ONLY_C2, [placed("ANN", 1)]), "end", "end_reason") == [(None, None)]


def test_several_changes_on_one_day_make_one_cut():
    history = care([status("L2", 1, 9), status("C1", 9, 9), status("C2", 9)], [ANN, placed("X", 9, 9), BOB])
    assert rows(history, "new_reason", "legal_status", "postcode") == [("S", "L2", "ANN"), ("B", "C2", "BOB")]


def test_a_placement_under_a_day_carries_on_the_earlier_one():
    history = care(ONLY_C2, [ANN, placed("NIGHT", 9, 9, kind="T4"), placed("ANN", 9, 20)], end=20)
    assert rows(history, "start", "end", "postcode") == [(day(1), day(20), "ANN")]


def test_care_that_starts_and_ends_on_one_day_is_no_episode():
    assert unfold(care([status("C2", 1, 1)], [placed("ANN", 1, 1)], end=1)) == []


TO_HOSPITAL_AND_BACK = [
    placed("ANN", 1, 9, change_reason="CARPL"),
    placed("WARD", 9, 12, kind="T1", change_reason="OTHER"),
    placed("ANN", 12),
]


def test_a_child_goes_out_to_a_temporary_placement_with_p_and_comes_back_with_p():
    assert rows(care(ONLY_C2, TO_HOSPITAL_AND_BACK), "new_reason", "placement_type", "postcode") == [
        ("S", "U6", "ANN"),
        ("P", "T1", "WARD"),
        ("P", "U6", "ANN"),
    ]


def test_who_comes_back_from_a_temporary_placement_comes_back_to_the_same_carer():
    placements = fold(unfold(care(ONLY_C2, TO_HOSPITAL_AND_BACK))).periods[0].placements
    assert placements[0].carer == placements[2].carer != placements[1].carer


def test_a_temporary_placement_in_the_carers_own_house_has_another_carer_meanwhile():
    placements = [ANN, placed("WARD", 9, 12, kind="T3", postcode="ANN"), placed("ANN", 12)]
    history = care(ONLY_C2, placements)
    folded = fold(unfold(history)).periods[0].placements
    assert folded[0].carer == folded[2].carer != folded[1].carer
    assert unfold(fold(unfold(history))) == unfold(history)


@pytest.mark.parametrize(
    "placements, end, reasons",
    [
        ([placed("ANN", 1, 9, change_reason="CREQB"), BOB], None, ["CREQB", None]),
        ([placed("ANN", 1, 9, change_reason="PLACE"), ANN_MOVED], None, ["PLACE", None]),
        ([placed("ANN", 1, change_reason="CREQB")], None, [None]),  # open
        ([placed("ANN", 1, 9, change_reason="CREQB")], 9, [None]),  # care ended
        (TO_HOSPITAL_AND_BACK, None, [None, None, None]),  # this or the next is temporary
    ],
)
def test_reason_for_placement_change_stands_on_the_episode_that_ends_for_another_placement(
    placements, end, reasons
):
    assert rows(care(ONLY_C2, placements, end), "change_reason") == [(reason,) for reason in reasons]


def test_no_reason_for_placement_change_when_only_the_legal_status_changes():
    history = care(C1_C2, [placed("ANN", 1, 20, change_reason="CREQB"), placed("BOB", 20)])
    assert rows(history, "start", "change_reason") == [(day(1), None), (day(9), "CREQB"), (day(20), None)]


def test_need_code_and_home_postcode_are_repeated_on_every_episode():
    assert rows(care(C1_C2, [ANN, BOB]), "need", "home_postcode") == [("N1", "HOME")] * 2


@pytest.mark.parametrize("kind", ["T0", "T1", "T2", "T3", "T4", "Z11", "Z12", "Z13", "Z14"])
def test_these_placements_have_no_provider(kind):
    assert rows(care(ONLY_C2, [placed("ANN", 1, kind=kind)]), "provider") == [(None,)]


def test_each_break_of_a_v3_series_is_its_own_period():
    first = care([status("V3", 1, 4)], [placed("ANN", 1, 4)], end=4, end_reason="E8")
    second = care([status("V3", 10, 12)], [placed("ANN", 10, 12)], end=12, end_reason="E8")
    series = CareHistory(first.periods + second.periods)
    assert rows(series, "start", "new_reason", "end", "end_reason") == [
        (day(1), "S", day(4), "E8"),
        (day(10), "S", day(12), "E8"),
    ]


def test_a_v4_agreement_is_one_row_wherever_the_breaks_were_spent():
    history = care([status("V4", 1, 20)], [ANN, placed("BOB", 9, 20)], end=20)
    assert rows(history, "start", "end", "postcode") == [(day(1), day(20), "ANN")]


@pytest.mark.parametrize(
    "start, end, comes",
    [
        (
            date(2018, 5, 1),
            date(2020, 3, 31),
            ("2018-05-01", "2020-03-31", "E4A"),
        ),  # not clipped at its start
        (date(2020, 3, 31), None, ("2020-03-31", None, None)),
        (date(2019, 6, 1), date(2020, 4, 1), ("2019-06-01", None, None)),  # still open on the last day
        (date(2018, 6, 1), date(2019, 4, 1), ("2018-06-01", "2019-04-01", "E4A")),  # touches the first day
        (date(2018, 6, 1), date(2019, 3, 31), None),
        (date(2020, 4, 1), None, None),
    ],
)
def test_a_year_holds_every_episode_that_touches_it_as_it_stood_on_31_march(start, end, comes):
    episode = Episode(start=start, end=end, end_reason="E4A" if end else None)
    cut = cut_to_year([episode], date(2019, 4, 1), date(2020, 3, 31))
    found = [(x.start.isoformat(), x.end and x.end.isoformat(), x.end_reason) for x in cut]
    assert found == ([comes] if comes else [])


def test_a_history_that_starts_part_way_is_marked_and_keeps_what_its_first_row_said():
    first = Episode(day(1), "P", "C2", "N1", "U6", "PR1")
    period = fold([first]).periods[0]
    assert (period.is_start_known, period.first_reason) == (False, "P")
    assert unfold(fold([first])) == [first]


def test_an_ending_x1_that_nothing_follows_is_kept_as_care_going_on():
    last = Episode(day(1), "S", "C2", "N1", "U6", "PR1", end=day(9), end_reason="X1", change_reason="CREQB")
    assert unfold(fold([last])) == [last]


# Contradictions: what fold believes, and that the neighbours of a bad row still come back.

FIRST = Episode(day(1), "S", "C2", "N1", "U6", "PR1", day(9), "X1", "CREQB", "HOME", "ANN", "SC1")
SECOND = Episode(day(9), "P", "C2", "N1", "U6", "PR1", day(15), "X1", None, "HOME", "BOB", "SC1")
THIRD = Episode(day(15), "L", "C1", "N1", "U6", "PR1", None, None, None, "HOME", "BOB", "SC1")


def test_the_plain_case_comes_back():
    assert unfold(fold([THIRD, FIRST, SECOND])) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "episodes, come_back",
    [
        # an open row with a reason for ending: care has not ended
        ([FIRST, SECOND, replace(THIRD, end_reason="E4A")], [FIRST, SECOND]),
        # a row that ends before it starts
        ([FIRST, SECOND, THIRD, replace(THIRD, start=day(20), end=day(10))], [FIRST, SECOND, THIRD]),
        # a row that overlaps two others
        ([FIRST, SECOND, THIRD, Episode(day(5), "P", "C2", end=day(14))], [FIRST, SECOND, THIRD]),
        # RNE says P, and the legal status changed too
        ([FIRST, SECOND, replace(THIRD, new_reason="P", postcode="CAZ")], [FIRST]),
        # RNE says L, and the placement changed too
        ([FIRST, replace(SECOND, new_reason="L"), THIRD], [FIRST, THIRD]),
        # another need code half-way
        ([FIRST, SECOND, replace(THIRD, need="N5")], [FIRST, SECOND]),
        # a leaving code, and the same day another row that is no start: two stretches, both as told
        ([replace(FIRST, end_reason="E8", change_reason=None), SECOND, THIRD], [SECOND, THIRD]),
        # RNE says T and nothing of the placement differs: a new placement like the old one, as told
        ([FIRST, replace(SECOND, new_reason="T", postcode="ANN")], [FIRST]),
    ],
)
def test_a_contradiction_spoils_few_of_its_neighbours(episodes, come_back):
    again = unfold(fold(episodes))
    assert [episode for episode in come_back if episode not in again] == []


def test_an_open_row_that_another_follows_had_ended_by_then():
    left_open = replace(FIRST, end=None, end_reason=None, change_reason=None)
    assert unfold(fold([left_open, SECOND, THIRD])) == [replace(FIRST, change_reason=None), SECOND, THIRD]


def test_the_later_return_is_believed():
    earlier = [replace(FIRST, told_in=2019), replace(SECOND, end=None, end_reason=None, told_in=2019)]
    later = [replace(SECOND, told_in=2020), replace(THIRD, told_in=2020)]
    assert unfold(fold(earlier + later)) == [FIRST, SECOND, THIRD]
    assert unfold(fold(later + earlier)) == [FIRST, SECOND, THIRD]


def test_a_correction_in_a_later_return_wins_over_all_it_overlaps():
    earlier = [replace(FIRST, told_in=2019), replace(SECOND, told_in=2019)]
    correction = replace(FIRST, end=None, end_reason=None, change_reason=None, told_in=2020)
    longer = replace(correction, end=day(20), end_reason="E4A")
    assert unfold(fold([*earlier, longer])) == [longer]


def test_facts_keep_the_rows_they_came_from():
    period = fold([replace(FIRST, sources=("a",)), replace(SECOND, sources=("b",))]).periods[0]
    assert period.sources == ("a", "b")
    assert [placement.sources for placement in period.placements] == [("a",), ("b",)]
    assert period.legal_statuses[0].sources == ("a", "b")


def test_nothing_folds_to_nothing():
    assert unfold(fold([])) == []
