"""What a director is told first: what stands out, the largest of what should be small, and six findings."""

import pytest

from kith.insight.case.case import SHOULD_BE_SMALL, case_for_change
from kith.insight.case.tests.looks import look, months_of_shares, not_held, number, rate, share
from kith.insight.catalogue import indicator_called
from kith.insight.periods import year_ending

FAR, PARTED = "children_placed_over_20_miles_from_home", "children_parted_from_brothers_and_sisters"
MOVED, WORKERS = "children_with_three_or_more_placements", "children_with_three_or_more_social_workers"
STEADY = [6, 7, 5, 6, 7, 6, 5, 6, 7, 6, 5, 6, 7, 5, 6, 7, 6, 5, 6, 7, 6, 5, 6]


def test_a_share_far_above_its_own_months_stands_out():
    case = case_for_change(look(share(FAR, (20, 100)), months=months_of_shares(FAR, [*STEADY, 30], 100)))
    assert [worry.indicator for worry in case.worries] == [FAR]
    told = "Children in care living more than 20 miles from home: 20%. A change: Mar 2020 was higher"
    assert case.worries[0].words.startswith(told)


@pytest.mark.parametrize("last", [6, 0])
def test_chance_and_a_change_to_the_better_do_not_stand_out(last):
    case = case_for_change(look(share(FAR, (6, 100)), months=months_of_shares(FAR, [*STEADY, last], 100)))
    assert case.worries == ()


def test_where_nothing_stands_out_the_three_largest_shares_that_should_be_small_are_told():
    case = case_for_change(
        look(
            share(FAR, (20, 100)), share(PARTED, (18, 30)), share(MOVED, (10, 100)), share(WORKERS, (15, 100))
        )
    )
    assert case.worries == ()
    assert [one.indicator for one in case.largest] == [PARTED, FAR, WORKERS]
    assert "60% (42% to 75%)" in case.largest[0].words


def test_what_stands_out_is_not_told_again_among_the_largest():
    figures = (
        share(FAR, (20, 100)),
        share(PARTED, (18, 30)),
        share(MOVED, (10, 100)),
        share(WORKERS, (15, 100)),
    )
    case = case_for_change(look(*figures, months=months_of_shares(FAR, [*STEADY, 30], 100)))
    assert [worry.indicator for worry in case.worries] == [FAR]
    assert [one.indicator for one in case.largest] == [PARTED, WORKERS]


@pytest.mark.parametrize("of", [(0, 100), (5, 9)], ids=["nobody", "out of too few"])
def test_a_share_of_nobody_or_out_of_too_few_is_not_among_the_largest(of):
    assert case_for_change(look(share(PARTED, of))).largest == ()


def test_less_is_better_of_each_share_that_should_be_small():
    assert {indicator_called(name).way for name in SHOULD_BE_SMALL} == {"less"}


def test_a_finding_says_a_figure_with_its_range_and_how_it_changed():
    before = rate("children_in_care", (40, 10_000), year_ending(2019))
    case = case_for_change(
        look(number("children_in_care", 71), rate("children_in_care", (71, 10_000)), before)
    )
    care = next(finding for finding in case.findings if finding.id == "children_in_care")
    assert care.is_held
    assert care.sentences[0].startswith("71 children were in care on the last day, 71 for every 10,000")
    assert any("England 2019-20" in sentence for sentence in care.beside)


def test_a_finding_of_which_nothing_is_held_says_so_and_why():
    why = "A 903 holds no section 47 enquiries."
    case = case_for_change(look(not_held("section47_enquiries", "number", why)))
    first = case.findings[0]
    assert not first.is_held and first.sentences == ()
    assert any(why[2:] in sentence for sentence in first.unknown)
    assert first.title in case.not_known


def test_a_share_out_of_too_few_is_in_no_sentence():
    case = case_for_change(look(share(MOVED, (2, 4)), share(FAR, (2, 4))))
    close = next(finding for finding in case.findings if finding.id == "close_to_home")
    assert not close.is_held
    assert not any("%" in sentence for sentence in close.sentences)
