"""Real-looking files, there and back: every row comes back equal or is listed, and the counts add up."""

from collections import Counter

import pytest

from kith.dataset.facts import facts_of, return_of, unmatched
from kith.dataset.readers.folder import read_folder
from kith.dataset.returns import HASH_COLUMN, Return
from kith.dataset.tests.samples import SAMPLES

LISTED = {
    "903_years": {
        ("Reviews", "Dated outside its year"): 9344,
        ("Episodes", "REC without DEC"): 968,
        ("Episodes", "An agreed series of short breaks (V4) is one row, whatever placements it holds"): 56,
        ("Episodes", "A later return says otherwise"): 50,
        ("Episodes", "Overlaps another episode"): 18,
        ("PrevPerm", "The child was not looked after in the year"): 45,
        ("Episodes", "Ends after its year"): 3,
    },
    "903_fake": {
        ("Reviews", "Dated outside its year"): 11268,
        ("Episodes", "REC without DEC"): 1482,
        ("Episodes", "Gives a provider for a kind of placement that has none (T0 to T4, Z11 to Z14)"): 659,
        ("Episodes", "Reason for placement change beside a temporary placement"): 315,
        ("Episodes", "An agreed series of short breaks (V4) is one row, whatever placements it holds"): 209,
        ("Episodes", "Overlaps another episode"): 66,
        ("Episodes", "Ends after its year"): 10,
        ("Episodes", "Need code differs within one period of care"): 3,
        ("DoLo", "Dated outside its year"): 1,
        ("SWEpisodes", "Dated outside its year"): 1,
    },
    "cin_fake/fake_CIN_data.xml": {
        ("CINdetails", "Dated outside its year"): 235,
        ("CINdetails", "Ends after its year"): 20,
        ("Children", "The child has no referral that was open in the year"): 164,
        ("Disabilities", "The child has no referral that was open in the year"): 56,
        ("Header", "The census's header tells of the file and the software that wrote it, not of a child"): 1,
    },
}


def made_again(returns: list[Return]) -> list[Return]:
    facts = facts_of(returns)
    return [return_of(facts, one.kind, one.year, one.authority) for one in returns]


@pytest.mark.parametrize("sample", LISTED)
def test_each_row_of_a_sample_comes_back_or_is_listed_with_a_reason(sample):
    returns = read_folder(SAMPLES / sample)
    made = made_again(returns)
    listed = unmatched(returns, made)
    assert Counter((x.table, x.reason.split(":")[0]) for x in listed) == LISTED[sample]

    rows = sum(table.height for one in returns for table in one.tables.values())
    equal = sum(
        table[HASH_COLUMN].is_in(back.tables[name][HASH_COLUMN].implode()).sum()
        for one, back in zip(returns, made, strict=True)
        for name, table in one.tables.items()
    )
    assert rows == equal + len(listed)


@pytest.mark.parametrize("file", sorted((SAMPLES / "cin_fake").glob("*.xml")), ids=lambda path: path.name)
def test_each_row_of_a_census_comes_back_or_is_listed_with_a_reason(file):
    returns = read_folder(file)
    listed = unmatched(returns, made_again(returns))
    assert all(x.reason and (x.line or x.table == "Header") for x in listed)
    allowed = (
        "Dated outside its year",
        "Ends after its year",
        "The child has no referral",
        "The census's header",
    )
    assert [x for x in listed if not x.reason.startswith(allowed)] == []


def test_years_read_backwards_give_the_same_facts():
    returns = read_folder(SAMPLES / "903_years")
    one, other = facts_of(returns), facts_of(returns[::-1])
    for table in one.filled():
        assert one[table].equals(other[table]), table


def test_a_history_that_starts_part_way_is_marked():
    periods = facts_of(read_folder(SAMPLES / "903_years"))["kith_periods_of_care"]
    part_way = periods.filter(~periods["kith_start_known"])
    assert part_way.height == 506
    assert part_way["kith_first_reason"].null_count() == 0
